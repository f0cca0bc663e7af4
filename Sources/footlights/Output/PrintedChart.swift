internal import CellCanvas

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

extension Chart {
  /// The chart as lines for standard output: as wide as its terminal, in its colours; plain where
  /// it is none.
  var printed: String {
    let look = Look.printed(colors: Self.colors, unicode: Self.isUnicode)
    let size = Size(columns: min(max(Self.columns, 40), Self.mostColumns), rows: Self.rows)
    return plot(size: size, look: look).printedLines(colors: look.colors)
      .map { "\($0)\n" }.joined()
  }

  private static let rows = 22
  private static let mostColumns = 100

  /// Columns of the terminal; 80 where there is none.
  private static var columns: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  private static var colors: ColorDepth {
    let type = variable("TERM") ?? ""
    guard isatty(STDOUT_FILENO) == 1, variable("NO_COLOR") == nil, !type.isEmpty, type != "dumb"
    else { return .none }
    if ["truecolor", "24bit"].contains(variable("COLORTERM")) { return .truecolor }
    return type.hasSuffix("256color") ? .ansi256 : .ansi16
  }

  /// Whether the locale writes UTF-8.
  fileprivate static var isUnicode: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(variable).first ?? ""
    let name = locale.lowercased()
    return name.hasSuffix("utf-8") || name.hasSuffix("utf8")
  }

  /// A variable of the environment that is not empty.
  private static func variable(_ name: String) -> String? {
    guard let text = getenv(name).map({ String(cString: $0) }), !text.isEmpty else { return nil }
    return text
  }
}

extension Chart {
  /// Charts one below the other as one SVG document, each of that many pixels.
  static func svg(of charts: [Chart], width: Int, height: Int) -> String {
    let parts = charts.enumerated().map { index, chart in
      // Names are shared by a whole document.
      let part = chart.svg(width: width, height: height)
        .split(separator: "plot-area", omittingEmptySubsequences: false)
        .joined(separator: "plot-area-\(index + 1)")
      return "<g transform=\"translate(0 \(index * height))\">\n\(part)</g>\n"
    }
    let size = "width=\"\(width)\" height=\"\(charts.count * height)\""
    let box = "viewBox=\"0 0 \(width) \(charts.count * height)\""
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) \(box)>\n\(parts.joined())</svg>\n"
  }
}

/// Tables and notes for people.
enum PlainText {
  /// The text as it is, or, where the locale does not write UTF-8, in ASCII.
  static func forLocale(_ text: String) -> String {
    guard !Chart.isUnicode else { return text }
    let signed = text.map { $0 == "±" ? "+-" : String($0) }.joined()
    return signed.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).shown(with: .ascii) }.joined(separator: "\n")
  }
}

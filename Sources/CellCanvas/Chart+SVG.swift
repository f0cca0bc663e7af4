extension Chart {
  /// The chart as an SVG document of that many pixels, on a light ground of its own: title, axes
  /// with round ticks, bands, curves that differ in colour and in dashes, and a legend at the right.
  public func svg(width: Int, height: Int) -> String {
    ChartPicture(self, width: width, height: height).document
  }
}

/// The parts of the document. Lengths are in pixels, y downwards.
struct ChartPicture {
  private let chart: Chart
  private let width: Double
  private let height: Double
  /// The plot's edges.
  private let left: Double
  private let right: Double
  private let top: Double
  private let bottom: Double
  private let x: Axis
  private let y: Axis
  private let hasPoints: Bool

  private static let ink = "#1d2733"
  private static let faint = "#59636e"
  private static let gridColor = "#e3e6ea"
  private static let fontSize = 13.0
  /// About the width of a letter of a sans-serif font.
  private static let letterWidth = 7.4
  private static let sampleWidth = 34.0
  private static let entryHeight = 22.0

  init(_ chart: Chart, width: Int, height: Int) {
    self.chart = chart
    self.width = Double(max(width, 240))
    self.height = Double(max(height, 180))
    let longest = chart.curves.map(\.name.columnCount).max() ?? 0
    let legend =
      longest == 0
      ? 0 : min(Double(longest) * Self.letterWidth + Self.sampleWidth + 16, self.width / 3)
    let (right, bottom) = (self.width - 24 - legend, self.height - 56)
    let top = chart.yLabel.isEmpty ? 48.0 : 66
    let points = chart.curves.flatMap(\.points).filter(Self.isDrawable)
    hasPoints = !points.isEmpty
    let xs = points.map(\.x)
    let ys = points.flatMap { [$0.y] + ($0.band.map { [$0.lowerBound, $0.upperBound] } ?? []) }
      .filter(Axis.isDrawable)
    let limits = chart.yLimits.flatMap { limits in
      Axis.isDrawable(limits.lowerBound) && Axis.isDrawable(limits.upperBound) ? limits : nil
    }
    let rows = max(2, Int((bottom - top) / 60))
    let y =
      limits.map { Axis(exactly: $0, count: rows) }
      ?? Axis(covering: (ys.min() ?? 0)...(ys.max() ?? 1), count: rows)
    self.y = y
    let widest = y.ticks.map { y.label($0).columnCount }.max() ?? 0
    left = 24 + Double(widest) * Self.letterWidth
    x = Axis(
      exactly: (xs.min() ?? 0)...(xs.max() ?? 1), count: max(2, Int((right - left) / 90)))
    (self.right, self.top, self.bottom) = (right, top, bottom)
  }

  private static func isDrawable(_ point: Chart.Point) -> Bool {
    Axis.isDrawable(point.x) && Axis.isDrawable(point.y)
  }

  var document: String {
    let (w, h) = (Self.number(width), Self.number(height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(w)" height="\(h)" viewBox="0 0 \(w) \(h)" \
      role="img" font-family="system-ui,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif" \
      font-size="\(Self.number(Self.fontSize))">
      <title>\(SVGPicture.escaped(chart.title))</title>
      <defs><clipPath id="plot-area"><rect x="\(Self.number(left))" y="\(Self.number(top))" \
      width="\(Self.number(right - left))" height="\(Self.number(bottom - top))"/></clipPath></defs>
      <rect width="\(w)" height="\(h)" fill="#ffffff"/>

      """ + headings + axes + curves + legend + "</svg>\n"
  }

  private var headings: String {
    var text = Self.text(
      chart.title, x: 20, y: 28, color: Self.ink, "font-size=\"17\" font-weight=\"600\"")
    if !chart.yLabel.isEmpty {
      text += Self.text(chart.yLabel, x: 20, y: 50, color: Self.faint)
    }
    if !chart.xLabel.isEmpty {
      text += Self.text(
        chart.xLabel, x: (left + right) / 2, y: height - 14, color: Self.faint,
        "text-anchor=\"middle\"")
    }
    return text
  }

  /// Grid lines, ticks with their labels, and the frame's left and lower line.
  private var axes: String {
    guard hasPoints else {
      return Self.text(
        "nothing to draw", x: (left + right) / 2, y: (top + bottom) / 2, color: Self.faint,
        "text-anchor=\"middle\"")
    }
    var grid = ""
    var labels = ""
    for tick in y.ticks {
      let place = Self.number(placeY(tick))
      grid += "M\(Self.number(left)) \(place)H\(Self.number(right))"
      labels += Self.text(
        y.label(tick), x: left - 8, y: placeY(tick) + 4.5, color: Self.faint,
        "text-anchor=\"end\"")
    }
    for tick in x.ticks {
      let place = Self.number(placeX(tick))
      grid += "M\(place) \(Self.number(top))V\(Self.number(bottom))"
      labels += Self.text(
        x.label(tick), x: placeX(tick), y: bottom + 19, color: Self.faint,
        "text-anchor=\"middle\"")
    }
    let frame =
      "M\(Self.number(left)) \(Self.number(top))V\(Self.number(bottom))"
      + "H\(Self.number(right))"
    return "<path class=\"grid\" fill=\"none\" stroke=\"\(Self.gridColor)\" d=\"\(grid)\"/>\n"
      + "<path class=\"axes\" fill=\"none\" stroke=\"\(Self.faint)\" d=\"\(frame)\"/>\n" + labels
  }

  /// All bands below all curves.
  private var curves: String {
    var bands = ""
    var lines = ""
    for (index, curve) in chart.curves.enumerated() {
      let color = SVGPicture.code(Chart.color(index).hex)
      let band = bandPath(curve)
      if !band.isEmpty {
        bands += "<path class=\"band\" fill=\"\(color)\" fill-opacity=\"0.14\" d=\"\(band)\"/>\n"
      }
      let line = linePath(curve)
      if !line.isEmpty {
        lines += "<path class=\"curve\" stroke=\"\(color)\"\(Self.dashes(index)) d=\"\(line)\"/>\n"
      }
    }
    return "<g clip-path=\"url(#plot-area)\">\n" + bands
      + "<g fill=\"none\" stroke-width=\"2.2\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n"
      + lines + "</g>\n</g>\n"
  }

  private static func dashes(_ index: Int) -> String {
    let dashes = Chart.dash(index)
    return dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\""
  }

  /// The points between two gaps.
  private func stretches(
    _ curve: Chart.Curve, _ isPart: (Chart.Point) -> Bool
  ) -> [ArraySlice<Chart.Point>] {
    curve.points.split { !isPart($0) }
  }

  private func linePath(_ curve: Chart.Curve) -> String {
    var path = ""
    for points in stretches(curve, Self.isDrawable) {
      for (i, point) in points.enumerated() {
        path += "\(i == 0 ? "M" : "L")\(place(point.x, point.y))"
      }
      // A point alone is a dot: a line of no length with round ends.
      if points.count == 1 { path += "h0.01" }
    }
    return path
  }

  private func bandPath(_ curve: Chart.Curve) -> String {
    var path = ""
    for points in stretches(curve, { Self.isDrawable($0) && Self.hasBand($0) })
    where points.count > 1 {
      let bands = points.compactMap { point in point.band.map { (x: point.x, band: $0) } }
      let upper = bands.map { place($0.x, $0.band.upperBound) }
      let lower = bands.reversed().map { place($0.x, $0.band.lowerBound) }
      path += "M" + (upper + lower).joined(separator: "L") + "Z"
    }
    return path
  }

  private static func hasBand(_ point: Chart.Point) -> Bool {
    guard let band = point.band else { return false }
    return Axis.isDrawable(band.lowerBound) && Axis.isDrawable(band.upperBound)
  }

  private var legend: String {
    guard chart.curves.contains(where: { !$0.name.isEmpty }) else { return "" }
    let room = Int((width - right - 24 - Self.sampleWidth) / Self.letterWidth)
    var text = "<g class=\"legend\">\n"
    for (index, curve) in chart.curves.enumerated() {
      let middle = top + 10 + Double(index) * Self.entryHeight
      guard middle < height - 8 else { break }
      let start = right + 20
      text +=
        "<path fill=\"none\" stroke-width=\"2.2\" stroke-linecap=\"round\" "
        + "stroke=\"\(SVGPicture.code(Chart.color(index).hex))\"\(Self.dashes(index)) "
        + "d=\"M\(Self.number(start)) \(Self.number(middle))h28\"/>\n"
      text += Self.text(
        curve.name.truncated(to: room, glyphs: .unicode), x: start + Self.sampleWidth,
        y: middle + 4.5, color: Self.ink)
    }
    return text + "</g>\n"
  }

  // MARK: Places

  private func placeX(_ value: Double) -> Double { left + x.share(value) * (right - left) }

  /// Values far beyond the limits are taken nearer: nobody sees them, and every reader of the
  /// document can count that far.
  private func placeY(_ value: Double) -> Double {
    bottom - min(max(y.share(value), -100), 100) * (bottom - top)
  }

  private func place(_ x: Double, _ y: Double) -> String {
    "\(Self.number(placeX(x))) \(Self.number(placeY(y)))"
  }

  private static func number(_ value: Double) -> String {
    NumberFormat.withoutTrailingZeros(NumberFormat.fixed(value, decimals: 2))
  }

  private static func text(
    _ string: String, x: Double, y: Double, color: String, _ attributes: String = ""
  ) -> String {
    "<text x=\"\(number(x))\" y=\"\(number(y))\" fill=\"\(color)\""
      + (attributes.isEmpty ? "" : " " + attributes) + ">\(SVGPicture.escaped(string))</text>\n"
  }
}

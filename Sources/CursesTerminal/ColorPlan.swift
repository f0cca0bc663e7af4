internal import CNcurses
internal import CellCanvas

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// How many colours are used, and the number ncurses has to be told where the terminal's
/// description says another.
///
/// Descriptions such as `xterm-256color` know no red, green and blue, and the `-direct` ones are
/// seldom installed. So ncurses is given the terminal's own description with its colours exchanged
/// (it takes one from memory); the user's palette is left alone.
struct ColorPlan: Equatable {
  /// Colours used.
  var depth: ColorDepth
  /// Colours to be told; nil leaves the description as it is.
  var described: Int?

  /// Decides.
  ///
  /// - Parameters:
  ///   - asked: What the person asked for; nil leaves it to the environment.
  ///   - name: The terminal's type.
  ///   - colors: Colours of its description.
  ///   - variable: Looks up the environment.
  init(
    asked: ColorDepth?, name: String, colors: Int, hasWideColors: Bool,
    variable: (String) -> String?
  ) {
    var depth = asked ?? ColorPlan.automatic(name: name, colors: colors, variable: variable)
    if depth == .truecolor, colors <= 256, !hasWideColors {
      depth = colors >= 256 ? .ansi256 : .ansi16
    }
    self.depth = depth
    switch depth {
    case .truecolor: described = colors > 256 ? nil : 1 << 24
    case .ansi256: described = colors == 256 ? nil : 256
    case .ansi16:
      // A terminal of eight colours, not asked for more, shows the bright ones in bold.
      described = colors > 256 || (asked != nil && colors < 16) ? 16 : nil
    case .none: described = nil
    }
  }

  private static func automatic(
    name: String, colors: Int, variable: (String) -> String?
  ) -> ColorDepth {
    if let value = variable("NO_COLOR"), !value.isEmpty { return .none }
    if colors > 256 { return .truecolor }
    if colors < 8 { return .none }
    // GNU screen hands COLORTERM on but does not understand such colours; tmux does.
    let isScreen = name.hasPrefix("screen") && variable("TMUX") == nil
    let claim = variable("COLORTERM")
    if !isScreen, claim == "truecolor" || claim == "24bit" { return .truecolor }
    return colors >= 256 ? .ansi256 : .ansi16
  }
}

/// Pairs of colours, as ncurses numbers them, handed out when first used.
struct ColorPairs {
  private let depth: ColorDepth
  private let hasOwn: Bool
  private let capacity: Int
  private let isEight: Bool
  private var numbers: [UInt64: Int32] = [:]

  init(depth: ColorDepth, colors: Int, pairs: Int, hasDefaultColors: Bool) {
    self.depth = colors == 0 ? .none : depth
    hasOwn = hasDefaultColors
    isEight = colors < 16
    // Pair 0 is the terminal's own colours.
    capacity = max(0, min(pairs, 65_536) - 1)
  }

  /// Forgets all pairs: every cell must be written again.
  mutating func reset() { numbers.removeAll(keepingCapacity: true) }

  /// The pair's number; nil when there is no free one.
  mutating func number(of style: Style) -> Int32? {
    if depth == .none { return 0 }
    let foreground = code(style.foreground, own: hasOwn ? -1 : 7)
    let background = code(style.background, own: hasOwn ? -1 : 0)
    if hasOwn, foreground < 0, background < 0 { return 0 }
    let key = UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
    if let known = numbers[key] { return known }
    guard numbers.count < capacity else { return nil }
    let number = Int32(numbers.count + 1)
    guard screen_define_pair(number, foreground, background) else { return nil }
    numbers[key] = number
    return number
  }

  /// Marks of a cell, with bold for the bright colours of a terminal that has eight.
  func attributes(of style: Style) -> UInt32 {
    var bits = UInt32(style.attributes.rawValue)
    if depth == .ansi16, isEight, let index = style.foreground.ansi16, index >= 8 {
      bits |= UInt32(SCREEN_BOLD)
    }
    return bits
  }

  private func code(_ color: Color, own: Int32) -> Int32 {
    if color.isTerminalDefault { return own }
    switch depth {
    case .none: return own
    case .ansi16:
      guard let index = color.ansi16 else { return own }
      return Int32(isEight ? index & 7 : index)
    case .ansi256: return Int32(color.nearestAnsi256)
    case .truecolor:
      // Numbers below 8 mean the palette's colours.
      return max(8, Int32(color.hex))
    }
  }
}

internal import ArgumentParser
internal import CellCanvas
internal import CursesTerminal
internal import Spelling
internal import Telemetry

/// The options of the live screen.
struct ScreenOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Multiple of real time, or max (default: the preset's).")
  var speed: String?

  @Option(
    parsing: .unconditional, help: "Colours: \(Theme.bundled.map(\.name).joined(separator: ", ")).")
  var theme: String = "dark"

  @Option(parsing: .unconditional, help: "auto, none, 16, 256 or truecolor.")
  var color: String = "auto"

  @Flag(help: "Draw with ASCII characters alone.")
  var ascii = false

  @Flag(help: "Leave the mouse to the terminal.")
  var noMouse = false

  @Option(
    parsing: .unconditional,
    help: "Write a picture (SVG) of the screen after --steps steps to this file, and end.")
  var picture: String?

  @Option(parsing: .unconditional, help: "Columns and rows of the picture.")
  var size: String = "120x36"

  /// The speed asked for.
  func chosenSpeed() throws(InputError) -> Speed? {
    guard let speed else { return nil }
    if speed == "max" { return .unlimited }
    guard let multiple = Double(speed), multiple.isFinite, multiple >= 0.001, multiple <= 1e6
    else { throw OptionValues.rejected("--speed", speed, "a number from 0.001 to 1e6, or max") }
    return .multiple(multiple)
  }

  /// The theme asked for.
  func chosenTheme() throws(InputError) -> Theme {
    if let theme = Theme.named(theme) { return theme }
    let names = Theme.bundled.map(\.name)
    throw InputError(
      "--theme: unknown theme \(quoted(theme))\(suggestion(for: theme, among: names)); "
        + "accepted are \(names.joined(separator: ", "))")
  }

  /// What the terminal is to be used for.
  func terminalOptions() throws(InputError) -> TerminalOptions {
    TerminalOptions(colors: try colorDepth(), isASCII: ascii, usesMouse: !noMouse)
  }

  /// The colours asked for; nil leaves it to the terminal.
  private func colorDepth() throws(InputError) -> ColorDepth? {
    switch color {
    case "auto": nil
    case "none": ColorDepth.none
    case "16": .ansi16
    case "256": .ansi256
    case "truecolor": .truecolor
    default:
      throw OptionValues.rejected("--color", color, "auto, none, 16, 256 or truecolor")
    }
  }

  /// The size of a picture.
  func pictureSize() throws(InputError) -> Size {
    let parts = size.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let columns = parts[0], let rows = parts[1],
      (1...500).contains(columns), (1...200).contains(rows)
    else { throw OptionValues.rejected("--size", size, "COLUMNSxROWS, from 1x1 to 500x200") }
    return Size(columns: columns, rows: rows)
  }
}

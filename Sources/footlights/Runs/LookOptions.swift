internal import ArgumentParser
internal import CellCanvas
internal import CursesTerminal
internal import Spelling

/// How a screen looks, and what of the terminal it uses.
struct LookOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "Colours: \(Theme.bundled.map(\.name).joined(separator: ", ")).")
  var theme: String = "dark"

  @Option(parsing: .unconditional, help: "auto, none, 16, 256 or truecolor.")
  var color: String = "auto"

  @Flag(help: "Draw with ASCII characters alone.")
  var ascii = false

  @Flag(help: "Leave the mouse to the terminal.")
  var noMouse = false

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
}

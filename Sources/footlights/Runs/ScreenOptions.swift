internal import ArgumentParser
internal import CellCanvas
internal import CursesTerminal
internal import Spelling
internal import Telemetry

/// The options of the live screen.
struct ScreenOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Multiple of real time, or max (default: the preset's).")
  var speed: String?

  @OptionGroup var looks: LookOptions

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

  /// The size of a picture.
  func pictureSize() throws(InputError) -> Size {
    let parts = size.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let columns = parts[0], let rows = parts[1],
      (1...500).contains(columns), (1...200).contains(rows)
    else { throw OptionValues.rejected("--size", size, "COLUMNSxROWS, from 1x1 to 500x200") }
    return Size(columns: columns, rows: rows)
  }
}

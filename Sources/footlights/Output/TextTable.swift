#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A table for people: columns as wide as their widest cell, numbers to the right.
struct TextTable {
  /// What stands above the columns.
  var header: [String]
  /// Cells row by row; short rows end early.
  var rows: [[String]] = []
  /// Columns whose cells start at the left; all others end at the right.
  var leftAligned: Set<Int> = []

  /// The lines of the table, each ended.
  var text: String {
    let all = header.isEmpty ? rows : [header] + rows
    var widths: [Int] = []
    for row in all {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return all.map { line($0, widths: widths) + "\n" }.joined()
  }

  private func line(_ row: [String], widths: [Int]) -> String {
    var line = ""
    for (column, cell) in row.enumerated() {
      if column > 0 { line += "  " }
      let padding = String(repeating: " ", count: widths[column] - cell.count)
      line += leftAligned.contains(column) ? cell + padding : padding + cell
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}

/// A number for people: four decimals, a power of ten where it is tiny or huge.
func shown(_ number: Double) -> String {
  let magnitude = abs(number)
  let format = number != 0 && (magnitude < 1e-4 || magnitude >= 1e7) ? "%.4e" : "%.4f"
  return withVaList([number]) { arguments in
    var buffer = [CChar](repeating: 0, count: 64)
    let count = Int(vsnprintf(&buffer, buffer.count, format, arguments))
    return String(decoding: buffer[..<min(count, 63)].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

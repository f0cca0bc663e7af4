/// Which of many rows are shown where not all fit: the first, one line for those in the middle, the
/// last.
struct FoldedRows: Equatable {
  /// The first rows.
  let head: Range<Int>
  /// The rows that one line stands for; empty where all fit.
  let folded: Range<Int>
  /// The last row, or the last ones.
  let tail: Range<Int>

  /// `count` rows in the room of `rows`.
  init(_ count: Int, in rows: Int) {
    guard count > rows, rows >= 3 else {
      let first = count - min(count, max(0, rows))
      (head, folded, tail) = (first..<first, first..<first, first..<count)
      return
    }
    head = 0..<(rows - 2)
    folded = (rows - 2)..<(count - 1)
    tail = (count - 1)..<count
  }
}

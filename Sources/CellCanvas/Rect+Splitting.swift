/// How much of a row or column of panes one of them takes.
public enum Length: Sendable, Hashable {
  /// A number of cells, as far as there are as many.
  case fixed(Int)
  /// A share of what the fixed ones leave, in proportion to the weight.
  case weight(Double)
}

extension Rect {
  /// Panes beside each other from left to right, together as wide as the rectangle.
  ///
  /// Fixed widths are served first, in order; where they do not fit, the last get less.
  public func columns(_ lengths: [Length], gap: Int = 0) -> [Rect] {
    var left = x
    return Rect.shares(of: width, lengths, gap: gap).map { share in
      defer { left += share + gap }
      return Rect(x: left, y: y, width: share, height: height)
    }
  }

  /// Panes below each other from top to bottom, together as high as the rectangle.
  public func rows(_ lengths: [Length], gap: Int = 0) -> [Rect] {
    var top = y
    return Rect.shares(of: height, lengths, gap: gap).map { share in
      defer { top += share + gap }
      return Rect(x: x, y: top, width: width, height: share)
    }
  }

  /// The upper `rows` rows, and what is left below.
  public func split(top rows: Int) -> (top: Rect, rest: Rect) {
    let parts = self.rows([.fixed(rows), .weight(1)])
    return (parts[0], parts[1])
  }

  /// The lower `rows` rows, and what is left above.
  public func split(bottom rows: Int) -> (bottom: Rect, rest: Rect) {
    let (rest, bottom) = split(top: height - min(max(0, rows), height))
    return (bottom, rest)
  }

  /// The left `columns` columns, and what is left beside them.
  public func split(left columns: Int) -> (left: Rect, rest: Rect) {
    let parts = self.columns([.fixed(columns), .weight(1)])
    return (parts[0], parts[1])
  }

  /// The right `columns` columns, and what is left beside them.
  public func split(right columns: Int) -> (right: Rect, rest: Rect) {
    let (rest, right) = split(left: width - min(max(0, columns), width))
    return (right, rest)
  }

  /// Shares whose sum, gaps included, is `total` when there is a weight, and never more.
  private static func shares(of total: Int, _ lengths: [Length], gap: Int) -> [Int] {
    var free = max(0, total - max(0, gap) * max(0, lengths.count - 1))
    var shares = [Int](repeating: 0, count: lengths.count)
    var weights = 0.0
    for (index, length) in lengths.enumerated() {
      switch length {
      case .fixed(let cells):
        shares[index] = min(max(0, cells), free)
        free -= shares[index]
      case .weight(let weight):
        weights += max(0, weight)
      }
    }
    guard weights > 0 else { return shares }
    // Rounding the running sum, not each share, leaves no cell over.
    var sum = 0.0
    var given = 0
    for (index, length) in lengths.enumerated() {
      guard case .weight(let weight) = length else { continue }
      sum += max(0, weight)
      let end = Int((Double(free) * sum / weights).rounded())
      shares[index] = end - given
      given = end
    }
    return shares
  }
}

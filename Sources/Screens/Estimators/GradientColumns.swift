internal import CellCanvas

/// The columns of the page of the gradient that fit a width, by their right ends, with the bars
/// between them.
struct GradientColumns {
  /// Where names begin.
  let name: Int
  let variance: Int
  let interval: Int?
  let bar: Rect
  let reduction: Int?
  let cosine: Int?
  let alignment: Int?
  let alignmentBar: Rect
  /// Where marks begin, and words.
  let mark: Int
  let remark: Int?

  static let varianceWidth = 9
  private static let intervalWidth = 8
  private static let reductionWidth = 7
  private static let cosineWidth = 6
  private static let alignmentWidth = 5
  private static let alignmentBarWidth = 8
  private static let markWidth = 8
  private static let remarkWidth = 34
  private static let mostBar = 72

  /// The columns of a rectangle; words go first, then marks, alignment, cosine, reduction.
  init(_ rect: Rect, names: Int, hasIntervals: Bool, isAligned: Bool) {
    let gap = rect.width >= 76 ? 2 : 1
    name = rect.x + 2
    variance = name + names + gap + Self.varianceWidth
    interval = hasIntervals && rect.width >= 56 ? variance + Self.intervalWidth : nil
    let start = (interval ?? variance) + gap
    // From the right; where the bars would be longer than is of use, nearer to them.
    let needed = start + Self.mostBar + Self.all(gap)
    var right = min(rect.maxX - 1, needed)
    func take(_ width: Int, from least: Int) -> Int? {
      guard rect.width >= least else { return nil }
      defer { right -= width }
      return right
    }
    remark = take(Self.remarkWidth, from: 112).map { $0 - Self.remarkWidth + 1 }
    _ = take(Self.markWidth, from: 50)
    mark = right + 1
    let barWidth = isAligned && rect.width >= 100 ? Self.alignmentBarWidth : 0
    alignmentBar = Rect(x: right - barWidth, y: 0, width: barWidth, height: 1)
    right -= barWidth > 0 ? barWidth + 1 : 0
    alignment = isAligned ? take(Self.alignmentWidth + gap, from: 60) : nil
    cosine = take(Self.cosineWidth + gap, from: 60)
    reduction = take(Self.reductionWidth + gap, from: 44)
    bar = Rect(x: start, y: 0, width: min(Self.mostBar, right - start), height: 1)
  }

  /// Columns of all that stands at the right of the bars.
  private static func all(_ gap: Int) -> Int {
    reductionWidth + cosineWidth + alignmentWidth + 3 * gap + alignmentBarWidth + 1 + markWidth
      + remarkWidth
  }
}

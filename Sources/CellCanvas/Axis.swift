/// A linear scale with ticks at round numbers: 1, 2 or 5 times a power of ten; or, where there is
/// no room for them, with its ends and zero.
struct Axis: Equatable {
  /// The value at the lower or left end.
  let lower: Double
  /// The value at the other end, greater.
  let upper: Double
  /// Between ticks; of a scale of ends, what they are rounded to.
  let step: Double
  /// Whether only the ends and zero are ticks.
  private let hasOnlyEnds: Bool

  /// A scale over exactly a range, with at most `count` ticks or so.
  init(exactly range: ClosedRange<Double>, count: Int) {
    let range = Axis.usable(range)
    lower = range.lowerBound
    upper = range.upperBound
    step = Axis.roundStep((upper - lower) / Double(max(1, count)))
    hasOnlyEnds = false
  }

  /// A scale whose ticks are its ends and zero; unless it is to be exact, rounded outwards by a
  /// tenth of it or so.
  init(endsOf range: ClosedRange<Double>, isExact: Bool) {
    let range = Axis.usable(range)
    let step = Axis.roundStep((range.upperBound - range.lowerBound) / 10)
    self.step = step
    hasOnlyEnds = true
    guard !isExact else {
      (lower, upper) = (range.lowerBound, range.upperBound)
      return
    }
    lower = (range.lowerBound / step + 1e-9).rounded(.down) * step
    upper = max((range.upperBound / step - 1e-9).rounded(.up) * step, lower + step)
  }

  /// A scale over at least a range, whose ends are ticks.
  init(covering range: ClosedRange<Double>, count: Int) {
    let range = Axis.usable(range)
    let step = Axis.roundStep((range.upperBound - range.lowerBound) / Double(max(1, count)))
    self.step = step
    hasOnlyEnds = false
    lower = (range.lowerBound / step + 1e-9).rounded(.down) * step
    upper = max((range.upperBound / step - 1e-9).rounded(.up) * step, lower + step)
  }

  /// Multiples of the step on the scale; or its ends, then zero if it lies between them.
  var ticks: [Double] {
    if hasOnlyEnds { return [lower, upper] + (lower < 0 && upper > 0 ? [0] : []) }
    let first = (lower / step - 1e-9).rounded(.up)
    let last = (upper / step + 1e-9).rounded(.down)
    guard first.isFinite, last.isFinite, last >= first, last - first < 1000 else { return [] }
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }

  /// 0 at the lower end, 1 at the upper.
  func share(_ value: Double) -> Double { (value - lower) / (upper - lower) }

  /// The ticks' labels.
  func label(_ tick: Double) -> String { NumberFormat.tick(tick, step: step) }

  /// The least of 1, 2, 5 times a power of ten that is not less than a positive number.
  static func roundStep(_ size: Double) -> Double {
    guard size.isFinite, size > 0 else { return 1 }
    let exponent = NumberFormat.exponent(of: size)
    let power = NumberFormat.powerOfTen(abs(exponent))
    for factor in [1.0, 2, 5, 10] {
      let step = exponent < 0 ? factor / power : factor * power
      if step >= size * (1 - 1e-9) { return step }
    }
    return size
  }

  /// The least number of few figures not less than a positive one: it seldom changes while the
  /// greatest value does, and wastes at most a quarter of the scale.
  static func roundCeiling(_ size: Double) -> Double {
    let power = roundStep(size) / 10
    guard size.isFinite, size > 0, power > 0 else { return 1 }
    for factor in [1.0, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12.5, 15, 20, 25, 30, 40, 50, 60, 80]
    where factor * power >= size * (1 - 1e-9) { return factor * power }
    return 100 * power
  }

  /// Values too great to be subtracted from each other are not worth a scale.
  static func isDrawable(_ value: Double) -> Bool { abs(value) < 1e100 }

  /// Room around a single value, and nothing so small that it cannot be divided.
  private static func usable(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    let (low, high) = (range.lowerBound, range.upperBound)
    guard isDrawable(low), isDrawable(high) else { return 0...1 }
    let middle = low + (high - low) / 2
    guard high - low <= max(abs(middle) * 1e-9, 1e-100) else { return range }
    let room = abs(middle) < 1e-90 ? 1 : abs(middle) / 2
    return (middle - room)...(middle + room)
  }
}

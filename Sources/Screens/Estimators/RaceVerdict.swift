internal import CellCanvas
internal import Telemetry

/// What the last point of the difference says, and no more than that.
enum RaceVerdict: Equatable {
  /// Nothing has been evaluated yet.
  case nothing
  /// One is ahead: the interval does not contain 0. How much, and between what and what.
  case ahead(Contender, by: Double, ClosedRange<Double>)
  /// The interval contains 0: B less A.
  case undecided(Double, ClosedRange<Double>)
  /// Without an interval nothing is claimed: B less A of one pair.
  case single(Double)

  init(_ race: RaceReport) {
    guard let last = race.difference.last, last.middle.isFinite else {
      self = .nothing
      return
    }
    guard let interval = last.interval else {
      self = .single(last.middle)
      return
    }
    if interval.lowerBound > 0 {
      self = .ahead(.second, by: last.middle, interval)
    } else if interval.upperBound < 0 {
      self = .ahead(.first, by: -last.middle, (-interval.upperBound)...(-interval.lowerBound))
    } else {
      self = .undecided(last.middle, interval)
    }
  }

  /// The one that is ahead.
  var leader: Contender? {
    if case .ahead(let side, _, _) = self { side } else { nil }
  }

  /// In words: `B ahead by 31.2 [12.4, 48.0]`.
  func text(decimals: Int) -> String {
    func number(_ value: Double) -> String { NumberFormat.fixed(value, decimals: decimals) }
    func ends(_ interval: ClosedRange<Double>) -> String {
      "[\(number(interval.lowerBound)), \(number(interval.upperBound))]"
    }
    switch self {
    case .nothing: return "no verdict yet"
    case .ahead(let side, let lead, let interval):
      return "\(side.letter) ahead by \(number(lead)) \(ends(interval))"
    case .undecided(0, 0...0): return "no difference: exactly 0"
    case .undecided(let difference, let interval):
      return "no difference shown: \(number(difference)) \(ends(interval))"
    case .single(let difference):
      return "B−A \(NumberFormat.fixed(difference, decimals: decimals, sign: .always))"
        + ", one pair: no interval"
    }
  }
}

internal import Estimators

/// A target as the sum of its parts, each a factor and what it is multiplied by: of an n-step return
/// the rewards with their discounts and the bootstrap with its own, of a λ-return the k-step returns
/// with their weights.
struct TakenApartTarget: Equatable {
  /// One part of the sum.
  struct Part: Equatable {
    /// What is multiplied.
    enum Kind: Equatable {
      /// The reward of the k-th step, k from 0: its factor is γᵏ.
      case reward(Int)
      /// What the state reached after k steps is worth: its factor is γᵏ.
      case bootstrap(Int)
      /// The k-step return, k from 1: its factor is its weight in the λ-return.
      case stepReturn(Int)
    }

    /// What is multiplied.
    let kind: Kind
    /// The discount or the weight, 0 to 1.
    let factor: Double
    /// The reward, the value or the return.
    let value: Double

    /// What it adds to the target.
    var product: Double { factor == 0 ? 0 : factor * value }
  }

  /// The estimator.
  let estimator: ReturnEstimator
  /// The steps the target is made from.
  let segment: TargetSegment
  /// The parts in order; the last one is the bootstrap or the longest return.
  let parts: [Part]
  /// The target in the learner's own arithmetic: the same recursion, rounded once, to single precision.
  let target: Float

  /// The target an estimator makes of a segment.
  init(of segment: TargetSegment, by estimator: ReturnEstimator) {
    self.segment = segment
    self.estimator = estimator
    target = segment.target(by: estimator)
    if let steps = estimator.stepsUsed(of: segment.horizon) {
      parts = Self.stepReturn(steps, of: segment)
    } else {
      parts = WeightedReturns(of: segment, weighing: estimator).terms.map {
        Part(kind: .stepReturn($0.steps), factor: $0.weight, value: $0.value)
      }
    }
  }

  private static func stepReturn(_ steps: Int, of segment: TargetSegment) -> [Part] {
    var power = 1.0
    var parts: [Part] = []
    parts.reserveCapacity(steps + 1)
    for k in 0..<steps {
      parts.append(Part(kind: .reward(k), factor: power, value: Double(segment.rewards[k])))
      power *= segment.discount
    }
    let reached = segment.bootstrap(after: steps)
    return parts + [Part(kind: .bootstrap(steps), factor: power, value: reached)]
  }

  /// The parts added up in double precision: the target but for rounding.
  var sum: Double { parts.reduce(0) { $0 + $1.product } }

  /// δ = r + γV(s') - V(s).
  var temporalDifference: Double {
    Double(segment.rewards[0]) + segment.discount * segment.bootstrap(after: 1)
      - Double(segment.value)
  }

  /// G - V(s), as the learner computes it.
  var advantage: Float { target - segment.value }

  /// Whether a recorded number is this target in every bit; what is no number is none.
  func isExactly(_ recorded: Float) -> Bool {
    !target.isNaN && recorded.bitPattern == target.bitPattern
  }

  /// Whether a recorded number is this advantage in every bit; what is no number is none.
  func hasExactly(advantage recorded: Float) -> Bool {
    !advantage.isNaN && recorded.bitPattern == advantage.bitPattern
  }

  /// What stands for the rewards that the estimate does not use; nil where it stops within the
  /// segment and `bootstrap` of the state then reached stands for them.
  var end: SegmentEnd? {
    guard let steps = estimator.stepsUsed(of: segment.horizon) else { return segment.end }
    return steps == segment.horizon ? segment.end : nil
  }
}

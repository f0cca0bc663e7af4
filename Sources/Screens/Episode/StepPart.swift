internal import Telemetry

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// What one recorded step gave to the loss of its update, from its recorded numbers, in double
/// precision.
struct StepPart: Equatable {
  /// Probability of every action, by the parameters the step was acted with.
  let probabilities: [Double]
  /// The policy, where the action is a real number.
  let gaussian: GaussianPolicy?
  /// log pi(a|s) of the action taken, in nats: at most 0, but for a density.
  let logProbability: Double
  /// Entropy of the policy, in nats.
  let entropy: Double
  /// -A log pi(a|s); not a number before the step has been learnt from.
  let policyLoss: Double
  /// (G - V(s))^2; not a number before the step has been learnt from.
  let valueLoss: Double

  /// The part of a step.
  ///
  /// - Parameter isContinuous: whether the action is a real number.
  init(_ step: EpisodeRecord.Step, isContinuous: Bool = false) {
    gaussian = isContinuous ? GaussianPolicy(outputs: step.logits) : nil
    if let gaussian {
      probabilities = []
      logProbability = gaussian.logDensity(at: ContinuousAction.drawn(step.action))
      entropy = gaussian.entropy
    } else {
      let logProbabilities = Self.logSoftmax(step.logits)
      let probabilities = logProbabilities.map { exp($0) }
      self.probabilities = probabilities
      logProbability =
        logProbabilities.indices.contains(step.action) ? logProbabilities[step.action] : .nan
      // An action that is never taken adds nothing: p log p goes to 0 with p.
      entropy = zip(probabilities, logProbabilities).reduce(0) {
        $1.0 > 0 || $1.0.isNaN ? $0 - $1.0 * $1.1 : $0
      }
    }
    policyLoss = -Double(step.advantage) * logProbability
    let error = Double(step.target) - Double(step.value)
    valueLoss = error * error
  }

  /// The loss the step would have alone, with the weights of its update.
  func total(with update: UpdateRecord) -> Double {
    policyLoss + update.valueCoefficient * valueLoss - update.entropyCoefficient * entropy
  }

  /// log of the softmax, by the greatest logit so that nothing overflows.
  private static func logSoftmax(_ logits: [Float]) -> [Double] {
    let most = Double(logits.max() ?? 0)
    let sum = logits.reduce(0) { $0 + exp(Double($1) - most) }
    return logits.map { Double($0) - most - log(sum) }
  }
}

extension UpdateRecord {
  /// The loss of the batch: policy + value coefficient × value - β × H.
  var totalLoss: Double {
    policyLoss + valueCoefficient * valueLoss - entropyCoefficient * entropy
  }

  /// Global norm of the gradient after clipping.
  var clippedNorm: Double { gradientNorm * clippingFactor }
}

/// What an update made of V and of the action's probability in the state of a step.
struct UpdateMovement: Equatable {
  /// How much of the way from V right before to the target the update went; nil where V was there.
  let shareOfTheWay: Double?
  /// By how much the probability of the action taken rose.
  let probabilityGain: Double
  private let advantage: Double

  /// What lies between two readings of the state of a step.
  init?(_ step: EpisodeRecord.Step, _ effect: MomentEffect) {
    guard let before = effect.before, let after = effect.after,
      let likelihoodBefore = before.likelihood(ofAction: step.action),
      let likelihoodAfter = after.likelihood(ofAction: step.action)
    else { return nil }
    let way = Double(step.target) - before.value
    let share = (after.value - before.value) / way
    shareOfTheWay = share.isFinite ? share : nil
    probabilityGain = likelihoodAfter - likelihoodBefore
    advantage = Double(step.advantage)
  }

  /// What became of V.
  func valueWords(percent: (Double) -> String) -> [String] {
    guard let share = shareOfTheWay else { return ["V was at the target already"] }
    let part = percent(abs(share))
    if share < 0 {
      return ["V moved away from the target, by \(part) of the way", "V moved away: \(part)"]
    }
    if share > 1 {
      return ["V moved past the target: \(part) of the way", "V past the target: \(part)"]
    }
    return [
      "V moved towards the target: \(part) of the way", "V: \(part) of the way to the target",
      "V: \(part) of the way",
    ]
  }

  /// What became of the action's probability, and whether that is what its advantage asked for.
  var probabilityWords: [String] {
    guard advantage != 0, probabilityGain != 0 else {
      return ["the action's probability stayed", "π stayed"]
    }
    let change = probabilityGain > 0 ? "likelier" : "less likely"
    let sign = advantage > 0 ? "A > 0" : "A < 0"
    if (advantage > 0) == (probabilityGain > 0) {
      return ["\(sign), and the action became \(change)", "\(sign): \(change)"]
    }
    return [
      "\(sign), yet the action became \(change): other steps or momentum weighed more",
      "\(sign), yet the action became \(change)", "\(sign), yet \(change)",
    ]
  }
}

extension MomentEffect.Reading {
  /// The probability of an action, or where it is a real number the density at it; nil of an action
  /// there is not.
  func likelihood(ofAction action: Int) -> Double? {
    if let gaussian { return gaussian.density(at: ContinuousAction.drawn(action)) }
    return probabilities.indices.contains(action) ? probabilities[action] : nil
  }
}

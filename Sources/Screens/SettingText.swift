import CellCanvas
public import Estimators
public import Telemetry

extension ReturnEstimator {
  /// Its name and parameter as shown: `λ .95`, `n 5`, `TD`, `MC`.
  public var shortLabel: String {
    switch self {
    case .monteCarlo: "MC"
    case .td: "TD"
    case .nStep(Self.unlimitedSteps): "n ∞"
    case .nStep(let n): "n \(n)"
    case .lambda(let lambda): "λ \(NumberFormat.setting(lambda))"
    }
  }
}

extension AgentName {
  /// Its name as shown: `A3C`, `actor-critic`.
  public var shortLabel: String {
    switch self {
    case .a3c: "A3C"
    case .a2c: "A2C"
    case .actorCritic: "actor-critic"
    case .reinforce: "REINFORCE"
    case .sarsa: "Sarsa"
    case .expectedSarsa: "Expected Sarsa"
    case .qLearning: "Q-learning"
    case .dqn: "DQN"
    case .ddpg: "DDPG"
    }
  }

  /// Why it cannot take a change, for the footer.
  func refusal(of change: SettingChange) -> String {
    if hasWorkers {
      let other = if case .agent(let other) = change { other.shortLabel } else { "another agent" }
      return "\(shortLabel) does not become \(other); c chooses it"
    }
    guard hasPolicyNetwork else {
      if case .estimator = change {
        return "\(shortLabel) has no estimator to choose: \(ownTarget)"
      }
      if case .entropyCoefficient = change { return "\(shortLabel) has no entropy bonus" }
      return "\(shortLabel) keeps the settings it began with; c chooses another run"
    }
    let isReinforce = self == .reinforce
    return switch change {
    case .estimator where isReinforce: "\(shortLabel) learns from the returns of whole episodes"
    case .rolloutLength where isReinforce:
      "\(shortLabel) learns after whole episodes; c chooses A3C or A2C"
    case .estimator: "\(shortLabel) learns from the TD target, r + γV(s')"
    case .rolloutLength: "\(shortLabel) learns after every step; c chooses A3C or A2C"
    default: "\(shortLabel) has one worker; c chooses A3C or A2C"
    }
  }
}

extension SettingChange {
  /// What is changed, and to what: `λ .95`, `γ .99`, `32 workers`.
  public var shortLabel: String {
    switch self {
    case .estimator(let estimator): estimator.shortLabel
    case .agent(let agent): agent.shortLabel
    case .discount(let gamma): "γ \(NumberFormat.setting(gamma))"
    case .entropyCoefficient(let beta): "β \(NumberFormat.setting(beta))"
    case .learningRate(let rate): "lr \(NumberFormat.setting(rate))"
    case .workers(let count): count == 1 ? "1 worker" : "\(count) workers"
    case .rolloutLength(let steps): "tmax \(steps)"
    }
  }
}

extension LiveSettings {
  /// Makes a change.
  mutating func apply(_ change: SettingChange) {
    switch change {
    case .estimator(let new): estimator = new
    case .agent(let new): agent = new
    case .discount(let new): discount = new
    case .entropyCoefficient(let new): entropyCoefficient = new
    case .learningRate(let new): learningRate = new
    case .workers(let new): workers = new
    case .rolloutLength(let new): rolloutLength = new
    }
  }
}

extension Speed {
  /// The speeds the keys step through, as exponents of two: 1/4 to 4 096 times real time.
  static let exponents = -2...12

  /// As shown: `4×`, `1/4×`, `max`.
  public var shortLabel: String {
    guard case .multiple(let factor) = self else { return "max" }
    if factor > 0 && factor < 1 {
      let inverse = 1 / factor
      if inverse == inverse.rounded() && inverse < 1000 { return "1/\(Int(inverse))×" }
    }
    return NumberFormat.setting(factor) + "×"
  }

  /// The next power of two times real time, upwards or downwards, within the range of the keys.
  func stepped(faster: Bool) -> Speed {
    let bounds = Self.exponents
    guard case .multiple(let factor) = self else {
      return faster ? .unlimited : .multiple(Self.power(bounds.upperBound))
    }
    let candidates = bounds.map(Self.power)
    let next = faster ? candidates.first { $0 > factor } : candidates.last { $0 < factor }
    let edge = Self.power(faster ? bounds.upperBound : bounds.lowerBound)
    return .multiple(next ?? edge)
  }

  private static func power(_ exponent: Int) -> Double {
    exponent < 0 ? 1 / Double(1 << -exponent) : Double(1 << exponent)
  }
}

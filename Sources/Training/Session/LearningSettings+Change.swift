internal import Agents
internal import Estimators
internal import Networks
internal import Telemetry

extension LearningSettings {
  /// Takes one change; values out of range are brought to the nearest that is accepted, and what
  /// is not a number changes nothing.
  mutating func take(_ change: SettingChange) {
    guard !change.isNotANumber else { return }
    switch change {
    case .estimator(.nStep(let n)): estimator = .nStep(max(n, 1))
    case .estimator(.lambda(let lambda)): estimator = .lambda(min(max(lambda, 0), 1))
    case .estimator(let value): estimator = value
    case .agent: break
    case .discount(let value): discount = min(max(value, 0), 1)
    case .entropyCoefficient(let value):
      loss.entropyCoefficient = Float(min(max(value, 0), RunLimits.greatestCoefficient))
    case .learningRate(let value):
      learningRate = min(max(value, 1e-9), RunLimits.greatestLearningRate)
    case .workers(let value): workers = min(max(value, 1), RunLimits.mostWorkers)
    case .rolloutLength(let value): rolloutLength = min(max(value, 1), RunLimits.longestRollout)
    }
  }
}

extension SettingChange {
  fileprivate var isNotANumber: Bool {
    switch self {
    case .estimator(.lambda(let value)), .discount(let value), .entropyCoefficient(let value),
      .learningRate(let value):
      value.isNaN
    default: false
    }
  }

  /// The change in a few characters, as a mark on a plot shows it.
  var label: String {
    switch self {
    case .estimator(.monteCarlo): "MC"
    case .estimator(.td): "TD"
    case .estimator(.nStep(let n)): n == .max ? "n ∞" : "n \(n)"
    case .estimator(.lambda(let lambda)): "λ \(lambda)"
    case .agent(.qLearning): "Q-learning"
    case .agent(.sarsa): "Sarsa"
    case .agent(.expectedSarsa): "Expected Sarsa"
    case .agent(let value): value.rawValue.uppercased()
    case .discount(let value): "γ \(value)"
    case .entropyCoefficient(let value): "β \(value)"
    case .learningRate(let value): "lr \(value)"
    case .workers(let value): "×\(value)"
    case .rolloutLength(let value): "t_max \(value)"
    }
  }
}

/// The largest sizes a run accepts.
public enum RunLimits {
  /// Workers.
  public static let mostWorkers = 10_000
  /// Steps of a rollout.
  public static let longestRollout = 4_096
  /// Most whole episodes before an update.
  public static let mostEpisodesPerUpdate = 10_000
  /// A coefficient of the loss.
  public static let greatestCoefficient = 1e6
  /// The step size.
  public static let greatestLearningRate = 1e30
  /// Threads.
  public static let mostThreads = 256
}

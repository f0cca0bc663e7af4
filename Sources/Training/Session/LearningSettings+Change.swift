internal import Agents
internal import Estimators
internal import Networks
internal import Telemetry

extension LearningSettings {
  /// Takes one change; values out of range are brought to the nearest that is accepted.
  mutating func take(_ change: SettingChange) {
    switch change {
    case .estimator(let value): estimator = value
    case .synchronisation: break
    case .discount(let value): discount = min(max(value, 0), 1)
    case .entropyCoefficient(let value): loss.entropyCoefficient = Float(max(value, 0))
    case .learningRate(let value): learningRate = max(value, 1e-9)
    case .workers(let value): workers = min(max(value, 1), RunLimits.mostWorkers)
    case .rolloutLength(let value): rolloutLength = min(max(value, 1), RunLimits.longestRollout)
    }
  }
}

extension SettingChange {
  /// The change in a few characters, as a mark on a plot shows it.
  var label: String {
    switch self {
    case .estimator(.monteCarlo): "MC"
    case .estimator(.td): "TD"
    case .estimator(.nStep(let n)): n == .max ? "n ∞" : "n \(n)"
    case .estimator(.lambda(let lambda)): "λ \(lambda)"
    case .synchronisation(let value): value.rawValue.uppercased()
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
  /// Threads.
  public static let mostThreads = 256
}

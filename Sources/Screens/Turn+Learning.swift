import CellCanvas
import Estimators
import Telemetry

/// The values the keys step through; `:` takes any.
enum Ladder {
  static let nStep = [1, 2, 3, 5, 8, 10, 20, 50]
  static let lambda = [0, 0.5, 0.8, 0.9, 0.95, 0.97, 0.99, 1]
  static let entropyCoefficient = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]

  /// The nearest rung above or below a value; nil at the end.
  static func next<Value: Comparable>(_ value: Value, up: Bool, on rungs: [Value]) -> Value? {
    up ? rungs.first { $0 > value } : rungs.last { $0 < value }
  }
}

extension Turn {
  /// What the agent learns from.
  mutating func performLearning(_ action: Action) {
    switch action {
    case .toggleEstimator:
      if case .lambda = settings.estimator {
        choose(.nStep(state.lastNStep))
      } else {
        choose(.lambda(state.lastLambda))
      }
    case .chooseNStep: choose(.nStep(state.lastNStep))
    case .chooseLambda: choose(.lambda(state.lastLambda))
    case .lowerEstimator: adjustEstimator(up: false)
    case .raiseEstimator: adjustEstimator(up: true)
    case .toggleAgent:
      change(.agent(settings.agent == .a3c ? .a2c : .a3c))
    case .lowerEntropy: adjustEntropy(up: false)
    default: adjustEntropy(up: true)
    }
  }

  /// Asks for a change of a setting and says so, unless the agent cannot take it.
  mutating func change(_ change: SettingChange) {
    if refusesReplayed() { return }
    if settings.agent.hasTable, case .agent(let other) = change, other != settings.agent,
      other.hasTable
    {
      return choose(rival: other)
    }
    guard settings.agent.takes(change) else { return refuse(settings.agent.refusal(of: change)) }
    var wanted = settings
    wanted.apply(change)
    if case .estimator(let estimator) = change { remember(estimator) }
    request { $0.settings = wanted }
    effects.append(.engine(.change(change)))
    say(change.shortLabel, .change(mark: snapshot.marks.count))
  }

  private mutating func choose(_ estimator: ReturnEstimator) {
    guard estimator != settings.estimator else {
      return say("\(estimator.shortLabel) is in use already; [ and ] adjust it")
    }
    change(.estimator(estimator))
  }

  private mutating func adjustEstimator(up: Bool) {
    guard settings.agent.hasWorkers else {
      return refuse(settings.agent.refusal(of: .estimator(settings.estimator)))
    }
    switch settings.estimator {
    case .nStep(let n): adjustNStep(from: n, up: up)
    case .td: adjustNStep(from: 1, up: up)
    case .monteCarlo:
      if up { return refuse("MC uses every reward already") }
      change(.estimator(.nStep(Ladder.nStep[Ladder.nStep.count - 1])))
    case .lambda(let lambda):
      guard let next = Ladder.next(lambda, up: up, on: Ladder.lambda) else {
        return refuse(
          "λ \(NumberFormat.setting(lambda)) is the \(up ? "greatest" : "least") there is")
      }
      change(.estimator(.lambda(next)))
    }
  }

  private mutating func adjustNStep(from n: Int, up: Bool) {
    guard let next = Ladder.next(n, up: up, on: Ladder.nStep) else {
      let advice = up ? "; :n takes any number, and inf" : ""
      return refuse("n \(n) is the \(up ? "greatest" : "least") of the keys\(advice)")
    }
    change(.estimator(.nStep(next)))
  }

  private mutating func adjustEntropy(up: Bool) {
    let beta = settings.entropyCoefficient
    guard let next = Ladder.next(beta, up: up, on: Ladder.entropyCoefficient) else {
      return refuse(
        "β \(NumberFormat.setting(beta)) is the \(up ? "greatest" : "least") of the keys")
    }
    change(.entropyCoefficient(next))
  }
}

import Telemetry

@testable import Screens

extension KeyTableTests {
  /// Whether an action of the pages of a rollout and of a race has had its effect. The cursor was on
  /// step 3 of eight.
  static func isRaceDone(_ action: Action, _ bench: InterfaceBench) -> Bool? {
    let step = bench.state.estimators.step
    return switch action {
    case .rolloutStepBack: step == 2
    case .rolloutStepForward: step == 4
    case .rolloutFirstStep: step == 0
    case .rolloutLastStep: step == 7
    case .toggleRace: bench.commands == [.race(bench.state.estimators.raceRequest(of: .a3c))]
    default: nil
    }
  }
}

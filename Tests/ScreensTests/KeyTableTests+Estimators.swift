import Estimators
import Telemetry

@testable import Screens

extension KeyTableTests {
  /// Whether an action of view 3 has had its effect; nil for other actions.
  static func isEstimatorsDone(
    _ action: Action, _ before: InterfaceState, _ bench: InterfaceBench
  ) -> Bool? {
    let (old, new) = (before.estimators, bench.state.estimators)
    // Where a wall is in the way, or nothing to keep, that is said.
    let isAnswered = bench.state.message != nil
    return switch action {
    case .showEstimators: bench.state.view == .estimators
    case .nextPage: new.page == .average
    case .previousPage: new.page == .race
    case .cursorStateUp, .cursorStateDown, .cursorStateLeft, .cursorStateRight:
      new.subject == .cursor && new.cursor != old.cursor || isAnswered
    case .followWorker: new.subject == .worker && isAnswered
    case .keepState, .nextKept: isAnswered
    case .toggleAxis: new.isLogarithmic != old.isLogarithmic
    case .nextSlot: new.slot == 1
    case .lowerSlot: new == old && isAnswered
    case .raiseSlot: new.clouds == [.nStep(2)] + old.clouds.dropFirst()
    case .nextFieldQuantity: new.quantity == .variance
    default: nil
    }
  }
}

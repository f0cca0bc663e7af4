import CellCanvas
import Estimators
import Telemetry
import Testing

@testable import Screens

@Suite("Words beside the clouds, and clicks on the steps of a rollout")
struct CloudsAndClicksTests {
  @Test("A bias that is small beside the scatter is never called high")
  func amounts() {
    typealias Amount = TargetClouds.Amount
    #expect(Amount(0.009, of: 0.009, reference: 0.4) == .more)
    #expect(Amount(0.001, of: 0.009, reference: 0.4) == .less)
    #expect(Amount(0.3, of: 0.3, reference: 0.4) == .high)
    #expect(Amount(0.05, of: 0.3, reference: 0.4) == .low)
    #expect(Amount(1e-12, of: 0.3, reference: 0.4) == .none)
  }

  @Test("The picture is wide enough for the estimator that scatters most")
  func reach() {
    let wide = TargetCloud(
      estimator: .monteCarlo, targets: [-1, 1, 1, -1], mean: 0, standardDeviation: 1)
    let narrow = (0..<9).map { _ in
      TargetCloud(estimator: .td, targets: [0.01, -0.01], mean: 0, standardDeviation: 0.01)
    }
    #expect(TargetClouds(narrow + [wide], trueValue: 0).reach >= 1)
  }

  @Test("A click on a step of the rollout takes it apart")
  func clicks() {
    let snapshot = RolloutRaceScreens.sample("rollout-cartpole").snapshot
    var bench = InterfaceBench(snapshot)
    bench.state.view = .estimators
    bench.state.estimators.page = .rollout
    var steps: Set<Int> = []
    for y in 3..<20 {
      bench.send(.mouse(Mouse(x: 4, y: y, kind: .press)))
      steps.insert(bench.state.estimators.step)
    }
    #expect(steps.count > 3)
  }
}

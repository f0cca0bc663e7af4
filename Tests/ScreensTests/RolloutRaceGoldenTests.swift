import CellCanvas
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("The pages Rollout, Gradient and Race as they look")
struct RolloutRaceGoldenTests {
  private static let main = ["rollout-cartpole", "gradient-exact", "race-running"]

  @Test(
    "At the main sizes", arguments: main, [(80, 24), (120, 36), (200, 50)])
  func mainSizes(name: String, size: (columns: Int, rows: Int)) {
    let canvas = RolloutRaceScreens.screen(
      RolloutRaceScreens.sample(name), columns: size.columns, rows: size.rows
    ) { $0.estimators.step = 1 }
    expectGoldenScreen(canvas, named: "view3-\(name)-\(size.columns)x\(size.rows)")
  }

  @Test("On the least screen only what matters most is left", arguments: main)
  func least(name: String) {
    let canvas = RolloutRaceScreens.screen(
      RolloutRaceScreens.sample(name), columns: 40, rows: 12)
    expectGoldenScreen(canvas, named: "view3-\(name)-40x12")
  }

  @Test("Without colours and Unicode everything is still told", arguments: main)
  func ascii(name: String) {
    let canvas = RolloutRaceScreens.screen(
      RolloutRaceScreens.sample(name), columns: 120, rows: 36, look: RolloutRaceScreens.ascii)
    expectGoldenScreen(canvas, named: "view3-\(name)-ascii-120x36")
  }

  @Test(
    "Every other state of a page at 120x36",
    arguments: [
      "rollout-td", "rollout-long", "rollout-empty", "rollout-maze", "gradient-empty",
      "gradient-measured", "race-finished", "race-begun", "race-one-pair", "race-equals",
      "race-none", "race-maze",
    ])
  func states(name: String) {
    let canvas = RolloutRaceScreens.screen(
      RolloutRaceScreens.sample(name), columns: 120, rows: 36
    ) {
      $0.estimators.step = 20
      $0.estimators.slot = 1
      $0.estimators.isLogarithmic = true
    }
    expectGoldenScreen(canvas, named: "view3-\(name)-120x36")
  }

  @Test("The weights fill the page when they are opened")
  func zoomedWeights() {
    let canvas = RolloutRaceScreens.screen(
      RolloutRaceScreens.sample("rollout-long"), columns: 80, rows: 24
    ) {
      $0.estimators.pane = .weights
      $0.isZoomed = true
      $0.estimators.step = 50
    }
    expectGoldenScreen(canvas, named: "view3-rollout-weights-80x24")
  }
}

import CellCanvas
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("The panes of a recorded step as they look")
struct EpisodePaneGoldenTests {
  @Test(
    "As small as beside three others at 80x24, as at 120x36, and zoomed",
    arguments: EpisodePaneScreens.panes, [(40, 9), (60, 16), (80, 20), (120, 32)])
  func sizes(pane: PaneID, size: (columns: Int, rows: Int)) {
    let canvas = EpisodePaneScreens.screen(
      pane, "cartpole", columns: size.columns, rows: size.rows)
    expectGoldenScreen(canvas, named: "view4-\(pane)-\(size.columns)x\(size.rows)")
  }

  @Test(
    "Without colours and Unicode everything is still told", arguments: EpisodePaneScreens.panes)
  func ascii(pane: PaneID) {
    let canvas = EpisodePaneScreens.screen(
      pane, "cartpole", columns: 80, rows: 20, look: EpisodePaneScreens.ascii)
    expectGoldenScreen(canvas, named: "view4-\(pane)-ascii-80x20")
  }

  @Test(
    "Every kind of step at 66x16",
    arguments: [
      "cartpole-cut", "cartpole-end", "cartpole-limit", "maze", "pending", "present", "nothing",
    ])
  func steps(name: String) {
    let canvas = EpisodePaneScreens.screen(.recordedStep, name, columns: 66, rows: 16)
    expectGoldenScreen(canvas, named: "view4-recordedStep-\(name)")
  }

  @Test(
    "Every kind of target at 80x20",
    arguments: ["nstep", "long", "long-lambda", "cartpole-differs", "pending", "maze"])
  func targets(name: String) {
    let canvas = EpisodePaneScreens.screen(.target, name, columns: 80, rows: 20)
    expectGoldenScreen(canvas, named: "view4-target-\(name)")
  }

  @Test(
    "Every kind of update at 60x16",
    arguments: ["cartpole-running", "cartpole-gone", "pending", "kept", "maze", "present"])
  func updates(name: String) {
    let canvas = EpisodePaneScreens.screen(.update, name, columns: 60, rows: 16)
    expectGoldenScreen(canvas, named: "view4-update-\(name)")
  }
}

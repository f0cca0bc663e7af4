import CellCanvas
import Screens
import Telemetry
import TestSupport
import Testing

@Suite("The stage as it looks")
struct StageGoldenTests {
  @Test(
    "CartPole at the main sizes", arguments: [(40, 12), (80, 24), (120, 36), (200, 50)])
  func cartPole(columns: Int, rows: Int) {
    let canvas = StageScreens.frame(SampleSnapshots.cartPole(), columns: columns, rows: rows)
    expectGoldenScreen(canvas, named: "stage-cartpole-\(columns)x\(rows)")
  }

  @Test("A maze with the critic's values at the main sizes", arguments: [(80, 24), (120, 36)])
  func maze(columns: Int, rows: Int) {
    let canvas = StageScreens.frame(SampleSnapshots.maze(), columns: columns, rows: rows) {
      $0.layer = .critic
    }
    expectGoldenScreen(canvas, named: "stage-maze-\(columns)x\(rows)")
  }

  @Test(
    "Every state of a run at 120x36",
    arguments: [
      "cartpole-start", "cartpole-a2c", "cartpole-paused", "cartpole-finished",
      "cartpole-diverged", "cartpole-solved", "cartpole-200-workers",
    ])
  func states(name: String) {
    let canvas = StageScreens.frame(StageScreens.sample(name), columns: 120, rows: 36)
    expectGoldenScreen(canvas, named: "stage-\(name)-120x36")
  }

  @Test("A large maze with the policy's arrows is seen whole at 120x36")
  func largeMaze() {
    let canvas = StageScreens.frame(
      SampleSnapshots.maze(SampleScenes.largeMaze), columns: 120, rows: 36
    ) { $0.layer = .policy }
    expectGoldenScreen(canvas, named: "stage-maze-large-120x36")
  }

  @Test("Without colours and Unicode everything is still told")
  func ascii() {
    let canvas = StageScreens.frame(
      SampleSnapshots.cartPole(), columns: 120, rows: 36, look: StageScreens.ascii)
    expectGoldenScreen(canvas, named: "stage-cartpole-ascii-120x36")
    let maze = StageScreens.frame(
      SampleSnapshots.maze(), columns: 120, rows: 36, look: StageScreens.ascii
    ) { $0.layer = .difference }
    expectGoldenScreen(maze, named: "stage-maze-ascii-120x36")
  }

  @Test("A pane fills the view when it is opened", arguments: [PaneID.stage, .workers, .returns])
  func zoomed(pane: PaneID) {
    let canvas = StageScreens.frame(SampleSnapshots.maze(), columns: 100, rows: 30) {
      $0.stagePane = pane
      $0.isZoomed = true
      $0.layer = .policy
    }
    expectGoldenScreen(canvas, named: "stage-zoomed-\(pane)-100x30")
  }
}

import CellCanvas
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("The pages of a state and of the policy's states as they look")
struct EstimatorPageGoldenTests {
  @Test("A maze at the main sizes", arguments: [(40, 12), (80, 24), (120, 36), (200, 50)])
  func maze(columns: Int, rows: Int) {
    for page in [EstimatorPage.state, .average] {
      let canvas = EstimatorScreens.frame(
        SampleEstimatorReports.maze, columns: columns, rows: rows
      ) { $0.estimators.page = page }
      expectGoldenScreen(canvas, named: "estimators-\(page)-maze-\(columns)x\(rows)")
    }
  }

  @Test("CartPole at the main sizes", arguments: [(80, 24), (120, 36)])
  func cartPole(columns: Int, rows: Int) {
    for page in [EstimatorPage.state, .average] {
      let canvas = EstimatorScreens.frame(
        SampleEstimatorReports.cartPole, columns: columns, rows: rows
      ) {
        $0.estimators.page = page
        $0.estimators.isLogarithmic = page == .state
      }
      expectGoldenScreen(canvas, named: "estimators-\(page)-cartpole-\(columns)x\(rows)")
    }
  }

  @Test(
    "Without colours, and without Unicode, everything is still told",
    arguments: [(80, 24), (120, 36)])
  func plain(columns: Int, rows: Int) {
    for (name, look) in [("mono", EstimatorScreens.mono), ("ascii", EstimatorScreens.ascii)] {
      for page in [EstimatorPage.state, .average] {
        let canvas = EstimatorScreens.frame(
          SampleEstimatorReports.maze, columns: columns, rows: rows, look: look
        ) {
          $0.estimators.page = page
          $0.estimators.quantity = .variance
        }
        expectGoldenScreen(canvas, named: "estimators-\(page)-\(name)-\(columns)x\(rows)")
      }
    }
  }

  @Test("Before anything is known every pane says what will appear")
  func empty() {
    for page in [EstimatorPage.state, .average] {
      let canvas = EstimatorScreens.frame(
        EstimatorScreens.sample("maze-empty"), columns: 100, rows: 30
      ) { $0.estimators.page = page }
      expectGoldenScreen(canvas, named: "estimators-\(page)-empty-100x30")
    }
  }

  @Test("A pane fills the view when it is opened", arguments: [PaneID.targets, .subject, .field])
  func zoomed(pane: PaneID) {
    let canvas = EstimatorScreens.frame(SampleEstimatorReports.maze, columns: 100, rows: 30) {
      $0.estimators.page = pane == .field ? .average : .state
      $0.estimators.pane = pane
      $0.estimators.quantity = .meanSquaredError
      $0.estimators.kept = ["row 1 column 1", "row 6 column 4"].map {
        KeptState(name: $0, state: [])
      }
      $0.estimators.subject = .kept(1)
      $0.isZoomed = true
    }
    expectGoldenScreen(canvas, named: "estimators-zoomed-\(pane)-100x30")
  }
}

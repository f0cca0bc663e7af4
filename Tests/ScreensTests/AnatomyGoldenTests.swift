import CellCanvas
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("View 5 on the screen: the anatomy of an algorithm")
struct AnatomyGoldenTests {
  @Test(
    "Three agents on the two usual screens",
    arguments: ["a3c-targets", "a3c-pushed", "a2c-waiting", "actor-critic"], [(80, 24), (120, 36)])
  func agents(name: String, size: (columns: Int, rows: Int)) {
    let report = SampleAnatomy.all.first { $0.name == name }?.report
    expectGoldenScreen(
      AnatomyScreens.screen(report, columns: size.columns, rows: size.rows),
      named: "anatomy-\(name)-\(size.columns)x\(size.rows)")
  }

  @Test("A large screen, a small one, ASCII, a run at full speed, and nothing yet")
  func others() {
    let targets = SampleAnatomy.a3c(place: 2, steps: 5, targets: 3)
    let pushed = SampleAnatomy.a3c(place: 4, steps: 5, targets: 5)
    expectGoldenScreen(
      AnatomyScreens.screen(targets, columns: 200, rows: 50), named: "anatomy-200x50")
    expectGoldenScreen(
      AnatomyScreens.screen(targets, columns: 40, rows: 12), named: "anatomy-40x12")
    expectGoldenScreen(
      AnatomyScreens.screen(targets, columns: 80, rows: 24, look: AnatomyScreens.ascii),
      named: "anatomy-ascii-80x24")
    expectGoldenScreen(
      AnatomyScreens.screen(pushed, columns: 80, rows: 24, status: .running),
      named: "anatomy-running-80x24")
    expectGoldenScreen(AnatomyScreens.screen(nil, columns: 80, rows: 24), named: "anatomy-none")
  }
}

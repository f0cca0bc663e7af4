import CellCanvas
import Scenes
import Screens
import Telemetry
import TestSupport
import Testing

@Suite("The random walk on the stage")
struct WalkGoldenTests {
  @Test(
    "The critic's curve over the states, beside the exact one", arguments: [(80, 24), (120, 36)])
  func critic(columns: Int, rows: Int) {
    let canvas = StageScreens.frame(SampleSnapshots.walk(), columns: columns, rows: rows)
    expectGoldenScreen(canvas, named: "stage-walk-\(columns)x\(rows)")
  }

  @Test("Without colours and Unicode the curve is still told from the exact one")
  func ascii() {
    let canvas = StageScreens.frame(
      SampleSnapshots.walk(), columns: 120, rows: 36, look: StageScreens.ascii)
    expectGoldenScreen(canvas, named: "stage-walk-ascii-120x36")
  }

  private func text(_ layer: MazeLayer, columns: Int = 120, rows: Int = 36) -> String {
    StageScreens.frame(SampleSnapshots.walk(), columns: columns, rows: rows) { $0.layer = layer }
      .plainText.joined(separator: "\n")
  }

  @Test("Every layer says what it shows")
  func layers() {
    for layer in MazeLayer.allCases where layer != .none && layer != .actionValues {
      #expect(text(layer).contains(layer.title(ofActionValues: false)), "\(layer)")
    }
    #expect(text(.policy).contains("one action: there is nothing to choose"))
    #expect(!text(.none).contains("exact V"))
  }

  @Test("From 40 by 12 up the row is whole, its ends say their rewards, and a curve is drawn")
  func small() {
    for (columns, rows) in [(40, 12), (57, 18), (80, 24), (131, 41), (200, 50)] {
      let shown = text(.critic, columns: columns, rows: rows)
      #expect(shown.contains("-1") && shown.contains("+1"), "\(columns)x\(rows)")
      #expect(shown.contains("★") && shown.contains("P"), "\(columns)x\(rows)")
      #expect(shown.unicodeScalars.contains { $0.value > 0x2800 && $0.value < 0x2900 })
      // The walker on its square, and on the curve.
      #expect(shown.filter { $0 == "●" }.count >= 2, "\(columns)x\(rows)")
    }
  }

  @Test("With one action nothing is said of regret or of shares of ln|A|")
  func nothingToChoose() {
    let shown = text(.critic, columns: 200, rows: 50)
    #expect(!shown.contains("regret") && !shown.contains("ln|A|"))
    #expect(shown.contains("RMS error of V") && shown.contains("nothing to choose"))
  }

  @Test("The error beside the title is that of the layers")
  func error() {
    var snapshot = SampleSnapshots.walk()
    let exact = snapshot.layers?.exact ?? []
    snapshot.layers?.critic = exact.map { $0 + 0.25 }
    let shown = StageScreens.frame(snapshot, columns: 120, rows: 36).plainText.joined()
    #expect(shown.contains("RMS error of V 0.250"))
  }

  @Test("Beyond an end the walker's state is named as that end")
  func ends() {
    for (square, name) in [(0, "left end"), (20, "right end")] {
      var snapshot = SampleSnapshots.walk()
      snapshot.stage.scene = .grid(GridScene(map: SampleScenes.walk(), agent: square))
      let shown = StageScreens.frame(snapshot, columns: 120, rows: 36).plainText.joined()
      #expect(shown.contains("state \(name)"))
    }
  }
}

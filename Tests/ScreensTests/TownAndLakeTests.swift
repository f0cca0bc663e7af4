import CellCanvas
import Scenes
import Screens
import Telemetry
import TestSupport
import Testing

@Suite("Grid worlds with thin walls, letters and other actions")
struct TownAndLakeTests {
  private static let sizes = [(9, 5), (14, 5), (19, 10), (24, 10), (29, 15), (34, 15), (60, 22)]

  private func lines(
    _ scene: GridScene, _ layers: GridLayers? = nil, _ layer: MazeLayer = .none, columns: Int,
    rows: Int, look: Look = Look()
  ) -> [String] {
    var canvas = Canvas(size: Size(columns: columns, rows: rows), background: look.ground)
    SceneView(scene: .grid(scene), layers: layers, layer: layer, isCompact: true)
      .draw(in: Rect(x: 0, y: 0, width: columns, height: rows), on: &canvas, look: look)
    return canvas.plainText
  }

  @Test("A town shows its places, passenger, taxi and walls at every size that has room for it")
  func town() {
    for (columns, rows) in Self.sizes {
      let text = lines(SampleScenes.town(agent: 12), columns: columns, rows: rows)
      let shown = text.joined()
      // In squares of one cell the passenger takes the place's letter.
      for letter in columns >= 14 ? "RGYBp●" : "RGBp●" {
        #expect(shown.filter { $0 == letter }.count == 1, "\(letter) \(columns)x\(rows)")
      }
      let height = rows >= 15 && columns >= 29 ? 3 : rows >= 10 && columns >= 19 ? 2 : 1
      #expect(shown.filter { $0 == "│" }.count == 6 * height, "\(columns)x\(rows)")
    }
  }

  @Test("In the smallest town every sign has its own cell")
  func smallest() {
    let text = lines(SampleScenes.town(agent: 12), columns: 9, rows: 5)
    let expected = ["R  │    G", "   │", "  ○ ●", " │   │", "p│   │B"]
    #expect(lineDifference(expected: expected, found: text) == nil)
  }

  @Test("The passenger rides in the taxi, or waits beside it")
  func passenger() {
    let riding = lines(SampleScenes.town(agent: 12, isRiding: true), columns: 29, rows: 15)
    #expect(riding.joined().filter { $0 == "p" }.count == 1)
    #expect(!riding.joined().contains("●") && riding[7].contains("p"))
    let beside = lines(SampleScenes.town(agent: 20), columns: 29, rows: 15)
    #expect(beside[13].contains("●") && beside[14].contains("p"))
  }

  @Test("Values stand on the squares of their states, of those of the present errand")
  func values() {
    let layers = SampleScenes.layers(states: 500, actions: 6, preferred: 0)
    let text = lines(SampleScenes.town(agent: 12), layers, .visits, columns: 29, rows: 15)
    // States 8, 28, ..., 88 of the first row, five rows of 100 below one another.
    #expect(text[1].split(separator: /[ │]+/).map(String.init) == ["8", "28", "48", "68", "88"])
    #expect(text[13].contains("408") && text[13].contains("488"))
  }

  @Test("Actions are drawn as what they do, whatever their order")
  func actions() {
    for (preferred, sign) in zip(0..., "↓↑→←PD") {
      let layers = SampleScenes.layers(states: 500, actions: 6, preferred: preferred)
      for (columns, rows) in Self.sizes {
        let text = lines(
          SampleScenes.town(agent: 12), layers, .policy, columns: columns, rows: rows)
        #expect(text.joined().filter { $0 == sign }.count >= 20, "\(sign) \(columns)x\(rows)")
      }
    }
    for (preferred, sign) in zip(0..., "←↓→↑") {
      let layers = SampleScenes.layers(states: 16, actions: 4, preferred: preferred)
      let text = lines(SampleScenes.lake(agent: 15), layers, .policy, columns: 20, rows: 8)
      // All but four holes and the goal.
      #expect(text.joined().filter { $0 == sign }.count == 11)
      #expect(text.joined().filter { $0 == "P" }.count == 4)
    }
  }

  @Test("Squares that end the episode keep their sign, and the others their own value")
  func lake() {
    let layers = SampleScenes.layers(states: 16, actions: 4, preferred: 0)
    let text = lines(SampleScenes.lake(agent: 0), layers, .visits, columns: 24, rows: 12)
    let words = text.flatMap { $0.split(separator: " ").map(String.init) }
    #expect(
      words.filter { $0 != "●" }
        == ["1", "2", "3", "4", "P", "6", "P", "8", "9", "10", "P", "P", "13", "14", "★"])
  }

  @Test("Without colours an open grid shows its squares")
  func mono() {
    let shown = lines(
      SampleScenes.lake(agent: 0), columns: 20, rows: 8, look: StageScreens.ascii)
    #expect(shown.joined().filter { $0 == "-" }.count == 10)
  }

  @Test("The stage says what the squares do not", arguments: [(80, 24), (120, 36), (200, 50)])
  func caption(columns: Int, rows: Int) {
    var snapshot = SampleSnapshots.maze()
    snapshot.run.actions = ["south", "north", "east", "west", "pickup", "dropoff"]
    snapshot.stage.probabilities = [0.1, 0.2, 0.1, 0.1, 0.4, 0.1]
    snapshot.stage.scene = .grid(SampleScenes.town(agent: 12))
    snapshot.layers = SampleScenes.layers(states: 500, actions: 6, preferred: 4)
    let shown = StageScreens.frame(snapshot, columns: columns, rows: rows)
      .plainText.joined(separator: "\n")
    #expect(shown.contains("row 2 column 2") && shown.contains("passenger Y to R"))
    #expect(shown.contains("40%"))
  }
}

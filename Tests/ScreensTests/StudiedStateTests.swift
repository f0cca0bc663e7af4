import CellCanvas
import Estimators
import Scenes
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("Choosing the state looked into")
struct StudiedStateTests {
  private static let map = SampleScenes.smallMaze

  /// View 3 with the cursor on a square.
  private static func bench(row: Int, column: Int) -> InterfaceBench {
    var bench = InterfaceBench(SampleEstimatorReports.maze)
    bench.state.view = .estimators
    bench.state.estimators.cursor = map.states[row * map.columns + column]
    bench.state.estimators.subject = .cursor
    return bench
  }

  private static func square(_ bench: InterfaceBench) -> [Int]? {
    bench.state.estimators.cursor.flatMap { StudiedMap.square(of: $0, in: map) }
      .map { [$0 / map.columns, $0 % map.columns] }
  }

  @Test("An arrow moves the cursor by a square, and the engine is told")
  func moves() throws {
    var bench = Self.bench(row: 1, column: 1)
    bench.press(.right)
    #expect(Self.square(bench) == [1, 2])
    #expect(bench.state.interest?.estimators?.subject == .tabular(1))
    bench.press(.right)
    bench.press(.down)
    #expect(Self.square(bench) == [2, 3])
  }

  @Test("A wall, a goal and a pit keep it where it is, and say why")
  func stays() {
    for (row, column, key, words) in [
      (1, 1, Key.up, "a wall: no state there"), (1, 1, .left, "a wall: no state there"),
      (1, 9, .right, "a goal: the episode ends there, nothing to estimate"),
      (6, 6, .right, "a pit: nobody stays there, nothing to estimate"),
    ] {
      var bench = Self.bench(row: row, column: column)
      if row == 6 { bench.state.estimators.cursor = Self.map.states[6 * 12 + 5] }
      let before = bench.state.estimators
      bench.press(key)
      #expect(bench.state.estimators == before, "\(row) \(column)")
      #expect(bench.state.message?.text == words)
      #expect(bench.state.message?.kind == .refusal)
    }
  }

  @Test("From the state of the worker, or a kept one, the cursor starts where that is")
  func startsAtSubject() throws {
    var bench = InterfaceBench(SampleEstimatorReports.maze)
    bench.state.view = .estimators
    let start = try #require(bench.snapshot.estimators?.subject?.tabularState)
    let square = try #require(StudiedMap.square(of: start, in: Self.map))
    bench.press(.down)
    #expect(bench.state.estimators.cursor == Self.map.states[square + Self.map.columns])
    bench.press(.character("f"))
    #expect(bench.state.estimators.subject == .worker)
    #expect(bench.state.interest?.estimators?.subject == .worker)
  }

  @Test("k keeps the state the engine has told, K goes round the kept ones")
  func keeps() throws {
    var bench = InterfaceBench(SampleEstimatorReports.maze)
    bench.state.view = .estimators
    bench.press(.character("K"))
    #expect(bench.state.message?.text == "nothing is kept yet; k keeps the state looked into")
    bench.press(.character("k"))
    #expect(bench.state.estimators.kept == [try #require(bench.snapshot.estimators?.subject?.kept)])
    bench.press(.character("k"))
    #expect(bench.state.estimators.kept.count == 1)
    #expect(bench.state.message?.kind == .refusal)
    bench.snapshot.estimators?.subject?.kept.name = "row 1 column 1"
    bench.press(.character("k"))
    #expect(bench.state.message?.text == "kept row 1 column 1 (2 of 9)")
    for place in [0, 1, 0] {
      bench.press(.character("K"))
      #expect(bench.state.estimators.subject == .kept(place))
      let kept = bench.state.estimators.kept[place]
      #expect(bench.state.interest?.estimators?.subject == .kept(kept))
    }
  }

  @Test("A tenth state sends the oldest away, and the one looked into stays looked into")
  func mostKept() {
    var state = EstimatorsState()
    for number in 0..<9 { #expect(state.keep(KeptState(name: "\(number)", state: [])) == nil) }
    state.subject = .kept(3)
    #expect(state.keep(KeptState(name: "9", state: []))?.name == "0")
    #expect(state.kept.map(\.name) == (1...9).map { "\($0)" })
    #expect(state.subject == .kept(2))
    state.subject = .kept(0)
    _ = state.keep(KeptState(name: "10", state: []))
    #expect(state.subject == .worker)
  }

  @Test("A world that is left takes its states with it")
  func forgets() {
    var bench = Self.bench(row: 1, column: 1)
    bench.press(.character("k"))
    bench.state.estimators.forgetStates()
    #expect(bench.state.estimators.kept.isEmpty && bench.state.estimators.cursor == nil)
    #expect(bench.state.estimators.subject == .worker)
  }

  @Test("A click on a square of either map looks into its state")
  func clicks() throws {
    for page in [EstimatorPage.state, .average] {
      for (columns, rows) in [(80, 24), (120, 36), (200, 50)] {
        var bench = Self.bench(row: 1, column: 2)
        bench.send(.resize(Size(columns: columns, rows: rows)))
        bench.state.estimators.page = page
        bench.state.estimators.pane = page == .state ? .curves : .averageCurves
        let canvas = bench.frame()
        let cursor = try #require(Self.cell(of: "[", before: "]", on: canvas))
        let other = Self.bench(row: 6, column: 3)
        var moved = bench
        moved.state.estimators.cursor = other.state.estimators.cursor
        let target = try #require(Self.cell(of: "[", before: "]", on: moved.frame()))
        #expect(target != cursor)
        bench.send(.mouse(Mouse(x: target.x, y: target.y, kind: .press)))
        #expect(Self.square(bench) == [6, 3], "\(page) \(columns)")
        #expect(bench.state.estimators.pane == (page == .state ? .subject : .field))
        bench.send(.mouse(Mouse(x: cursor.x, y: cursor.y - 1, kind: .press)))
        #expect(bench.state.message == nil || bench.state.message?.kind == .refusal)
      }
    }
  }

  /// The cell of a bracket with its fellow one to five columns on.
  private static func cell(of left: Unicode.Scalar, before right: Unicode.Scalar, on canvas: Canvas)
    -> Rect?
  {
    for y in 3..<(canvas.size.rows - 1) {
      for x in 0..<canvas.size.columns where canvas[x, y].scalar == left {
        if (1...5).contains(where: { canvas[x + $0, y].scalar == right }) {
          return Rect(x: x, y: y, width: 1, height: 1)
        }
      }
    }
    return nil
  }

  @Test("Figures of the state before fade until those of the new one are there")
  func fades() throws {
    var bench = InterfaceBench(SampleEstimatorReports.maze)
    bench.state.view = .estimators
    let fresh = bench.frame()
    bench.press(.down)
    bench.send(.tick(seconds: 60))
    func colour(_ canvas: Canvas) throws -> Color {
      let row = try #require(canvas.plainText.firstIndex { $0.contains("true value") })
      return canvas[3, row].style.foreground
    }
    #expect(try colour(bench.frame()) != colour(fresh))
    bench.snapshot.estimators?.subject?.tabularState = bench.state.estimators.cursor
    #expect(try colour(bench.frame()) == colour(fresh))
  }

  @Test("In a world without a map the arrows have nothing to move")
  func withoutMap() {
    var bench = InterfaceBench(SampleEstimatorReports.cartPole)
    bench.state.view = .estimators
    let before = bench.state.estimators
    bench.press(.up)
    #expect(bench.state.estimators == before)
  }

  // MARK: Typed

  @Test(
    "A state is typed by its square or its number",
    arguments: [
      ("state 3,9", SettingRequest.state(.square(row: 3, column: 9))),
      ("state 3, 9", .state(.square(row: 3, column: 9))), ("state 17", .state(.index(17))),
      ("state=0", .state(.index(0))), ("page average", .page(.average)),
      ("page race", .page(.race)),
    ])
  func typed(line: String, request: SettingRequest) throws {
    #expect(try SettingParser.standard.parse(line) == request)
  }

  @Test("A typed state opens the view at it")
  func typedState() {
    var bench = InterfaceBench(SampleEstimatorReports.maze)
    bench.state.estimators.page = .race
    bench.type(":state 6,1")
    bench.press(.enter)
    #expect(bench.state.view == .estimators && bench.state.estimators.page == .state)
    #expect(Self.square(bench) == [6, 1])
    #expect(bench.state.overlay == nil)
    bench.type(":page average")
    bench.press(.enter)
    #expect(bench.state.estimators.page == .average)
    #expect(bench.state.estimators.subject == .cursor)
  }

  @Test(
    "A state that is none is answered with what was found and what is accepted",
    arguments: [
      ("state 0,0", "state: found \"0,0\", a wall: no state there; accepted: a free square"),
      (
        "state 1,10",
        "state: found \"1,10\", a goal: the episode ends there, nothing to estimate; "
          + "accepted: a free square"
      ),
      (
        "state 4,7",
        "state: found \"4,7\", a pit: nobody stays there, nothing to estimate; "
          + "accepted: a free square"
      ),
      (
        "state 8,0",
        "state: found \"8,0\", off the map; accepted: rows 0 to 7, columns 0 to 11"
      ),
      ("state 999", "state: found \"999\"; accepted: 0 to \(map.states.count { $0 >= 0 } - 1)"),
      (
        "state x",
        "state: found \"x\"; accepted: row,column as in 3,4, or the number of a state"
      ),
      (
        "state 1,2,3",
        "state: found \"1,2,3\"; accepted: row,column as in 3,4, or the number of a state"
      ),
      ("page 7", "page: found \"7\"; accepted: state, average, rollout, gradient, race"),
    ])
  func typedWrongly(line: String, message: String) {
    var bench = InterfaceBench(SampleEstimatorReports.maze)
    bench.type(":" + line)
    bench.press(.enter)
    guard case .settingLine(let wrong) = bench.state.overlay else {
      Issue.record("it was accepted")
      return
    }
    #expect(wrong.error == message)
    #expect(bench.state.estimators.cursor == nil && bench.state.view == .stage)
  }

  @Test("In a world without a map a typed state says so")
  func typedWithoutMap() {
    var bench = InterfaceBench(SampleEstimatorReports.cartPole)
    bench.type(":state 3,4")
    bench.press(.enter)
    #expect(bench.text().contains("state: found CartPole-v1, which has no map"))
  }
}

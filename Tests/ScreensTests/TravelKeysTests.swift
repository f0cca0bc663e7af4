import CellCanvas
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("Moving in time with keys, lines and the mouse")
struct TravelKeysTests {
  private static let long = SampleHistory.cartPole(workers: 1, turns: 1_100)
  private static let steps = SampleHistory.cartPole.index.tracks[0].steps

  @Test(
    "A thousand steps back and a thousand forth give the identical screen",
    arguments: ViewID.allCases, [1, 7, 250])
  func thousand(view: ViewID, together: Int) {
    var travel = TravelBench(Self.long, view: view)
    let (before, screen) = (travel.state, travel.bench.frame())
    var back = 0
    while back < 1_000 {
      let count = min(together, 1_000 - back)
      travel.press(Array(repeating: .character(","), count: count))
      back += count
    }
    let upper = Self.long.index.tracks[0].steps.upperBound
    #expect(travel.state.moment == .step(worker: 0, number: upper - 1_000))
    #expect(travel.bench.frame() != screen)
    for _ in 0..<(1_000 / 50) { travel.press(Array(repeating: .character("."), count: 50)) }
    #expect(travel.state == before)
    #expect(travel.bench.frame() == screen)
    #expect(travel.commands.isEmpty)
  }

  @Test("While the run goes on a move back pauses it, and what is pressed meanwhile waits")
  func queue() {
    var travel = TravelBench(status: .running)
    travel.type(",,,.")
    #expect(travel.commands == [.setPaused(true)])
    #expect(travel.state.moment == nil)
    #expect(travel.state.requests.moves.count == 4)
    travel.type(",")
    travel.status = .paused
    travel.answer()
    #expect(travel.state.moment == .step(worker: 0, number: Self.steps.upperBound - 3))
    #expect(travel.state.requests.moves.isEmpty)
    #expect(travel.commands == [.setPaused(true)])
  }

  @Test("Forwards beyond the present the engine goes on, also out of the queue")
  func beyond() {
    var travel = TravelBench()
    travel.type(",...")
    #expect(travel.commands == [.step(.step), .step(.step)])
    #expect(travel.state.moment == nil)
    var running = TravelBench(status: .running)
    running.type(",..")
    running.status = .paused
    running.answer()
    #expect(running.commands == [.setPaused(true), .step(.step)])
  }

  @Test("Where nothing answers, moves are given up with a word")
  func expired() {
    var travel = TravelBench(status: .running)
    travel.type(",")
    travel.bench.send(.tick(seconds: 2))
    #expect(!travel.state.requests.moves.isEmpty)
    travel.bench.send(.tick(seconds: 4))
    travel.bench.send(.tick(seconds: 4))
    #expect(travel.state.requests.moves.isEmpty)
    #expect(travel.state.message?.text == "nothing recorded yet to go back to")
  }

  @Test("Both ends are told in the footer")
  func ends() {
    var travel = TravelBench()
    travel.press([.home, .left])
    #expect(travel.state.moment == .step(worker: 0, number: Self.steps.lowerBound))
    #expect(travel.text().contains("the oldest recorded step"))
    travel.press([.end])
    #expect(travel.state.moment == nil)
    travel.press([.end])
    #expect(travel.text().contains("this is the present"))
  }

  @Test("The space bar goes on from the present")
  func space() {
    var travel = TravelBench()
    travel.type(",, ")
    #expect(travel.state.moment == nil)
    #expect(travel.commands == [.setPaused(false)])
    var ended = TravelBench(status: .finished("limit"))
    ended.type(",, ")
    #expect(ended.state.moment == nil)
    #expect(ended.commands.isEmpty)
    #expect(ended.text().contains("the present; the run has ended"))
  }

  @Test("A run that has ended can be gone back in")
  func ended() {
    var travel = TravelBench(status: .finished("limit"))
    travel.type(",,")
    #expect(travel.state.moment == .step(worker: 0, number: Self.steps.upperBound - 2))
    #expect(travel.commands.isEmpty)
  }

  @Test("w in the past looks at another worker at about the same update")
  func workers() {
    var travel = TravelBench()
    travel.press([.pageUp, .pageUp])
    guard case .step(0, let number) = travel.state.moment else {
      Issue.record("not in the past")
      return
    }
    travel.type("w")
    #expect(travel.state.focusedWorker == 1)
    #expect(
      travel.state.moment == travel.history.index.counterpart(of: number, of: 0, for: 1))
    travel.type("U")
    if case .step(let worker, _) = travel.state.moment {
      #expect(worker == travel.state.focusedWorker)
    }
  }

  @Test(
    "The header says how far back one is, and every view shows the moment",
    arguments: ViewID.allCases)
  func header(view: ViewID) {
    var travel = TravelBench(view: view)
    let present = travel.bench.frame()
    travel.type(",,,")
    #expect(travel.text().contains("◀ 3 steps ago"))
    for (columns, rows) in [(40, 12), (60, 16), (80, 24), (120, 36), (200, 50), (20, 5)] {
      let text = travel.bench.text(columns: columns, rows: rows)
      #expect(text.contains("◀ 3"), "\(columns)x\(rows)")
    }
    if view == .stage { #expect(present != travel.bench.frame()) }
  }

  // MARK: Kept episodes

  @Test("A kept episode opens, is walked through and is left to where one was")
  func kept() throws {
    var travel = TravelBench()
    travel.type(",,")
    let before = travel.state.moment
    travel.press([.backTab, .down, .enter])
    let worst = try #require(travel.history.kept.first { $0.reason == .worst })
    #expect(travel.state.moment == .kept(id: worst.id, index: 0))
    #expect(travel.text().contains("◀ worst, step 0"))
    travel.type(",")
    #expect(travel.text().contains("that is all of the kept episode"))
    travel.press([.right, .right, .right])
    #expect(travel.state.moment == .kept(id: worst.id, index: 3))
    travel.press([.end])
    #expect(travel.state.moment == .kept(id: worst.id, index: worst.length))
    travel.press([.home])
    #expect(travel.state.moment == .kept(id: worst.id, index: 0))
    travel.press([.escape])
    #expect(travel.state.moment == before)
  }

  @Test("k keeps the episode in view under the name that is typed")
  func keep() {
    var travel = TravelBench()
    travel.type(",k")
    let moment = travel.state.moment
    #expect(travel.text().contains("name: worker 0 episode"))
    travel.press([.control("u")])
    travel.type("Nearly")
    travel.press([.enter])
    #expect(travel.commands == [.keepEpisode(moment, name: "Nearly")])
    #expect(travel.state.overlay == nil)
  }

  @Test("A named episode is forgotten, and left where it was open")
  func forget() throws {
    var travel = TravelBench()
    let named = try #require(travel.history.kept.last)
    travel.press([.backTab] + Array(repeating: .down, count: 9) + [.enter])
    #expect(travel.state.moment == .kept(id: named.id, index: 0))
    travel.type("S")
    travel.type("x")
    #expect(travel.commands == [.forgetEpisode(id: named.id)])
    #expect(travel.state.moment == nil)
  }

  @Test("A kept episode is saved under its name")
  func save() throws {
    var travel = TravelBench()
    travel.press([.backTab, .enter])
    travel.bench.press(.character("S"))
    guard case .saveEpisode(let episode, _, let name) = travel.bench.effects.first else {
      Issue.record("nothing saved")
      return
    }
    #expect(name == "best")
    #expect(episode.episode == travel.history.records[0]?.episode)
  }

  // MARK: The line

  @Test("goto takes a step, an update, oldest and present")
  func goTo() throws {
    var travel = TravelBench()
    travel.type(":goto \(Self.steps.lowerBound + 5)")
    travel.press([.enter])
    #expect(travel.state.moment == .step(worker: 0, number: Self.steps.lowerBound + 5))
    let update = try #require(travel.history.index.updates.dropFirst(9).first)
    travel.type(":goto update \(update.version)")
    travel.press([.enter])
    #expect(travel.state.moment == .step(worker: update.worker, number: update.first))
    #expect(travel.state.focusedWorker == update.worker)
    travel.type(":goto pr")
    travel.press([.tab, .enter])
    #expect(travel.state.moment == nil)
    travel.type(":goto oldest")
    travel.press([.enter])
    #expect(travel.state.moment != nil)
  }

  @Test(
    "goto says what it does not take",
    arguments: ["goto 3", "goto update 3", "goto yesterday", "goto -1", "goto update x", "goto"])
  func goToNowhere(line: String) {
    var travel = TravelBench()
    travel.type(":" + line)
    travel.press([.enter])
    guard case .settingLine(let left) = travel.state.overlay else {
      Issue.record("the line is closed")
      return
    }
    #expect(left.error?.hasPrefix("goto: ") == true)
    #expect(travel.state.moment == nil)
  }

  // MARK: The mouse

  @Test("A click on the scrubber goes there, letting go elsewhere goes on, the wheel takes steps")
  func scrubber() throws {
    var travel = TravelBench()
    travel.press([.pageUp, .pageUp])
    let view = EpisodeView(snapshot: travel.bench.snapshot, state: travel.state)
    let body = FrameLayout(size: Size(columns: 120, rows: 36)).body
    let bar = try #require(view.scrubber(in: body))
    let episode = try #require(travel.bench.snapshot.history?.episode)
    let y = bar.rect.maxY - 2
    travel.bench.send(.mouse(Mouse(x: bar.rect.x, y: y, kind: .press)))
    #expect(travel.state.moment == .step(worker: 0, number: episode.firstNumber))
    travel.answer()
    travel.bench.send(.mouse(Mouse(x: bar.rect.maxX - 1, y: y, kind: .release)))
    let last = episode.firstNumber + episode.steps.count - 1
    #expect(travel.state.moment == .step(worker: 0, number: last))
    travel.bench.send(.mouse(Mouse(x: 0, y: 3, kind: .wheelUp)))
    #expect(travel.state.moment == .step(worker: 0, number: last - 1))
    travel.answer()
    travel.bench.send(.mouse(Mouse(x: bar.rect.x, y: y + 1, kind: .press)))
    #expect(travel.state.moment == .step(worker: 0, number: Self.steps.lowerBound))
    travel.bench.send(.mouse(Mouse(x: bar.rect.maxX - 1, y: y + 1, kind: .press)))
    #expect(travel.state.moment == nil)
  }

  @Test("Every place of the scrubber is hit at its own column", arguments: [1, 2, 7, 80, 120])
  func places(width: Int) {
    for count in [1, 2, 5, 79, 80, 81, 500] {
      for column in 0..<width {
        let place = ScrubberBar.place(at: column, of: count, in: width)
        #expect((0..<count).contains(place))
        let drawn = ScrubberBar.column(of: place, of: count, in: width)
        #expect(count > width ? abs(drawn - column) <= 1 : drawn <= column)
      }
      for place in 0..<count where count <= width {
        let column = ScrubberBar.column(of: place, of: count, in: width)
        #expect(ScrubberBar.place(at: column, of: count, in: width) == place)
      }
    }
  }
}

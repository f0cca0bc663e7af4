import CellCanvas
import Scenes
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("The frame")
struct FrameTests {
  @Test("Help, chooser and the question look like this")
  func overlays() {
    let bench = InterfaceBench()
    let wide = Canvas(size: Size(columns: 120, rows: 36), background: Look().ground)
    let small = Canvas(size: Size(columns: 80, rows: 24), background: Look().ground)
    var canvas = wide
    HelpOverlay(agent: .a3c, scroll: 0).draw(on: &canvas, look: Look())
    expectGoldenScreen(canvas, named: "help-120x36")
    canvas = small
    HelpOverlay(agent: .a3c, scroll: 9).draw(on: &canvas, look: Look())
    expectGoldenScreen(canvas, named: "help-80x24")
    canvas = small
    let chooser = Chooser(snapshot: bench.snapshot, catalogue: InterfaceBench.catalogue)
    ChooserOverlay(
      chooser: chooser, catalogue: InterfaceBench.catalogue, running: bench.snapshot.run
    ).draw(on: &canvas, look: Look())
    expectGoldenScreen(canvas, named: "chooser-80x24")
    canvas = small
    QuitOverlay(snapshot: bench.snapshot).draw(on: &canvas, look: Look())
    expectGoldenScreen(canvas, named: "leave-80x24")
  }

  @Test(
    "View 2 is panes for a few, a list for some, a heat map for hundreds",
    arguments: [(8, "panes"), (40, "list"), (300, "heat-map")])
  func workers(count: Int, name: String) {
    var bench = InterfaceBench(SampleRuns.withLanes(SampleSnapshots.cartPole(workers: count)))
    bench.press(.character("2"))
    for _ in 0..<5 { bench.press(.character("w")) }
    let look = Look(theme: .mono, colors: .none)
    expectGoldenScreen(bench.frame(look: look), named: "workers-\(name)-120x36")
    expectGoldenScreen(
      bench.frame(columns: 80, rows: 24, look: look), named: "workers-\(name)-80x24")
  }

  @Test("Every view, overlay and look survives every small size", arguments: Variant.all)
  func smallSizes(variant: Variant) {
    let bench = variant.bench
    for look in [Look(), Look(glyphs: .ascii), Look(theme: .mono, colors: .none)] {
      for columns in 0...10 {
        for rows in 0...10 {
          check(bench, columns, rows, look)
        }
      }
      for (columns, rows) in [
        (39, 11), (40, 12), (41, 13), (80, 24), (200, 50), (300, 12), (40, 90),
      ] {
        check(bench, columns, rows, look)
      }
    }
  }

  @Test("Any keys, clicks and sizes in any order leave a frame and a state that hold")
  func anything() {
    var chance = Chance(state: 7)
    let snapshots = [1, 8, 30, 250].map { SampleSnapshots.cartPole(workers: $0) }
    let all = snapshots + [SampleSnapshots.maze(), SampleSnapshots.notANumber]
    let keys = KeyTable.bindings.flatMap(\.keys).filter { $0 != .control("c") }
    var bench = InterfaceBench()
    for round in 0..<800 {
      switch chance.below(12) {
      case 0:
        bench.send(.resize(Size(columns: chance.below(140), rows: chance.below(50))))
      case 1:
        bench.snapshot = all[chance.below(all.count)]
        bench.send(.tick(seconds: Double(round) / 10))
      case 2, 3:
        let kinds: [Mouse.Kind] = [.press, .wheelUp, .wheelDown, .release]
        let (x, y) = (chance.below(140), chance.below(50))
        bench.send(.mouse(Mouse(x: x, y: y, kind: kinds[chance.below(4)])))
      case 4: bench.send(.tick(seconds: Double(round) / 10))
      default: bench.press(keys[chance.below(keys.count)])
      }
      let state = bench.state
      #expect((0..<max(1, bench.snapshot.workers.count)).contains(state.focusedWorker))
      if case .multiple(let factor) = state.requests.speed {
        #expect((0.25...4096).contains(factor))
      }
      if case .settingLine(let line) = state.overlay {
        #expect((0...line.text.count).contains(line.cursor))
      }
      if round % 8 == 0 { check(bench, state.columns, state.rows, Look()) }
    }
  }

  @Test("Below 40x12 there is one line, with the most important first")
  func statusLine() {
    let bench = InterfaceBench()
    expectScreen(
      bench.frame(columns: 39, rows: 11), "▶ 8×  R 187.3  CartPole-v1  λ .95")
    expectScreen(bench.frame(columns: 15, rows: 1), "▶ 8×  R 187.3")
  }

  @Test("The footer keeps the most important keys, and help, as the width shrinks")
  func footer() {
    let bench = InterfaceBench()
    func footer(_ columns: Int) -> String {
      bench.frame(columns: columns, rows: 24).plainText[23]
    }
    #expect(footer(40) == " 1  2  3  4  5   space pause  ? help")
    #expect(footer(80).hasPrefix(" 1 Stage  2  3  4  5   space pause  , s step"))
    for columns in 40...200 { #expect(footer(columns).contains("? help"), "\(columns)") }
  }

  @Test("What lies under an overlay recedes")
  func dimmed() {
    var bench = InterfaceBench()
    let before = bench.frame()[2, 0].style.foreground
    bench.press(.character("q"))
    let after = bench.frame()[2, 0].style.foreground
    #expect(before != after)
    #expect(after == before.mixed(with: Theme.dark.ground, 0.6))
  }

  private func check(_ bench: InterfaceBench, _ columns: Int, _ rows: Int, _ look: Look) {
    let canvas = bench.frame(columns: columns, rows: rows, look: look)
    #expect(canvas.size == Size(columns: columns, rows: rows))
    if !look.glyphs.isUnicode {
      #expect(canvas.cells.allSatisfy { $0.scalar.isASCII && $0.scalar.value >= 32 })
    }
  }
}

/// An interface in one of its situations, by name.
struct Variant: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var keys: [Key]
  var workers: Int
  var isMaze = false

  var bench: InterfaceBench {
    let run = isMaze ? SampleSnapshots.maze() : SampleSnapshots.cartPole(workers: workers)
    var bench = InterfaceBench(SampleRuns.withLanes(run))
    for key in keys { bench.press(key) }
    return bench
  }

  static let all: [Variant] = [
    Variant(testDescription: "stage", keys: [], workers: 8),
    Variant(testDescription: "maze", keys: [], workers: 8, isMaze: true),
    Variant(testDescription: "no workers", keys: [.character("2")], workers: 0),
    Variant(testDescription: "panes", keys: [.character("2")], workers: 8),
    Variant(testDescription: "maze panes", keys: [.character("2")], workers: 8, isMaze: true),
    Variant(testDescription: "list", keys: [.character("2"), .end], workers: 40),
    Variant(testDescription: "heat map", keys: [.character("2"), .end], workers: 300),
    Variant(testDescription: "lanes", keys: [.character("2"), .tab, .enter], workers: 40),
    Variant(testDescription: "help", keys: [.character("?"), .end], workers: 8),
    Variant(testDescription: "chooser", keys: [.character("c"), .down], workers: 8),
    Variant(testDescription: "setting", keys: ":gamma 2".map(Key.character) + [.enter], workers: 8),
    Variant(testDescription: "leave", keys: [.character("q")], workers: 8),
    Variant(testDescription: "message", keys: [.character("]")], workers: 8),
  ]
}

/// Sample runs with lanes and pictures for view 2.
enum SampleRuns {
  static func withLanes(_ snapshot: EngineSnapshot) -> EngineSnapshot {
    var snapshot = snapshot
    for index in snapshot.workers.indices {
      snapshot.workers[index].lane = lane(of: index)
      if snapshot.workers.count <= 16 { snapshot.workers[index].scene = snapshot.stage.scene }
    }
    return snapshot
  }

  /// A dozen rollouts of varying length, the workers one after another.
  static func lane(of worker: Int, waits: Double = 0) -> [LaneSpan] {
    var lane: [LaneSpan] = []
    var time = 10 + Double(worker % 8) * 0.013
    func add(_ phase: WorkerPhase, _ seconds: Double) {
      guard seconds > 0 else { return }
      lane.append(LaneSpan(phase: phase, start: time, end: time + seconds))
      time += seconds
    }
    for rollout in 0..<12 {
      add(.pull, 0.001)
      add(.act, 0.08 + 0.01 * Double((worker * 7 + rollout * 3) % 5))
      add(.learn, 0.004)
      add(.wait, waits)
      add(.push, 0.001)
    }
    return lane
  }
}

/// A small generator, so that a failing order of events can be had again.
struct Chance {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}

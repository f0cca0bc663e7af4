import CellCanvas
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("The mouse")
struct MouseTests {
  @Test("A click on a tab switches the view")
  func tabs() throws {
    var bench = InterfaceBench()
    try click("2 Workers", &bench)
    #expect(bench.state.view == .workers)
    try click("1 Stage", &bench)
    #expect(bench.state.view == .stage)
  }

  @Test("A click on a hint acts like its key")
  func hints() throws {
    var bench = InterfaceBench()
    try click("space pause", &bench)
    #expect(bench.commands == [.setPaused(true)])
    try click("0 speed", &bench)
    #expect(bench.commands == [.setSpeed(.unlimited)])
    bench.send(.tick(seconds: 60))
    try click("? help", &bench)
    #expect(bench.state.overlay == .help(scroll: 0))
  }

  @Test("A click on a pane or a worker puts it in focus")
  func focus() throws {
    var bench = InterfaceBench()
    try click("Entropy", &bench)
    #expect(bench.state.focusedPane == .entropy)
    let row = try #require(place(of: " push ▲", bench))
    bench.send(.mouse(Mouse(x: row.x, y: row.y, kind: .press)))
    #expect(bench.state.focusedPane == .workers)
    #expect(bench.state.focusedWorker == 2)
  }

  @Test("Every cell of every worker's place in view 2 hits that worker", arguments: [8, 40, 300])
  func workers(count: Int) {
    var bench = InterfaceBench(SampleSnapshots.cartPole(workers: count))
    bench.press(.character("2"))
    let layout = WorkersLayout(state: bench.state, snapshot: bench.snapshot)
    var seen: Set<Int> = []
    for y in 0..<36 {
      for x in 0..<120 {
        if let worker = layout.worker(x: x, y: y) { seen.insert(worker) }
      }
    }
    #expect(seen == Set(layout.visibleWorkers))
    let y = layout.content.y + 1
    bench.send(.mouse(Mouse(x: layout.content.x + 7, y: y, kind: .press)))
    #expect(bench.state.focusedWorker == layout.worker(x: layout.content.x + 7, y: y))
    #expect(bench.state.focusedPane == .overview)
  }

  @Test("The wheel scrolls a list away from the focus, and the next worker brings it back")
  func wheel() {
    var bench = InterfaceBench(SampleSnapshots.cartPole(workers: 50))
    bench.press(.character("2"))
    bench.send(.mouse(Mouse(x: 10, y: 5, kind: .wheelDown)))
    var layout = WorkersLayout(state: bench.state, snapshot: bench.snapshot)
    #expect(layout.visibleWorkers.lowerBound == 3)
    for _ in 0..<50 { bench.send(.mouse(Mouse(x: 10, y: 5, kind: .wheelDown))) }
    layout = WorkersLayout(state: bench.state, snapshot: bench.snapshot)
    #expect(layout.visibleWorkers.upperBound == 50)
    #expect(bench.state.focusedWorker == 0)
    bench.press(.character("w"))
    layout = WorkersLayout(state: bench.state, snapshot: bench.snapshot)
    #expect(layout.visibleWorkers.contains(1))
  }

  @Test("The wheel over the lanes changes how much time they show")
  func lanes() {
    var bench = InterfaceBench()
    bench.press(.character("2"))
    bench.send(.mouse(Mouse(x: 50, y: 30, kind: .wheelUp)))
    #expect(bench.state.laneZoom == -1)
  }

  @Test("A click selects an entry of the chooser, a second takes it, one outside closes")
  func chooser() throws {
    var bench = InterfaceBench()
    bench.press(.character("c"))
    try click("Maze/rooms", &bench)
    #expect(bench.text().contains("Choose an environment"))
    try click("Maze/rooms", &bench)
    #expect(bench.text().contains("Choose an agent"))
    bench.send(.mouse(Mouse(x: 0, y: 0, kind: .press)))
    #expect(bench.state.overlay == nil)
  }

  private func click(_ text: String, _ bench: inout InterfaceBench) throws {
    let cell = try #require(place(of: text, bench), "\(text) is not on the screen")
    bench.send(.mouse(Mouse(x: cell.x, y: cell.y, kind: .press)))
  }

  /// The cell at which a text begins.
  private func place(of text: String, _ bench: InterfaceBench) -> (x: Int, y: Int)? {
    let wanted = Array(text.unicodeScalars)
    for (y, line) in bench.frame().plainText.enumerated() {
      let scalars = Array(line.unicodeScalars)
      guard scalars.count >= wanted.count else { continue }
      for x in 0...(scalars.count - wanted.count)
      where Array(scalars[x..<(x + wanted.count)]) == wanted {
        return (x, y)
      }
    }
    return nil
  }
}

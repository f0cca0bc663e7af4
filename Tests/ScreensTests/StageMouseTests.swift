import CellCanvas
import Screens
import Telemetry
import TestSupport
import Testing

@Suite("What lies under the mouse on the stage")
struct StageMouseTests {
  private let body = Rect(x: 0, y: 1, width: 120, height: 34)

  @Test("Every cell belongs to a pane, and all panes are there")
  func panes() {
    let view = StageView(snapshot: SampleSnapshots.cartPole(), state: InterfaceState())
    var seen: Set<PaneID> = []
    for y in body.y..<body.maxY {
      for x in body.x..<body.maxX {
        switch view.hitTest(x: x, y: y, in: body) {
        case .pane(let pane): seen.insert(pane)
        case .worker: seen.insert(.workers)
        case nil: Issue.record("nothing at \(x),\(y)")
        }
      }
    }
    #expect(seen == Set(PaneID.ofStage))
    #expect(view.hitTest(x: 3, y: 0, in: body) == nil)
    #expect(view.hitTest(x: 120, y: 5, in: body) == nil)
  }

  @Test("A worker's row is that worker", arguments: [0, 60])
  func workers(scroll: Int) {
    let snapshot = SampleSnapshots.cartPole(workers: 200, buckets: 4)
    let canvas = StageScreens.frame(snapshot, columns: 120, rows: 36) { $0.workerScroll = scroll }
    var state = InterfaceState(columns: 120, rows: 36)
    state.workerScroll = scroll
    let view = StageView(snapshot: snapshot, state: state)
    let visible = view.visibleWorkers(in: body)
    #expect(visible.lowerBound == scroll)
    #expect(visible.count > 5)
    var rows = 0
    for y in body.y..<body.maxY {
      guard case .worker(let worker) = view.hitTest(x: 90, y: y, in: body) else { continue }
      rows += 1
      let line = canvas.plainText[y].unicodeScalars.dropFirst(63).prefix(4)
      #expect(String(String.UnicodeScalarView(line)).contains("\(worker)"))
    }
    #expect(rows == visible.count)
  }
}

import CellCanvas
import Telemetry
import Testing

@testable import Screens

@Suite("Lanes in time")
struct LaneTests {
  @Test("A rollout shows pull, act, learn, push in their order")
  func order() throws {
    let lane = SampleRuns.lane(of: 0)
    let window = try #require(LaneWindow(lanes: [lane], width: 100, zoom: 0))
    let shown = LaneWindow.cells(of: lane, in: window).compactMap { $0 }
    var runs: [WorkerPhase] = []
    for phase in shown where runs.last != phase { runs.append(phase) }
    let first = try #require(runs.firstIndex(of: .pull))
    let cycle: [WorkerPhase] = [.pull, .act, .learn, .push]
    #expect(runs.count > 8)
    for (index, phase) in runs[first...].enumerated() { #expect(phase == cycle[index % 4]) }
  }

  @Test("The barrier's waits fill their time")
  func waits() throws {
    let lane = SampleRuns.lane(of: 0, waits: 0.1)
    let window = try #require(LaneWindow(lanes: [lane], width: 120, zoom: 0))
    let cells = LaneWindow.cells(of: lane, in: window)
    let waiting = cells.filter { $0 == .wait }.count
    let acting = cells.filter { $0 == .act }.count
    #expect(waiting * 2 > acting)
  }

  @Test("A column is worth 1, 2 or 5 times a power of ten, and a zoom doubles or halves it")
  func columns() throws {
    for scale in [1e-6, 3e-4, 0.02, 1, 70] {
      let lane = (0..<20).map {
        LaneSpan(phase: .act, start: Double($0) * scale, end: Double($0 + 1) * scale)
      }
      let window = try #require(LaneWindow(lanes: [lane], width: 80, zoom: 0))
      #expect(window.secondsPerColumn <= scale / 3 * 1.000001)
      #expect(window.secondsPerColumn * 3 > scale / 3)
      let wider = try #require(LaneWindow(lanes: [lane], width: 80, zoom: 1))
      #expect(wider.secondsPerColumn == 2 * window.secondsPerColumn)
      #expect(wider.column(of: scale * 20) == 79)
    }
  }

  @Test("Nothing, or nonsense, gives no window")
  func nothing() {
    #expect(LaneWindow(lanes: [], width: 80, zoom: 0) == nil)
    #expect(LaneWindow(lanes: [[]], width: 80, zoom: 0) == nil)
    #expect(LaneWindow(lanes: [SampleRuns.lane(of: 0)], width: 0, zoom: 0) == nil)
    let wrong = LaneSpan(phase: .act, start: .nan, end: .infinity)
    #expect(LaneWindow(lanes: [[wrong]], width: 80, zoom: 0) == nil)
  }
}

import CellCanvas
import Telemetry
import TestSupport

@testable import Screens

/// An interface with an engine that answers from a recording: in the next snapshot, as the real one.
struct TravelBench {
  var bench: InterfaceBench
  let history: SampleHistory
  var status = RunStatus.paused
  /// The engine's commands since the beginning, what is looked at left out.
  var commands: [EngineCommand] = []

  init(_ history: SampleHistory = .cartPole, view: ViewID = .episode, status: RunStatus = .paused) {
    self.history = history
    self.status = status
    bench = InterfaceBench(history.snapshot())
    bench.state.view = view
    answer()
  }

  var state: InterfaceState { bench.state }

  /// The engine's next snapshot, and the tick that comes with it; another one where that moved.
  mutating func answer() {
    for _ in 0..<3 {
      bench.snapshot = history.snapshot(bench.state.interest ?? Interest())
      bench.snapshot.status = status
      if status == .running { bench.snapshot.history?.index = HistoryIndex() }
      bench.send(.tick(seconds: bench.state.clock))
      commands += bench.commands
    }
  }

  /// Presses keys that come between two snapshots.
  mutating func press(_ keys: [Key]) {
    for key in keys {
      bench.press(key)
      commands += bench.commands
    }
    answer()
  }

  mutating func type(_ text: String) { press(text.map(Key.character)) }

  func text() -> String { bench.text() }
}

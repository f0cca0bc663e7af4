import Telemetry
import TestSupport
import Testing
import Threads

@testable import Training

/// What a run at full speed has of its past when it is paused.
@Suite("The past of a run that is paused")
struct PausedPastTests {
  @Test(
    "A run that is paused at full speed has its past, and goes on from there without a gap",
    arguments: ["a3c-cartpole", "a3c-corridor", "a2c-corridor", "actor-critic-corridor"], [1, 2])
  func paused(preset: String, threads: Int) throws {
    var configuration = try Runs.configuration(preset, seed: 5, threads: threads)
    configuration.speed = .unlimited
    let session = try TrainingSession(configuration, watched: true)
    func index() -> HistoryIndex {
      session.send(.show(Interest(history: HistoryInterest(moment: nil, isOpen: true))))
      var (last, index) = (HistoryIndex(), HistoryIndex())
      session.waitUntil("the run stands still, and its past is told") {
        OSThread.sleep(seconds: 0.005)
        let snapshot = session.snapshot()
        (last, index) = (index, snapshot.history?.index ?? HistoryIndex())
        return snapshot.status == .paused && !index.tracks.isEmpty && last == index
      }
      return index
    }
    for _ in 0..<3 {
      let before = session.progress.steps
      session.send(.show(Interest()))
      session.send(.setPaused(false))
      session.waitUntil("it learns") { session.progress.steps >= before + 60_000 }
      session.send(.setPaused(true))
      let still = index()
      let steps = still.tracks.reduce(0) { $0 + $1.steps.count }
      #expect(steps >= 10_000)
      let workers = session.state.boards.withLock { $0.count }
      // A thread may have been kept waiting for long, and its workers have done nothing lately.
      #expect(still.tracks.count == workers && still.tracks.contains { $0.steps.count > 100 })
      let version = session.progress.updates
      for update in 1...12 {
        session.send(.step(.update))
        session.waitUntil("the update is made") { session.progress.updates >= version + update }
      }
      let later = index()
      for (one, other) in zip(still.tracks, later.tracks) where !one.steps.isEmpty {
        #expect(other.steps.lowerBound < one.steps.upperBound)
        #expect(other.steps.upperBound >= one.steps.upperBound)
        #expect(other.rollouts.contains { $0.version > version } || preset.hasPrefix("a3c"))
      }
      #expect(later.tracks.contains { $0.rollouts.contains { $0.version > version } })
      #expect(later.updates.last?.version == session.progress.updates)
    }
    session.end()
  }
}

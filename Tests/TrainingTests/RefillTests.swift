import Agents
import Environments
import Estimators
import Networks
import Synchronization
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Training

/// Steps that were made again are those that would have been copied.
@Suite("The past made again")
struct RefillTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var preset: String
    var estimator: ReturnEstimator?
    var updates: Int
    var threads = 1
    var testDescription: String { "\(preset) \(estimator.map { "\($0)" } ?? "") \(threads)" }
  }

  static let cases = [
    Case(preset: "a3c-cartpole", updates: 4_000),
    Case(preset: "a3c-cartpole", estimator: .monteCarlo, updates: 600),
    Case(preset: "a3c-corridor", updates: 6_000),
    Case(preset: "a3c-corridor", estimator: .td, updates: 6_000),
    Case(preset: "a3c-labyrinth", estimator: .monteCarlo, updates: 250),
    Case(preset: "a2c-cartpole", updates: 2_000),
    Case(preset: "a2c-cartpole", estimator: .monteCarlo, updates: 200, threads: 2),
    Case(preset: "a2c-corridor", updates: 2_000, threads: 2),
    Case(preset: "actor-critic-cartpole", updates: 60_000),
    Case(preset: "actor-critic-corridor", updates: 60_000),
    Case(preset: "reinforce-cartpole", updates: 250),
    Case(preset: "reinforce-corridor", updates: 500),
  ]

  private static func history(_ this: Case, copied: Bool) throws -> (History, [EpisodeRecord?]) {
    var configuration = try Runs.configuration(this.preset, seed: 3, threads: this.threads)
    if configuration.agent == .a3c { configuration.scheduler = .virtual }
    if let estimator = this.estimator { configuration.hyperparameters.estimator = estimator }
    configuration.recordsHistory = true
    configuration.evaluationEpisodes = 1
    configuration.updateLimit = this.updates
    // In turns every step is copied.
    if copied { configuration.stepGrain = .update }
    let session = try TrainingSession(configuration, watched: false)
    _ = try Runs.finish(session)
    let history = try #require(session.state.history)
    var reader = HistoryReader(history: history, environment: configuration.environment)
    let kept = [KeptEpisode.Reason.best, .worst, .longest].map { reason in
      reader.report(
        HistoryInterest(moment: .kept(id: reason.id, index: 0), isOpen: true), focus: 0,
        workers: session.state.boards.withLock { $0.count }, isStill: true
      ).episode
    }
    return (history, kept)
  }

  /// The rollouts by worker and first step, in words.
  private static func rollouts(_ history: History, terms: Bool) -> [String: [String]] {
    var result: [String: [String]] = [:]
    for worker in 0..<16 {
      history.block(worker: worker, numbers: 0...Int.max / 2).forEach { record in
        var header = record.header
        header.previousBytes = 0
        if !terms { header.update.terms = .init() }
        let steps = (0..<Int(header.count)).map { index in
          let step = record.step(index)
          return "\(Array(step.state)) \(step.action) \(Array(step.logits)) \(step.target)"
        }
        result["\(worker) \(header.firstNumber) \(header.isOpen)"] = ["\(header)"] + steps
      }
    }
    return result
  }

  @Test(
    "What was made again is what would have been copied, kept episodes included",
    arguments: cases.filter { $0.threads == 1 })
  func same(this: Case) throws { try Self.expectSame(this) }

  static func expectSame(_ this: Case) throws {
    let (copied, copiedKept) = try Self.history(this, copied: true)
    let (made, madeKept) = try Self.history(this, copied: false)
    // What a thread says of the loss is of its own rollouts.
    let all = Self.rollouts(copied, terms: this.threads == 1)
    let again = Self.rollouts(made, terms: this.threads == 1)
    let wrong = again.filter { all[$0.key] != nil && all[$0.key] != $0.value }
    let other = again.keys.filter { all[$0] == nil }
    #expect(wrong.isEmpty, "\(wrong.first.map { ($0.value, all[$0.key] ?? []) } as Any)")
    let steps = again.values.reduce(0) { $0 + $1.count - 1 }
    let common = again.reduce(0) { all[$1.key] == nil ? $0 : $0 + $1.value.count - 1 }
    #expect(steps >= 10_000 && common >= 5_000 && other.count < again.count)
    #expect(copied.kept.summaries == made.kept.summaries)
    #expect(copied.lastEnded == made.lastEnded)
    for (one, other) in zip(copiedKept, madeKept) {
      var (one, other) = (try #require(one), try #require(other))
      if this.threads > 1 {
        for index in one.updates.indices { one.updates[index] = other.updates[index] }
      }
      // Where a copy was too long, or the keyframes too many, there may be more or less of it.
      other.omitted = one.omitted
      other.omittedReturn = one.omittedReturn
      if one.firstNumber == other.firstNumber { #expect(one == other) }
      #expect(one.steps.last == other.steps.last)
    }
  }
}

@Suite("The past made again on two threads")
struct TeamPastTests {
  @Test(
    "What was made again is what would have been copied, kept episodes included",
    arguments: RefillTests.cases.filter { $0.threads > 1 })
  func same(this: RefillTests.Case) throws { try RefillTests.expectSame(this) }
}

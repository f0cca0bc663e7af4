import Agents
import Environments
import FootlightsAssets
import Foundation
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Training

/// What runs in tests begin with.
enum Runs {
  /// Whether the tests run as `Scripts/thread-sanitizer` runs them.
  static let areSanitized = ProcessInfo.processInfo.environment["TSAN_OPTIONS"] != nil
  static let registry = EnvironmentRegistry(mazes: BundledAssets.mazes)

  static func presets() throws -> [Preset] {
    try BundledAssets.presets.flatMap { try PresetFile.parse($0.text, file: "\($0.name).yaml") }
  }

  /// The run of a bundled preset.
  static func configuration(
    _ preset: String, seed: UInt64 = 1, threads: Int = 2, steps: Int? = nil
  ) throws -> RunConfiguration {
    let preset = try #require(try presets().first { $0.name == preset })
    var configuration = RunConfiguration(
      environment: try registry.make(preset.environment), agent: preset.agent,
      preset: preset.name, hyperparameters: preset.hyperparameters, workers: preset.workers,
      threads: threads, budget: steps ?? preset.steps)
    configuration.seed = seed
    configuration.stepLimit = steps
    return configuration
  }

  /// The agents that learn in a scripted world: it is seen in numbers, and has two actions.
  static let scriptedAgents = AgentName.allCases.filter { $0.hasPolicyNetwork || $0 == .dqn }

  /// A run in a scripted world, with a small network and no limit.
  static func scripted(
    _ agent: AgentName = .a3c, world: ScriptedWorld = ScriptedWorld(length: 5),
    workers: Int = 1, threads: Int = 1, length: Int = 1
  ) -> RunConfiguration {
    var hyperparameters = Preset(name: "", summary: "", environment: "", agent: agent)
      .hyperparameters
    hyperparameters.hidden = []
    hyperparameters.rolloutLength = length
    var configuration = RunConfiguration(
      environment: world, agent: agent, preset: "scripted", hyperparameters: hyperparameters,
      workers: workers, threads: threads, budget: 1_000_000)
    configuration.scheduler = .virtual
    configuration.evaluationEpisodes = 2
    return configuration
  }

  /// Runs to the end.
  static func finish(_ configuration: RunConfiguration, watched: Bool = false) throws
    -> TrainingResult
  {
    try finish(TrainingSession(configuration, watched: watched))
  }

  /// Waits for the end of a run that ends of itself.
  static func finish(_ session: TrainingSession) throws -> TrainingResult {
    session.waitForEnd(seconds: 120)
    let ended = session.progress.hasEnded
    if !ended { session.stop("the test gave up waiting") }
    session.join()
    #expect(ended)
    return session.result()
  }
}

extension TrainingSession {
  /// Waits until something holds of the run; a minute at most.
  func waitUntil(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ holds: () -> Bool
  ) {
    let deadline = MonotonicClock.seconds + 60
    while !holds() {
      guard MonotonicClock.seconds < deadline else {
        Issue.record(what, sourceLocation: sourceLocation)
        return
      }
      OSThread.sleep(seconds: 0.0005)
    }
  }

  /// Pauses, and waits until the training threads stand still.
  func pause() {
    send(.setPaused(true))
    waitUntil("the run pauses") { snapshot().status == .paused }
  }

  /// Stops and waits for the end.
  func end() {
    stop()
    join()
  }
}

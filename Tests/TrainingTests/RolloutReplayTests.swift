import Environments
import Estimators
import FootlightsAssets
import Networks
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Agents
@testable import Training

@Suite("Recorded steps are acted again")
struct RolloutReplayTests {
  /// Worlds by name, with a maze in which one slips and one that has several starts.
  private static let worlds: [(name: String, settings: [(String, String)])] =
    EnvironmentRegistry.builtInNames.map { ($0, []) }
    + [
      ("Maze/corridor", []), ("Maze/corridor", [("slip", "0.3")]),
      ("Maze/four-rooms", [("slip", "0.1")]),
    ]

  private static func settings(
    _ estimator: ReturnEstimator, length: Int = 20, workers: Int
  ) -> LearningSettings {
    var hyperparameters = ActorCriticHyperparameters()
    hyperparameters.estimator = estimator
    hyperparameters.rolloutLength = length
    hyperparameters.episodesPerUpdate = 3
    return LearningSettings(hyperparameters, budget: 100_000, workers: workers)
  }

  /// What a run goes through, and what is made again of it.
  private static func compare(
    _ world: any Environment, _ agent: AgentName, _ run: (RecordedRun) throws -> Void
  ) throws -> (steps: Int, ends: Int, inside: Int) {
    let witnessed = WitnessedWorld(world)
    let recorded = RecordedRun(agent, in: witnessed, plan: nil)
    try FlushToZero.during { try run(recorded) }
    witnessed.log.isOn.withLock { $0 = false }
    let log = witnessed.log.actors.withLock { $0 }
    var (steps, ends, inside) = (0, 0, 0)
    for (worker, moments) in log.enumerated() {
      recorded.history.block(worker: worker, numbers: 0...Int.max / 2).forEach { rollout in
        let header = rollout.header
        var end = 0
        for t in 0..<Int(header.count) {
          let (step, was) = (rollout.step(t), moments[header.firstNumber + t])
          #expect(same(Array(step.state), was.state))
          #expect(Array(step.observation).map(\.bitPattern) == was.observation.map(\.bitPattern))
          #expect(step.reward.bitPattern == Float(was.outcome.reward).bitPattern)
          #expect(step.terminated == was.outcome.terminated)
          #expect(step.truncated == was.outcome.truncated)
          guard was.outcome.ended else { continue }
          #expect(Int(rollout.end(end).row) == t)
          #expect(same(Array(rollout.reached(end)), was.reached))
          end += 1
          if t + 1 < Int(header.count) { inside += 1 }
        }
        #expect(end == Int(header.ends))
        (steps, ends) = (steps + Int(header.count), ends + end)
      }
    }
    return (steps, ends, inside)
  }

  private static func same(_ one: [Double], _ other: [Double]) -> Bool {
    one.map(\.bitPattern) == other.map(\.bitPattern)
  }

  private static func make(_ index: Int) throws -> any Environment {
    let wanted = worlds[index]
    let mazes = BundledAssets.mazes.map { (name: $0.name, text: $0.text) }
    return try EnvironmentRegistry(mazes: mazes).make(
      wanted.name, settings: wanted.settings.map { (key: $0.0, value: $0.1) })
  }

  @Test(
    "States, observations and rewards of A3C are those of then, to the last bit, in every world",
    arguments: worlds.indices)
  func asynchronous(index: Int) throws {
    let world = try Self.make(index)
    let seen = try Self.compare(world, .a3c) {
      $0.a3c(workers: 3, steps: 2_000) { _ in Self.settings(.nStep(5), workers: 3) }
    }
    #expect(seen.steps >= 2_000)
  }

  @Test("And those of A2C, with episodes that end within a rollout", arguments: worlds.indices)
  func synchronous(index: Int) throws {
    let world = try Self.make(index)
    let seen = try Self.compare(world, .a2c) {
      try $0.a2c(workers: 9, threads: 1, updates: 12) { _ in
        Self.settings(.lambda(0.9), workers: 9)
      }
    }
    #expect(seen.steps == 12 * 9 * 20)
    if world is CartPole { #expect(seen.inside > 50) }
  }

  @Test("And those of teams whose members wait, of whole episodes, and of single steps")
  func kinds() throws {
    for world: any Environment in [CartPole(), try Self.make(Self.worlds.count - 1)] {
      let waiting = try Self.compare(world, .a2c) {
        try $0.a2c(workers: 5, threads: 1, updates: 3) { _ in
          Self.settings(.monteCarlo, workers: 5)
        }
      }
      #expect(waiting.ends == 15)
      let whole = try Self.compare(world, .reinforce) {
        $0.reinforce(steps: 300, settings: Self.settings(.monteCarlo, workers: 1))
      }
      #expect(whole.inside > 0 && whole.ends % 3 == 0)
      let single = try Self.compare(world, .actorCritic) {
        $0.actorCritic(steps: 300, settings: Self.settings(.td, workers: 1))
      }
      #expect(single.steps == 300)
    }
  }

  @Test("A rollout under way leads to the state its worker is in", arguments: worlds.indices)
  func underWay(index: Int) throws {
    let world = try Self.make(index)
    let run = RecordedRun(.a3c, in: world, plan: nil)
    let settings = Self.settings(.nStep(5), length: 50, workers: 1)
    let worker = run.worker(0, of: 1, settings)
    for steps in [0, 1, 7, 30] {
      while worker.rollout.length < steps { _ = worker.turn(settings, observer: nil) }
      run.history.askForOpen()
      run.history.rings[0].takeOpen([worker.rollout], focus: 0)
      var present: (state: [Double], observation: [Float])?
      run.history.block(worker: 0, numbers: 0...Int.max / 2).forEach {
        guard $0.header.isOpen else { return }
        let row = $0.step(Int($0.header.count))
        #expect($0.header.count == steps)
        present = (Array(row.state), Array(row.observation))
      }
      var now = WitnessedWorld(world)
      var state = [Double](repeating: 0, count: world.stateSize)
      worker.rollout.actors[0].save(into: &state)
      now.restore(from: state)
      #expect(try Self.same(#require(present?.state), state))
      #expect(present?.observation == now.observation)
    }
  }
}

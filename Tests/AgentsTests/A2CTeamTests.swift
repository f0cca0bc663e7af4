import Environments
import Estimators
import Networks
import Randomness
import TestSupport
import Testing
import Threads

@testable import Agents

@Suite("A2C teams")
struct A2CTeamTests {
  private static let network = ActorCriticNetwork(
    shape: NetworkShape(input: .features(4), hidden: [16], actions: 2))

  private static func shared() -> SharedParameters {
    SharedParameters(count: network.layout.count, optimiser: .rmsProp(RMSProp())) { theta in
      var random = RandomStream(seed: 3, key: 0)
      network.initialise(theta, random: &random)
    }
  }

  /// What a team has come to.
  private struct Outcome: Equatable {
    var theta: [Float]
    var version: Int
    var steps: Int
  }

  /// Trains a team on CartPole for a number of updates.
  private static func train(
    workers: Int, threads: Int, updates: Int, _ settings: LearningSettings
  ) throws -> Outcome {
    let shared = shared()
    let clock = StepClock()
    let team = A2CTeam(
      workers: workers, threads: threads, network: network, shared: shared, clock: clock)
    let running = try (0..<threads).map { number in
      try OSThread {
        let all = A2CTeam.groups(workers: workers)
        let actors = A2CTeam.groups(of: number, threads: threads, workers: workers)
          .map { all[$0].map { actor($0, workers: workers) } }
        let member = A2CMember(
          team: team, thread: number, actors: actors, network: network, settings: settings)
        var goOn = true
        while goOn {
          while !member.isComplete { member.act() }
          goOn = member.update(next: settings, observer: nil) { shared.updatesBegun < updates }
        }
      }
    }
    for thread in running { thread.join() }
    let theta = network.makeParameters()
    let version = shared.pull(into: theta)
    return Outcome(theta: theta.array, version: version, steps: clock.steps)
  }

  private static func actor(_ index: Int, workers: Int) -> Actor {
    Actor(index: index, environment: CartPole(), seed: 11, workers: workers)
  }

  @Test(
    "The number of threads changes no bit", arguments: [1, 2, 5, 8, 9, 16],
    [ReturnEstimator.nStep(5), .monteCarlo])
  func threadsDoNotMatter(workers: Int, estimator: ReturnEstimator) throws {
    let settings = settings(estimator, length: 7, workers: workers, entropy: 0.01)
    let one = try Self.train(workers: workers, threads: 1, updates: 6, settings)
    #expect(one.version == 6)
    for threads in [2, 3] {
      let several = try Self.train(workers: workers, threads: threads, updates: 6, settings)
      #expect(several == one)
    }
  }

  @Test(
    "A team computes what one plain batch over all workers computes", arguments: [1, 3, 5, 8, 9])
  func reference(workers: Int) throws {
    let settings = settings(.lambda(0.9), length: 6, learningRate: 0.003, workers: workers)
    let team = try Self.train(workers: workers, threads: 2, updates: 4, settings)
    let plain = PlainA2C(
      network: Self.network, shared: Self.shared(),
      actors: (0..<workers).map { Self.actor($0, workers: workers) }, settings: settings)
    for _ in 0..<4 { plain.update() }
    #expect(team.steps == 4 * 6 * workers && team.steps == plain.steps)
    for (index, value) in team.theta.enumerated() {
      #expect(abs(value - plain.theta[index]) < 2e-5)
    }
  }

  @Test("Every worker is in one group, and every group on one thread", arguments: 1...40)
  func groups(workers: Int) {
    let groups = A2CTeam.groups(workers: workers)
    #expect(groups.flatMap { $0 } == Array(0..<workers))
    for threads in 1...5 {
      let shares = (0..<threads).flatMap {
        A2CTeam.groups(of: $0, threads: threads, workers: workers)
      }
      #expect(shares.sorted() == Array(groups.indices))
    }
  }

  @Test("An episode that ends while others still act is told once")
  func endedOnce() {
    // Three groups of one worker each; each has episodes of its own length.
    let world = ScriptedWorld([[.terminated(1)], [.going(1), .terminated(1)]])
    let table = Table(world)
    let clock = StepClock()
    let settings = settings(.monteCarlo, length: 5, workers: 3)
    let team = A2CTeam(
      workers: 3, threads: 1, network: table.network, shared: table.shared(.sgd), clock: clock)
    var actors = (0..<3).map { [table.actor($0)] }
    _ = actors[0][0].take(0)
    actors[0][0].beginEpisode(workers: 3)
    let member = A2CMember(
      team: team, thread: 0, actors: actors, network: table.network, settings: settings)
    var told = 0
    for _ in 0..<4 {
      while !member.isComplete {
        member.act()
        told += member.rollouts.map(\.ended.count).reduce(0, +)
      }
      _ = member.update(next: settings, observer: nil) { true }
    }
    #expect(told == 12 && clock.steps == 3 * (2 + 1 + 2 + 1))
  }

  @Test("After a non-finite gradient no thread moves theta again")
  func divergence() throws {
    var settings = settings(length: 5, learningRate: 1e30, workers: 8)
    settings.maxGradientNorm = 1e30
    let outcome = try Self.train(workers: 8, threads: 2, updates: 400, settings)
    #expect(outcome.theta.allSatisfy { $0.isFinite })
    #expect(outcome.version < 400)
  }
}

extension SharedParameters {
  /// Updates done and the one under way.
  fileprivate var updatesBegun: Int { diverged ? .max : version + 1 }
}

/// A2C as one would write it down: one step at a time, every worker for itself, one batch.
private final class PlainA2C {
  let theta: FloatBuffer
  private(set) var steps = 0
  private let network: ActorCriticNetwork
  private let optimiser: OptimiserState
  private let settings: LearningSettings
  private var actors: [Actor]

  init(
    network: ActorCriticNetwork, shared: SharedParameters, actors: [Actor],
    settings: LearningSettings
  ) {
    self.network = network
    self.actors = actors
    self.settings = settings
    theta = network.makeParameters()
    shared.pull(into: theta)
    optimiser = OptimiserState(.rmsProp(RMSProp()), count: theta.count)
  }

  func update() {
    let length = settings.rolloutLength
    let rows = actors.count * length
    let batch = network.makeWorkspace(rows: rows)
    var actions: [Int32] = []
    var targets: [Float] = []
    var values: [Float] = []
    for worker in actors.indices {
      var (rewards, next): ([Double], [Double]) = ([], [])
      var (terminated, truncated): ([Bool], [Bool]) = ([], [])
      for _ in 0..<length {
        let row = actions.count
        actors[worker].environment.observe(into: batch.observation(row))
        network.forward(theta.pointer, rows: row..<row + 1, workspace: batch)
        let action = Categorical.sample(
          batch.logits(row), count: 2, using: &actors[worker].random)
        actions.append(Int32(action))
        values.append(batch.value(row))
        let outcome = actors[worker].take(action)
        rewards.append(outcome.reward)
        next.append(Double(value(of: actors[worker])))
        terminated.append(outcome.terminated)
        truncated.append(outcome.truncated)
        if outcome.ended { actors[worker].beginEpisode(workers: actors.count) }
      }
      targets += estimateReturns(
        settings.estimator, discount: settings.discount, rewards: rewards, nextValues: next,
        terminated: terminated, truncated: truncated
      ).map { Float($0) }
    }
    let gradient = network.makeParameters()
    _ = settings.loss.gradients(
      rows: 0..<rows, actions: actions, advantages: zip(targets, values).map { $0 - $1 },
      targets: targets, workspace: batch)
    network.backward(
      theta.pointer, rows: 0..<rows, workspace: batch, gradient: gradient.pointer)
    steps += rows
    let norm = GradientNorm.norm(gradient.pointer, count: gradient.count)
    optimiser.apply(
      gradient: gradient.pointer,
      scale: GradientNorm.clippingFactor(norm: norm, limit: settings.maxGradientNorm),
      learningRate: settings.learningRate(atStep: steps), to: theta.pointer)
  }

  private func value(of actor: Actor) -> Float {
    let workspace = network.makeWorkspace(rows: 1)
    actor.environment.observe(into: workspace.observation(0))
    network.forward(theta.pointer, rows: 0..<1, workspace: workspace)
    return workspace.value(0)
  }
}

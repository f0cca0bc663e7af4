internal import Agents
public import Environments
public import Estimators
internal import Networks
internal import Randomness

/// An agent after some learning: its policy and its critic, which do not change any more.
public final class TrainedAgent {
  /// Environment steps it has learnt from.
  public let steps: Int
  /// Whether a parameter had become non-finite; the last good ones are kept.
  public let hasDiverged: Bool
  /// The world it has learnt in.
  public let environment: any Environment
  /// The discount it has learnt with.
  public let discount: Double

  private let network: ActorCriticNetwork
  private let theta: FloatBuffer

  /// Worlds that are played side by side.
  private static let batch = 128
  private static let streamKey: UInt64 = 0x7A26_E750_0000_0000

  /// Learns on the calling thread, `steps` environment steps or a few more.
  public init(_ configuration: RunConfiguration, steps: Int) {
    FlushToZero.enable()
    let learner = LoneLearner(configuration)
    learner.advance(to: steps)
    self.steps = learner.steps
    hasDiverged = learner.hasDiverged
    environment = configuration.environment
    discount = configuration.hyperparameters.discount
    network = learner.session.network
    theta = learner.parameters()
  }

  /// Probabilities of actions and V in every state of a tabular world of that many states.
  public func reading(states: Int) -> (policy: [[Double]], critic: [Double]) {
    let content = TabularReading(network: network, states: states).read(theta.pointer)
    return (content.probabilities, content.values)
  }

  /// V of a state in the world's own terms.
  public func value(of state: [Double]) throws(WorldStateError) -> Double {
    var world = environment
    try world.begin(in: state)
    let workspace = network.makeWorkspace(rows: 1)
    world.observe(into: workspace.observation(0))
    network.forward(theta.pointer, rows: 0..<1, workspace: workspace)
    return Double(workspace.value(0))
  }

  /// Adds rollouts of the policy that all begin in a state. A world goes on past its time limit,
  /// which is no part of a state's value; after `longest` steps a rollout is cut and bootstrapped.
  ///
  /// - Parameters:
  ///   - state: in the world's own terms.
  ///   - count: rollouts.
  /// - Returns: how many were cut.
  public func play(
    from state: [Double], count: Int, longest: Int, seed: UInt64, into targets: inout SampledTargets
  ) throws(WorldStateError) -> Int {
    var start = environment
    try start.begin(in: state)
    var random = RandomStream(seed: seed, key: Self.streamKey)
    let workspace = network.makeWorkspace(rows: Self.batch)
    var cut = 0
    for first in stride(from: 0, to: count, by: Self.batch) {
      var rollouts = (first..<min(first + Self.batch, count)).map { _ in Rollout(world: start) }
      play(&rollouts, longest: longest, workspace, &random)
      for rollout in rollouts {
        if !rollout.terminated { cut += 1 }
        targets.add(
          rewards: rollout.rewards, nextValues: rollout.nextValues, terminated: rollout.terminated)
      }
    }
    return cut
  }

  /// One clone of the world and what has happened to it.
  private struct Rollout {
    var world: any Environment
    var rewards: [Double] = []
    /// V after each step.
    var nextValues: [Double] = []
    var terminated = false

    /// Takes a step; past the time limit the clock begins anew.
    mutating func step(_ action: Int, _ random: inout RandomStream) {
      let outcome = world.step(action, random: &random)
      rewards.append(outcome.reward)
      terminated = outcome.terminated
      guard outcome.truncated, !terminated else { return }
      var saved = [Double](repeating: 0, count: world.stateSize)
      world.save(into: &saved)
      saved[saved.count - 1] = 0
      world.restore(from: saved)
    }
  }

  private func play(
    _ rollouts: inout [Rollout], longest: Int, _ workspace: ActorCriticWorkspace,
    _ random: inout RandomStream
  ) {
    var alive = Array(rollouts.indices)
    forward(rollouts, alive, workspace)
    while !alive.isEmpty {
      for (row, i) in alive.enumerated() {
        let action = Categorical.sample(
          workspace.logits(row), count: workspace.actions, using: &random)
        rollouts[i].step(action, &random)
      }
      forward(rollouts, alive, workspace)
      for (row, i) in alive.enumerated() {
        rollouts[i].nextValues.append(Double(workspace.value(row)))
      }
      let before = alive.count
      alive.removeAll { rollouts[$0].terminated || rollouts[$0].rewards.count >= longest }
      // Rows have moved up.
      if alive.count < before { forward(rollouts, alive, workspace) }
    }
  }

  private func forward(
    _ rollouts: [Rollout], _ alive: [Int], _ workspace: ActorCriticWorkspace
  ) {
    guard !alive.isEmpty else { return }
    for (row, i) in alive.enumerated() {
      rollouts[i].world.observe(into: workspace.observation(row))
    }
    network.forward(theta.pointer, rows: 0..<alive.count, workspace: workspace)
  }
}

internal import Agents
public import Environments
public import Estimators
internal import Networks

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
  ///
  /// - Returns: nil for an agent without a policy network, whose targets are not those of a rollout.
  public init?(_ configuration: RunConfiguration, steps: Int) {
    guard let network = configuration.model.network else { return nil }
    self.network = network
    FlushToZero.enable()
    let learner = LoneLearner(configuration)
    learner.advance(to: steps)
    self.steps = learner.steps
    hasDiverged = learner.hasDiverged
    environment = configuration.environment
    discount = configuration.hyperparameters.discount
    theta = learner.parameters()
  }

  /// Probabilities of actions and V in every state of a tabular world of that many states.
  public func reading(states: Int) -> (policy: [[Double]], critic: [Double]) {
    let content = PolicyReading(network: network, states: states).read(theta.pointer)
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
    var saved = [Double](repeating: 0, count: start.stateSize)
    start.save(into: &saved)
    let clones = CloneRollouts(network: network, environment: start, capacity: Self.batch)
    var cut = 0
    for first in stride(from: 0, to: count, by: Self.batch) {
      let starts = Array(repeating: saved, count: min(Self.batch, count - first))
      clones.begin(
        starts, longest: longest, seed: seed, firstKey: Self.streamKey + UInt64(first))
      _ = clones.play(theta.pointer, steps: .max)
      for future in clones.futures.prefix(starts.count) {
        if !future.terminated { cut += 1 }
        targets.add(
          rewards: future.rewards, nextValues: future.nextValues, terminated: future.terminated)
      }
    }
    return cut
  }
}

internal import Agents
internal import Environments
internal import Networks

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// What an agent's parameters say at every state of a tabular world.
protocol TabularReading {
  /// Reads the parameters.
  func read(_ theta: UnsafePointer<Float>) -> TabularContent
}

/// What an agent says at every state of a tabular world.
struct TabularContent: Sendable {
  /// `probabilities[state][action]` of its policy; where that is made of action values, of the greedy
  /// one.
  var probabilities: [[Double]]
  /// V of each state.
  var values: [Double]
  /// `actionValues[state][action]`, where the policy is made of such values.
  var actionValues: [[Double]]?
}

extension AgentModel {
  /// Reads parameters at every state of a tabular world.
  func tabularReading(states: Int) -> any TabularReading {
    switch self {
    case .actorCritic(let network): PolicyReading(network: network, states: states)
    case .single(let model):
      GreedyReading(policy: model.makePolicy(states), states: states, actions: model.actions)
    }
  }
}

/// The greedy policy, and its values as the agent sees them.
struct GreedyReading: TabularReading {
  let policy: any GreedyPolicy
  let states: Int
  let actions: Int

  func read(_ theta: UnsafePointer<Float>) -> TabularContent {
    for state in 0..<states { policy.observation(state)[0] = Float(state) }
    policy.decide(rows: states, parameters: theta)
    let actionValues = (0..<states).compactMap { state in
      policy.actionValues(state, parameters: theta).map { values in
        (0..<actions).map { Double(values[$0]) }
      }
    }
    return TabularContent(
      probabilities: (0..<states).map { state in
        (0..<actions).map { policy.action(state) == .discrete($0) ? 1 : 0 }
      }, values: (0..<states).map { Double(policy.value($0)) },
      actionValues: actionValues.count == states ? actionValues : nil)
  }
}

/// Policy and critic of a network.
struct PolicyReading: TabularReading {
  private let network: ActorCriticNetwork
  private let workspace: ActorCriticWorkspace
  private let states: Int
  private static let batch = 64

  init(network: ActorCriticNetwork, states: Int) {
    self.network = network
    self.states = states
    workspace = network.makeWorkspace(rows: min(Self.batch, max(states, 1)))
  }

  func read(_ theta: UnsafePointer<Float>) -> TabularContent {
    var content = TabularContent(probabilities: [], values: [])
    let actions = network.shape.actions
    for first in stride(from: 0, to: states, by: Self.batch) {
      let rows = min(Self.batch, states - first)
      for row in 0..<rows { workspace.observation(row)[0] = Float(first + row) }
      network.forward(theta, rows: 0..<rows, workspace: workspace)
      for row in 0..<rows {
        content.probabilities.append(Self.softmax(workspace.logits(row), count: actions))
        content.values.append(Double(workspace.value(row)))
      }
    }
    return content
  }

  /// Probabilities in double precision, so that they sum to 1 as closely as exact values ask for.
  static func softmax(_ logits: UnsafePointer<Float>, count: Int) -> [Double] {
    let greatest = (0..<count).reduce(-Float.infinity) { max($0, logits[$1]) }
    let weights = (0..<count).map { exp(Double(logits[$0] - greatest)) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }
}

internal import Networks

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Policy and critic of a network at every state of a tabular world.
struct TabularReading {
  /// What the network says.
  struct Content: Sendable {
    /// `probabilities[state][action]`.
    var probabilities: [[Double]]
    /// V of each state.
    var values: [Double]
  }

  private let network: ActorCriticNetwork
  private let workspace: ActorCriticWorkspace
  private let states: Int
  private static let batch = 64

  init(network: ActorCriticNetwork, states: Int) {
    self.network = network
    self.states = states
    workspace = network.makeWorkspace(rows: min(Self.batch, max(states, 1)))
  }

  func read(_ theta: UnsafePointer<Float>) -> Content {
    var content = Content(probabilities: [], values: [])
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

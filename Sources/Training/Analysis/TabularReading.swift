internal import Networks

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
        let logits = (0..<actions).map { Double(workspace.logits(row)[$0]) }
        content.probabilities.append(Categorical.probabilities(logits))
        content.values.append(Double(workspace.value(row)))
      }
    }
    return content
  }
}

public import Environments
internal import Networks

/// What parameters say to do in several states at once, without exploring.
public protocol GreedyPolicy: AnyObject {
  /// Where the observation of a row goes: as many numbers as the world's observation has.
  func observation(_ row: Int) -> UnsafeMutablePointer<Float>

  /// Works out the actions of the first `rows` rows.
  ///
  /// - Parameter parameters: all of the agent's, as its documentation orders them.
  func decide(rows: Int, parameters: UnsafePointer<Float>)

  /// The action of a row.
  func action(_ row: Int) -> Action
}

/// The most probable action of a policy with logits.
final class MostProbableAction: GreedyPolicy {
  private let network: ActorCriticNetwork
  private let workspace: ActorCriticWorkspace

  init(_ network: ActorCriticNetwork, rows: Int) {
    self.network = network
    workspace = network.makeWorkspace(rows: rows)
  }

  func observation(_ row: Int) -> UnsafeMutablePointer<Float> { workspace.observation(row) }

  func decide(rows: Int, parameters: UnsafePointer<Float>) {
    network.forward(parameters, rows: 0..<rows, workspace: workspace)
  }

  func action(_ row: Int) -> Action {
    .discrete(Categorical.greedy(workspace.logits(row), count: network.shape.actions))
  }
}

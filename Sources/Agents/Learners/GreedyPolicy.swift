public import Environments
public import Networks

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

  /// What the state of a row is worth by the agent's own estimate: V of it, or Q of the action.
  func value(_ row: Int) -> Float

  /// Q of every action in the state of a row, as many as there are actions; nil where the policy is made
  /// of something else. To be read before anything else is decided.
  ///
  /// - Parameter parameters: those it was decided by.
  func actionValues(
    _ row: Int, parameters: UnsafePointer<Float>
  ) -> UnsafePointer<Float>?
}

extension GreedyPolicy {
  /// No values of actions.
  public func actionValues(
    _ row: Int, parameters: UnsafePointer<Float>
  ) -> UnsafePointer<Float>? { nil }
}

/// The most probable action of a policy: the one with the greatest logit, or a Gaussian's mean.
public final class MostProbableAction: GreedyPolicy {
  private let network: ActorCriticNetwork
  private let workspace: ActorCriticWorkspace

  /// Room for `rows` rows.
  public init(_ network: ActorCriticNetwork, rows: Int) {
    self.network = network
    workspace = network.makeWorkspace(rows: rows)
  }

  /// Where the observation of a row goes.
  public func observation(_ row: Int) -> UnsafeMutablePointer<Float> { workspace.observation(row) }

  /// Works out the logits.
  public func decide(rows: Int, parameters: UnsafePointer<Float>) {
    network.forward(parameters, rows: 0..<rows, workspace: workspace)
  }

  /// The most probable action.
  public func action(_ row: Int) -> Action {
    switch network.shape.policy {
    case .categorical:
      .discrete(Categorical.greedy(workspace.logits(row), count: network.shape.actions))
    case .gaussian(let bounds):
      .continuous(Double(Gaussian.limited(Gaussian.mean(workspace.logits(row)), to: bounds)))
    }
  }

  /// V of the critic.
  public func value(_ row: Int) -> Float { workspace.value(row) }
}

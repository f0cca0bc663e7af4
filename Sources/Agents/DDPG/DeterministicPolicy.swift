public import Environments
internal import Networks

/// The action of DDPG's actor, without noise.
public final class DeterministicPolicy: GreedyPolicy {
  private let networks: DDPGNetworks
  private let workspace: FeedForwardWorkspace
  private let values: FeedForwardWorkspace

  /// Room for `rows` rows.
  public init(_ networks: DDPGNetworks, rows: Int) {
    self.networks = networks
    workspace = networks.actor.makeWorkspace(rows: rows)
    values = networks.critic.makeWorkspace(rows: rows)
  }

  /// Where the observation of a row goes.
  public func observation(_ row: Int) -> UnsafeMutablePointer<Float> { workspace.input(row) }

  /// Works out mu(s), and Q(s, mu(s)).
  public func decide(rows: Int, parameters: UnsafePointer<Float>) {
    // The actor's parameters are the first of all.
    networks.actor.forward(parameters, rows: 0..<rows, workspace: workspace)
    for row in 0..<rows {
      values.input(row).update(from: workspace.input(row), count: networks.observationWidth)
      values.input(row)[networks.observationWidth] = networks.action(workspace.output(row)[0])
    }
    networks.critic.forward(
      parameters + networks.range(of: .critic).lowerBound, rows: 0..<rows, workspace: values)
  }

  /// mu(s).
  public func action(_ row: Int) -> Action {
    .continuous(Double(networks.action(workspace.output(row)[0])))
  }

  /// Q(s, mu(s)).
  public func value(_ row: Int) -> Float { values.output(row)[0] }
}

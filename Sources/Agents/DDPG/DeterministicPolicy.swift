internal import Environments
internal import Networks

/// The action of DDPG's actor, without noise.
final class DeterministicPolicy: GreedyPolicy {
  private let networks: DDPGNetworks
  private let workspace: FeedForwardWorkspace

  init(_ networks: DDPGNetworks, rows: Int) {
    self.networks = networks
    workspace = networks.actor.makeWorkspace(rows: rows)
  }

  func observation(_ row: Int) -> UnsafeMutablePointer<Float> { workspace.input(row) }

  func decide(rows: Int, parameters: UnsafePointer<Float>) {
    // The actor's parameters are the first of all.
    networks.actor.forward(parameters, rows: 0..<rows, workspace: workspace)
  }

  func action(_ row: Int) -> Action {
    .continuous(Double(networks.action(workspace.output(row)[0])))
  }
}

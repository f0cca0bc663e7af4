internal import Environments
internal import Networks

/// The action of the greatest value by a network Q(s, .), of those that tie the first.
final class GreatestActionValue: GreedyPolicy {
  private let network: FeedForwardNetwork
  private let workspace: FeedForwardWorkspace

  init(_ network: FeedForwardNetwork, rows: Int) {
    self.network = network
    workspace = network.makeWorkspace(rows: rows)
  }

  func observation(_ row: Int) -> UnsafeMutablePointer<Float> { workspace.input(row) }

  func decide(rows: Int, parameters: UnsafePointer<Float>) {
    network.forward(parameters, rows: 0..<rows, workspace: workspace)
  }

  func action(_ row: Int) -> Action {
    .discrete(Categorical.greedy(workspace.output(row), count: workspace.outputs))
  }
}

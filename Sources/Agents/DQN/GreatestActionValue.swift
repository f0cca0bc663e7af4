public import Environments
public import Networks

/// The action of the greatest value by a network Q(s, .), of those that tie the first.
public final class GreatestActionValue: GreedyPolicy {
  private let network: FeedForwardNetwork
  private let workspace: FeedForwardWorkspace

  /// Room for `rows` rows.
  public init(_ network: FeedForwardNetwork, rows: Int) {
    self.network = network
    workspace = network.makeWorkspace(rows: rows)
  }

  /// Where the observation of a row goes.
  public func observation(_ row: Int) -> UnsafeMutablePointer<Float> { workspace.input(row) }

  /// Works out Q of every action; the online network's parameters are the first of all.
  public func decide(rows: Int, parameters: UnsafePointer<Float>) {
    network.forward(parameters, rows: 0..<rows, workspace: workspace)
  }

  /// The best action, the first of those that tie.
  public func action(_ row: Int) -> Action {
    .discrete(Categorical.greedy(workspace.output(row), count: workspace.outputs))
  }

  /// The greatest Q.
  public func value(_ row: Int) -> Float {
    let values = workspace.output(row)
    return values[Categorical.greedy(values, count: workspace.outputs)]
  }

  /// What the network says.
  public func actionValues(
    _ row: Int, parameters: UnsafePointer<Float>
  ) -> UnsafePointer<Float>? { UnsafePointer(workspace.output(row)) }
}

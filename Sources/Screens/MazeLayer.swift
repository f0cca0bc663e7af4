internal import Scenes
public import Telemetry

/// What is laid over the squares of a maze.
public enum MazeLayer: Sendable, Hashable, CaseIterable {
  /// The bare map.
  case none
  /// Q of every action, and the greedy way; of agents that learn values of actions.
  case actionValues
  /// V of the critic; the greatest Q of an agent that learns values of actions.
  case critic
  /// Exact V of the present policy.
  case exact
  /// V of the critic less the exact V.
  case difference
  /// V*, the best possible.
  case best
  /// Steps taken from each square.
  case visits
  /// The action the policy prefers, as arrows.
  case policy

  /// Its name, as shown.
  ///
  /// - Parameter ofActionValues: whether the agent has no critic, but values of actions.
  public func title(ofActionValues: Bool) -> String {
    switch self {
    case .none: "map"
    case .actionValues: "Q per action"
    case .critic: ofActionValues ? "max Q, learnt" : "V of the critic"
    case .exact: ofActionValues ? "V of the greedy policy, exact" : "V of the policy, exact"
    case .difference: ofActionValues ? "max Q less exact V" : "critic less exact V"
    case .best: "V*, the best possible"
    case .visits: "visits"
    case .policy: ofActionValues ? "greedy policy" : "policy"
    }
  }
}

extension MazeLayer {
  /// The layers there are of a run: values of actions, where they are learnt and shown on squares.
  static func all(of snapshot: EngineSnapshot) -> [MazeLayer] {
    allCases.filter { $0 != .actionValues || hasActionValues(snapshot) }
  }

  /// Whether Q of several actions stands on squares: not where states stand in a row, with a curve.
  private static func hasActionValues(_ snapshot: EngineSnapshot) -> Bool {
    guard snapshot.settings.agent.learnsActionValues, case .grid(let grid) = snapshot.stage.scene
    else { return false }
    return !ChainView.suits(grid.map) && grid.map.actionSigns.count > 1
  }
}

extension InterfaceState {
  /// The layer over the maze of a run: the one chosen, where there is such, else what says most.
  public func layer(over snapshot: EngineSnapshot) -> MazeLayer {
    let all = MazeLayer.all(of: snapshot)
    if let layer, all.contains(layer) { return layer }
    return all.contains(.actionValues) ? .actionValues : .critic
  }
}

extension AgentName {
  /// Whether it learns a value for each of a few actions.
  var learnsActionValues: Bool { hasTable || self == .dqn }
}

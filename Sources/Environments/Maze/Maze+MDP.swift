public import MarkovProcesses

extension Maze {
  /// The exact process, built anew on every call: states are the non-terminal cells in row-major
  /// order, and outcomes of equal next state and reward are one.
  public var knownMDP: TabularMDP? {
    let outcomes = (0..<states).map { state in
      (0..<4).map { action in self.outcomes(of: action, in: state) }
    }
    return TabularMDP(states: states, actions: 4, outcomes: outcomes)
  }

  private func outcomes(of action: Int, in state: Int) -> [TabularMDP.Outcome] {
    var merged: [TabularMDP.Outcome] = []
    for (direction, probability) in directionProbabilities(of: action).enumerated()
    where probability > 0 {
      let (nextState, reward) = consequence(of: direction, in: state)
      let same = merged.firstIndex { $0.nextState == nextState && $0.reward == reward }
      if let same {
        merged[same] = TabularMDP.Outcome(
          probability: merged[same].probability + probability, nextState: nextState, reward: reward)
      } else {
        merged.append(
          TabularMDP.Outcome(probability: probability, nextState: nextState, reward: reward))
      }
    }
    return merged
  }

  /// How likely the agent is to go in each of the four directions when it chooses `action`.
  private func directionProbabilities(of action: Int) -> [Double] {
    let slip = configuration.slip
    var probabilities = [0.0, 0.0, 0.0, 0.0]
    probabilities[action] = 1 - slip
    switch configuration.slipModel {
    case .perpendicular:
      probabilities[(action + 1) % 4] += slip / 2
      probabilities[(action + 3) % 4] += slip / 2
    case .uniform:
      for direction in 0..<4 { probabilities[direction] += slip / 4 }
    }
    return probabilities
  }
}

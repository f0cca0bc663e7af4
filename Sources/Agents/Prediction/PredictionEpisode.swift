/// One episode as prediction sees it: the states visited, and the rewards between them.
public struct PredictionEpisode: Sendable, Equatable {
  /// S_0 ... S_T, by index; -1 for the terminal state, which can only be the last.
  public private(set) var states: [Int]
  /// R_1 ... R_T.
  public private(set) var rewards: [Double] = []

  /// An episode that begins in a state.
  public init(from start: Int) {
    states = [start]
  }

  /// T, the number of steps.
  public var length: Int { rewards.count }

  /// Adds a step: its reward, and the state it led to; -1 where the world reached an end.
  ///
  /// - Precondition: the episode has not reached its end.
  public mutating func append(reward: Double, state: Int) {
    precondition(states[states.count - 1] >= 0, "nothing follows the terminal state")
    rewards.append(reward)
    states.append(state)
  }

  /// Forgets all steps and begins anew; the room taken stays.
  public mutating func restart(from start: Int) {
    rewards.removeAll(keepingCapacity: true)
    states.removeAll(keepingCapacity: true)
    states.append(start)
  }
}

extension PredictionEpisode {
  /// V of S_t: 0 in the terminal state.
  @inline(__always)
  func value(_ t: Int, _ values: [Double]) -> Double {
    states[t] < 0 ? 0 : values[states[t]]
  }
}

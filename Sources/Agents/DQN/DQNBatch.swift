public import Networks
internal import Randomness

/// Transitions drawn from a replay buffer, what both networks make of them, and the TD errors: one row
/// each. Rows keep what the last update was made of until the next is drawn.
public final class DQNBatch {
  /// Number of transitions.
  public let count: Int
  /// Their slots in the replay buffer.
  public let slots: UnsafeMutablePointer<Int32>
  /// Their actions a.
  public let actions: UnsafeMutablePointer<Int32>
  /// Their rewards r.
  public let rewards: UnsafeMutablePointer<Float>
  /// Whether the world ended in s'.
  public let terminated: UnsafeMutablePointer<Bool>
  /// The action a' whose value in s' the target counts on, where the world has not ended.
  public let nextActions: UnsafeMutablePointer<Int32>
  /// The targets y.
  public let targets: UnsafeMutablePointer<Float>
  /// The TD errors y - Q(s, a), before the update.
  public let errors: UnsafeMutablePointer<Float>
  /// Q(s, .) by the online network.
  public let states: FeedForwardWorkspace
  /// Q(s', .) by the target network.
  public let nextStates: FeedForwardWorkspace

  /// Transitions the replay buffer had been given when these were drawn; 0 before.
  public private(set) var stored = 0

  private let network: FeedForwardNetwork
  private var rows: Range<Int> { 0..<count }

  /// Room for `count` transitions, at least 1.
  init(network: FeedForwardNetwork, count: Int) {
    precondition(count >= 1, "a batch has at least 1 transition, got \(count)")
    self.network = network
    self.count = count
    slots = Self.filled(0, count)
    actions = Self.filled(0, count)
    rewards = Self.filled(0, count)
    terminated = Self.filled(false, count)
    nextActions = Self.filled(0, count)
    targets = Self.filled(0, count)
    errors = Self.filled(0, count)
    states = network.makeWorkspace(rows: count)
    nextStates = network.makeWorkspace(rows: count)
  }

  deinit {
    for indices in [slots, actions, nextActions] { indices.deallocate() }
    for numbers in [rewards, targets, errors] { numbers.deallocate() }
    terminated.deallocate()
  }

  /// Draws the transitions, uniformly and with replacement.
  func sample(from replay: ReplayBuffer, random: inout RandomStream) {
    replay.sample(count, into: slots, random: &random)
    gather(from: replay)
  }

  /// Takes the transitions in `slots`.
  func gather(from replay: ReplayBuffer) {
    stored = replay.stored
    let width = replay.observationWidth
    for row in rows {
      let slot = slots[row]
      states.input(row).update(from: replay.observation(slot), count: width)
      nextStates.input(row).update(from: replay.next(slot), count: width)
      actions[row] = Int32(replay.action(slot))
      rewards[row] = replay.reward(slot)
      terminated[row] = replay.terminated(slot)
    }
  }

  /// Writes the targets: y = r + gamma max over a' of Q(s', a'; theta-), and y = r where the world has
  /// ended. Of double DQN a' is the online network's choice, argmax of Q(s', .; theta).
  func estimate(
    discount: Double, isDouble: Bool, online: UnsafePointer<Float>, target: UnsafePointer<Float>
  ) {
    network.forward(isDouble ? online : target, rows: rows, workspace: nextStates)
    for row in rows {
      let best = Categorical.greedy(nextStates.output(row), count: nextStates.outputs)
      nextActions[row] = Int32(best)
    }
    if isDouble { network.forward(target, rows: rows, workspace: nextStates) }
    let gamma = Float(discount)
    for row in rows {
      let value = terminated[row] ? 0 : gamma * nextStates.output(row)[Int(nextActions[row])]
      targets[row] = rewards[row] + value
    }
  }

  /// Overwrites `gradient` with that of the mean loss by the online parameters, targets being constants.
  ///
  /// - Returns: the mean loss.
  func differentiate(
    _ loss: DQNLoss, online: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    network.forward(online, rows: rows, workspace: states)
    let share = 1 / Float(count)
    var sum = 0.0
    for row in rows {
      let action = Int(actions[row])
      let error = targets[row] - states.output(row)[action]
      errors[row] = error
      sum += Double(loss.value(error))
      let byOutputs = states.outputGradient(row)
      byOutputs.update(repeating: 0, count: states.outputs)
      byOutputs[action] = -loss.derivative(error) * share
    }
    network.backward(online, rows: rows, workspace: states, gradient: gradient)
    return sum / Double(count)
  }

  private static func filled<Element: BitwiseCopyable>(
    _ value: Element, _ count: Int
  ) -> UnsafeMutablePointer<Element> {
    let pointer = UnsafeMutablePointer<Element>.allocate(capacity: count)
    pointer.initialize(repeating: value, count: count)
    return pointer
  }
}

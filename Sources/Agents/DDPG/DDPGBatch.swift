public import Networks
internal import Randomness

/// Transitions drawn from a replay buffer and what the four networks make of them: one row each. Rows
/// keep what the last update was made of until the next is drawn.
public final class DDPGBatch {
  /// Number of transitions.
  public let count: Int
  /// Their slots in the replay buffer.
  public let slots: UnsafeMutablePointer<Int32>
  /// Their rewards r.
  public let rewards: UnsafeMutablePointer<Float>
  /// Whether the world ended in s'.
  public let terminated: UnsafeMutablePointer<Bool>
  /// The targets y.
  public let targets: UnsafeMutablePointer<Float>
  /// The TD errors y - Q(s, a), before the critic moved.
  public let errors: UnsafeMutablePointer<Float>
  /// Q(s, a): the inputs are [s, a].
  public let values: FeedForwardWorkspace
  /// mu(s), before it is scaled to an action.
  public let policy: FeedForwardWorkspace
  /// Q(s, mu(s)), after the critic moved; its gradients by the input end in dQ/da.
  public let policyValues: FeedForwardWorkspace
  /// mu'(s').
  public let nextPolicy: FeedForwardWorkspace
  /// Q'(s', mu'(s')).
  public let nextValues: FeedForwardWorkspace

  private let networks: DDPGNetworks
  private var rows: Range<Int> { 0..<count }
  /// Where an action begins in the critic's input.
  private var actionIndex: Int { networks.observationWidth }

  /// Room for `count` transitions, at least 1.
  init(networks: DDPGNetworks, count: Int) {
    precondition(count >= 1, "a batch has at least 1 transition, got \(count)")
    self.networks = networks
    self.count = count
    slots = .allocate(capacity: count)
    slots.initialize(repeating: 0, count: count)
    terminated = .allocate(capacity: count)
    terminated.initialize(repeating: false, count: count)
    rewards = Self.zeros(count)
    targets = Self.zeros(count)
    errors = Self.zeros(count)
    values = networks.critic.makeWorkspace(rows: count)
    policy = networks.actor.makeWorkspace(rows: count)
    policyValues = networks.critic.makeWorkspace(rows: count, inputGradients: true)
    nextPolicy = networks.actor.makeWorkspace(rows: count)
    nextValues = networks.critic.makeWorkspace(rows: count)
  }

  deinit {
    slots.deallocate()
    terminated.deallocate()
    for numbers in [rewards, targets, errors] { numbers.deallocate() }
  }

  /// dQ/da of a row at a = mu(s), once the actor has been trained: one number for each of an action.
  public func actionSlope(_ row: Int) -> UnsafePointer<Float> {
    UnsafePointer(policyValues.inputGradient(row) + actionIndex)
  }

  /// Draws transitions, uniformly and with replacement.
  func sample(from replay: ReplayBuffer, random: inout RandomStream) {
    replay.sample(count, into: slots, random: &random)
    for row in rows {
      let slot = slots[row]
      let action = replay.action(slot)
      withUnsafePointer(to: action) { action in
        fill(
          row, replay.observation(slot), action: action, reward: replay.reward(slot),
          next: replay.next(slot), terminated: replay.terminated(slot))
      }
    }
  }

  /// Writes the transition of a row.
  func fill(
    _ row: Int, _ observation: UnsafePointer<Float>, action: UnsafePointer<Float>, reward: Float,
    next: UnsafePointer<Float>, terminated ended: Bool
  ) {
    let width = networks.observationWidth
    values.input(row).update(from: observation, count: width)
    policy.input(row).update(from: observation, count: width)
    policyValues.input(row).update(from: observation, count: width)
    (values.input(row) + width).update(from: action, count: networks.actions)
    nextPolicy.input(row).update(from: next, count: width)
    nextValues.input(row).update(from: next, count: width)
    rewards[row] = reward
    terminated[row] = ended
  }

  /// Writes the targets: y = r + gamma Q'(s', mu'(s'); w'), and y = r where the world has ended.
  func estimate(
    discount: Double, targetActor: UnsafePointer<Float>, targetCritic: UnsafePointer<Float>
  ) {
    networks.actor.forward(targetActor, rows: rows, workspace: nextPolicy)
    act(nextPolicy, into: nextValues)
    networks.critic.forward(targetCritic, rows: rows, workspace: nextValues)
    let gamma = Float(discount)
    for row in rows {
      targets[row] = rewards[row] + (terminated[row] ? 0 : gamma * nextValues.output(row)[0])
    }
  }

  /// Overwrites `gradient` with that of the critic's loss, the mean of (y - Q(s, a; w))^2, by w; targets
  /// are constants.
  ///
  /// - Returns: the loss.
  func differentiateCritic(
    _ critic: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    networks.critic.forward(critic, rows: rows, workspace: values)
    let share = 2 / Float(count)
    var sum = 0.0
    for row in rows {
      let error = targets[row] - values.output(row)[0]
      errors[row] = error
      sum += Double(error) * Double(error)
      values.outputGradient(row)[0] = -share * error
    }
    networks.critic.backward(critic, rows: rows, workspace: values, gradient: gradient)
    return sum / Double(count)
  }

  /// Overwrites `gradient` with that of the actor's loss, the mean of -Q(s, mu(s; theta); w), by theta:
  /// the mean of -dQ/da dmu/dtheta. The critic is asked how Q depends on a and not moved.
  ///
  /// - Returns: the mean of Q(s, mu(s)), minus the loss.
  func differentiateActor(
    _ actor: UnsafePointer<Float>, critic: UnsafePointer<Float>,
    into gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    networks.actor.forward(actor, rows: rows, workspace: policy)
    act(policy, into: policyValues)
    networks.critic.forward(critic, rows: rows, workspace: policyValues)
    var sum = 0.0
    for row in rows {
      sum += Double(policyValues.output(row)[0])
      policyValues.outputGradient(row)[0] = 1
    }
    networks.critic.backwardToInputs(critic, rows: rows, workspace: policyValues)
    let share = -networks.halfRange / Float(count)
    for row in rows {
      let slope = actionSlope(row)
      let byOutput = policy.outputGradient(row)
      for index in 0..<networks.actions { byOutput[index] = share * slope[index] }
    }
    networks.actor.backward(actor, rows: rows, workspace: policy, gradient: gradient)
    return sum / Double(count)
  }

  /// Shows the critic what an actor would do.
  private func act(_ policy: FeedForwardWorkspace, into values: FeedForwardWorkspace) {
    for row in rows {
      let output = policy.output(row)
      let action = values.input(row) + actionIndex
      for index in 0..<networks.actions { action[index] = networks.action(output[index]) }
    }
  }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<Float> {
    let pointer = UnsafeMutablePointer<Float>.allocate(capacity: count)
    pointer.initialize(repeating: 0, count: count)
    return pointer
  }
}

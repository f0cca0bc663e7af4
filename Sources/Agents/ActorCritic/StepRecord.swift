internal import Environments

/// What happened at each step of a rollout, in flat arrays fixed in size.
final class StepRecord {
  /// The action of a step that was not taken.
  static let skipped: Int32 = -1

  /// Steps there is room for. The arrays are whole fours, so that they can be copied four at a time.
  let count: Int
  /// The index of the action, or the code of a continuous one (`Gaussian.code`).
  let actions: UnsafeMutablePointer<Int32>
  let rewards: UnsafeMutablePointer<Float>
  /// V(s_t).
  let values: UnsafeMutablePointer<Float>
  /// V of the state the step led to; set by the estimate but for truncated steps.
  let nextValues: UnsafeMutablePointer<Float>
  /// The targets G.
  let returns: UnsafeMutablePointer<Float>
  /// G - V(s).
  let advantages: UnsafeMutablePointer<Float>
  let terminated: UnsafeMutablePointer<Bool>
  let truncated: UnsafeMutablePointer<Bool>

  init(count: Int) {
    self.count = count
    actions = Self.zeros(count)
    rewards = Self.zeros(count)
    values = Self.zeros(count)
    nextValues = Self.zeros(count)
    returns = Self.zeros(count)
    advantages = Self.zeros(count)
    terminated = Self.falses(count)
    truncated = Self.falses(count)
  }

  /// A larger record with the steps of a smaller one.
  convenience init(copying smaller: StepRecord, count: Int) {
    self.init(count: count)
    actions.update(from: smaller.actions, count: smaller.count)
    rewards.update(from: smaller.rewards, count: smaller.count)
    values.update(from: smaller.values, count: smaller.count)
    nextValues.update(from: smaller.nextValues, count: smaller.count)
    terminated.update(from: smaller.terminated, count: smaller.count)
    truncated.update(from: smaller.truncated, count: smaller.count)
  }

  deinit {
    actions.deallocate()
    for numbers in [rewards, values, nextValues, returns, advantages] { numbers.deallocate() }
    terminated.deallocate()
    truncated.deallocate()
  }

  func write(_ row: Int, action: Int32, value: Float, outcome: StepOutcome) {
    actions[row] = action
    rewards[row] = Float(outcome.reward)
    values[row] = value
    nextValues[row] = 0
    terminated[row] = outcome.terminated
    truncated[row] = outcome.truncated
  }

  /// Marks a step as not taken: an episode of length 1 of its own, worth nothing.
  func skip(_ row: Int) {
    actions[row] = Self.skipped
    rewards[row] = 0
    values[row] = 0
    nextValues[row] = 0
    terminated[row] = true
    truncated[row] = false
  }

  /// Step `row`, once its target has been estimated.
  func step(_ row: Int) -> LearntStep {
    LearntStep(
      action: Int(actions[row]), reward: rewards[row], value: values[row],
      nextValue: nextValues[row], terminated: terminated[row], truncated: truncated[row],
      target: returns[row], advantage: advantages[row])
  }

  func ended(_ row: Int) -> Bool { terminated[row] || truncated[row] }

  private static func zeros<Number: Numeric>(_ count: Int) -> UnsafeMutablePointer<Number> {
    let fours = (count + 3) / 4 * 4
    let pointer = UnsafeMutablePointer<Number>.allocate(capacity: fours)
    pointer.initialize(repeating: 0, count: fours)
    return pointer
  }

  private static func falses(_ count: Int) -> UnsafeMutablePointer<Bool> {
    let pointer = UnsafeMutablePointer<Bool>.allocate(capacity: count)
    pointer.initialize(repeating: false, count: count)
    return pointer
  }
}

/// One step of a rollout as the learner used it.
public struct LearntStep: Sendable, Equatable {
  /// The action taken; of a continuous one its code (`Gaussian.code`).
  public var action: Int
  /// The reward that followed.
  public var reward: Float
  /// V of the state it was taken in.
  public var value: Float
  /// V of the state it led to; 0 where that is an end of the world.
  public var nextValue: Float
  /// The world reached an end.
  public var terminated: Bool
  /// The time limit cut the episode.
  public var truncated: Bool
  /// The target G.
  public var target: Float
  /// G - V(s).
  public var advantage: Float
}

/// The recursion behind every estimate of returns, which runs from a rollout's last step to its first:
/// one cell at a time (`advance`), or all that are left (`finish`). Both carry out the same
/// operations in the same order.
///
/// The estimators, the conventions and the parameters are those of `estimateReturns`, whose pointer
/// form is this recursion run to its end. The arrays must stay where they are meanwhile.
public struct ReturnRecursion<Value: BinaryFloatingPoint> {
  @usableFromInline let estimator: ReturnEstimator
  @usableFromInline let column: RolloutColumn<Value>
  @usableFromInline let values: UnsafePointer<Value>
  @usableFromInline let returns: UnsafeMutablePointer<Value>
  @usableFromInline let advantages: UnsafeMutablePointer<Value>?
  /// Steps whose target has not been computed: the next one is that of step `cellsLeft - 1`.
  @inlinable public var cellsLeft: Int { left }
  @usableFromInline var left: Int
  @usableFromInline var following = Following()

  /// The recursion before its first cell, which is the last step.
  @inlinable
  public init(
    _ estimator: ReturnEstimator, discount: Double, rewards: UnsafePointer<Value>,
    values: UnsafePointer<Value>, nextValues: UnsafePointer<Value>,
    terminated: UnsafePointer<Bool>, truncated: UnsafePointer<Bool>, count: Int, stride: Int = 1,
    into returns: UnsafeMutablePointer<Value>, advantages: UnsafeMutablePointer<Value>? = nil
  ) {
    self.estimator = estimator
    column = RolloutColumn(
      discount: discount, rewards: rewards, nextValues: nextValues, terminated: terminated,
      truncated: truncated, count: count, stride: stride)
    self.values = values
    self.returns = returns
    self.advantages = advantages
    left = count
  }

  /// Computes the target of step `cellsLeft - 1`, given what follows it.
  ///
  /// - Precondition: a cell is left.
  @inlinable
  public mutating func advance() {
    precondition(left > 0, "the recursion has come to the first step")
    left -= 1
    switch estimator {
    case .monteCarlo: write(column.lambdaReturn(1, of: left, &following), of: left)
    case .td: write(column.lambdaReturn(0, of: left, &following), of: left)
    case .nStep(let n): write(column.nStepReturn(n, of: left, &following), of: left)
    case .lambda(let lambda): write(column.lambdaReturn(lambda, of: left, &following), of: left)
    }
  }

  /// Computes all targets that are left.
  @inlinable
  public mutating func finish() {
    switch estimator {
    case .monteCarlo: finishLambdaReturns(1)
    case .td: finishLambdaReturns(0)
    case .nStep(let n): finishNStepReturns(n)
    case .lambda(let lambda): finishLambdaReturns(lambda)
    }
  }

  @inlinable
  mutating func finishLambdaReturns(_ lambda: Double) {
    var following = following
    for t in stride(from: left - 1, through: 0, by: -1) {
      write(column.lambdaReturn(lambda, of: t, &following), of: t)
    }
    left = 0
  }

  @inlinable
  mutating func finishNStepReturns(_ n: Int) {
    var following = following
    for t in stride(from: left - 1, through: 0, by: -1) {
      write(column.nStepReturn(n, of: t, &following), of: t)
    }
    left = 0
  }

  @inlinable
  func write(_ target: Double, of t: Int) {
    let row = t * column.stride
    returns[row] = Value(target)
    if let advantages { advantages[row] = returns[row] - values[row] }
  }
}

/// What a cell of the recursion needs of the steps after it.
@usableFromInline
struct Following {
  /// The return from the next step to the end of the segment: the lambda-return, or for n-step
  /// returns that of all rewards.
  @usableFromInline var estimate = 0.0
  /// Steps from the next one to the segment's end.
  @usableFromInline var steps = 0

  @inlinable
  init() {}
}

/// One world's steps within strided arrays, and the two recursions every estimator comes down to.
@usableFromInline
struct RolloutColumn<Value: BinaryFloatingPoint> {
  @usableFromInline let discount: Double
  @usableFromInline let rewards: UnsafePointer<Value>
  @usableFromInline let nextValues: UnsafePointer<Value>
  @usableFromInline let terminated: UnsafePointer<Bool>
  @usableFromInline let truncated: UnsafePointer<Bool>
  @usableFromInline let count: Int
  @usableFromInline let stride: Int

  @inlinable
  init(
    discount: Double, rewards: UnsafePointer<Value>, nextValues: UnsafePointer<Value>,
    terminated: UnsafePointer<Bool>, truncated: UnsafePointer<Bool>, count: Int, stride: Int
  ) {
    self.discount = discount
    self.rewards = rewards
    self.nextValues = nextValues
    self.terminated = terminated
    self.truncated = truncated
    self.count = count
    self.stride = stride
  }

  /// Whether the segment closes at step t.
  @inlinable
  func closes(_ t: Int) -> Bool {
    t == count - 1 || terminated[t * stride] || truncated[t * stride]
  }

  /// B_t: what the state reached by step t is worth to an estimate that stops there.
  @inlinable
  func bootstrap(_ t: Int) -> Double {
    terminated[t * stride] ? 0 : Double(nextValues[t * stride])
  }

  /// One cell of the lambda-return: G_t from G_{t+1}; 0 gives TD(0), 1 gives Monte-Carlo, exactly.
  @inlinable
  func lambdaReturn(_ lambda: Double, of t: Int, _ following: inout Following) -> Double {
    var next = bootstrap(t)
    if lambda > 0, !closes(t) {
      next = lambda == 1 ? following.estimate : (1 - lambda) * next + lambda * following.estimate
    }
    following.estimate = Double(rewards[t * stride]) + discount * next
    return following.estimate
  }

  /// One cell of the n-step return: Horner's rule over the n rewards inside a segment, the
  /// Monte-Carlo recursion where at most n steps remain.
  @inlinable
  func nStepReturn(_ n: Int, of t: Int, _ following: inout Following) -> Double {
    if closes(t) {
      following.steps = 0
      following.estimate = bootstrap(t)
    }
    following.steps += 1
    following.estimate = Double(rewards[t * stride]) + discount * following.estimate
    guard n < following.steps else { return following.estimate }
    var estimate = bootstrap(t + n - 1)
    for k in Swift.stride(from: t + n - 1, through: t, by: -1) {
      estimate = Double(rewards[k * stride]) + discount * estimate
    }
    return estimate
  }
}

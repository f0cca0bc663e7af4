/// Estimates the return of every step of a rollout of one world.
///
/// Step t took action a_t in s_t, received `rewards[t]` = r_{t+1} and reached s_{t+1}. A segment
/// closes at t where `terminated[t]`, `truncated[t]` or t = count - 1; nothing is accumulated
/// across its end. With B_t = 0 where terminated, else `nextValues[t]`, and H the steps from t to
/// the segment's end, the last one included:
///
///     mc          G_t = r_{t+1} + γ G_{t+1}
///     td          G_t = r_{t+1} + γ B_t
///     nstep:n     G_t = Σ_{k<h} γᵏ r_{t+k+1} + γʰ B_{t+h-1},  h = min(n, H)
///     lambda:λ    G_t = r_{t+1} + γ ((1-λ) V(s_{t+1}) + λ G_{t+1})
///
/// where at a segment's end, in mc and lambda:λ, B_t stands in place of all that follows γ.
///
/// Sources: Sutton and Barto (2018), eq. 7.1 and 12.3; Schulman et al., arXiv:1506.02438, eq. 16
/// (GAE is the lambda-return less V); Pardo et al., arXiv:1712.00378 (truncation bootstraps). The
/// A3C paper's form, in which every step uses all the rewards that remain (arXiv:1602.01783,
/// algorithm S3), is n >= count.
///
/// Sums are kept in double precision whatever `Value` is. Allocates nothing. Cost: O(count), for
/// n-step O(count n).
///
/// - Parameters:
///   - discount: gamma, 0 to 1.
///   - values: V(s_t), read only where `advantages` are asked for.
///   - nextValues: V(s_{t+1}) of the state truly reached, never that of a reset; ignored where
///     terminated, and with `mc` and `lambda:1` everywhere but at the ends of segments.
///   - terminated: whether the world reached an end at t. It wins where both flags are set.
///   - truncated: whether a time limit cut the episode at t.
///   - count: steps in the rollout, T.
///   - stride: distance between neighbouring steps in every array: the number of worlds for one
///     column of a time-major [T][worlds] array.
///   - returns: receives the estimates.
///   - advantages: receives the estimates less `values`, where given.
@inlinable
public func estimateReturns<Value: BinaryFloatingPoint>(
  _ estimator: ReturnEstimator, discount: Double, rewards: UnsafePointer<Value>,
  values: UnsafePointer<Value>, nextValues: UnsafePointer<Value>,
  terminated: UnsafePointer<Bool>, truncated: UnsafePointer<Bool>, count: Int, stride: Int = 1,
  into returns: UnsafeMutablePointer<Value>, advantages: UnsafeMutablePointer<Value>? = nil
) {
  let segment = RolloutColumn(
    discount: discount, rewards: rewards, nextValues: nextValues, terminated: terminated,
    truncated: truncated, count: count, stride: stride)
  switch estimator {
  case .monteCarlo: segment.lambdaReturns(1, into: returns)
  case .td: segment.lambdaReturns(0, into: returns)
  case .nStep(let n): segment.nStepReturns(n, into: returns)
  case .lambda(let lambda): segment.lambdaReturns(lambda, into: returns)
  }
  guard let advantages else { return }
  for t in 0..<count { advantages[t * stride] = returns[t * stride] - values[t * stride] }
}

/// Estimates the returns of a rollout held in arrays: `[T]`, or time-major `[T][worlds]` flattened.
///
/// The same computation as the pointer form, which is documented there.
///
/// - Precondition: the arrays have equal lengths, a multiple of `worlds`.
public func estimateReturns<Value: BinaryFloatingPoint>(
  _ estimator: ReturnEstimator, discount: Double, rewards: [Value], nextValues: [Value],
  terminated: [Bool], truncated: [Bool], worlds: Int = 1
) -> [Value] {
  let size = rewards.count
  precondition(
    nextValues.count == size && terminated.count == size && truncated.count == size,
    """
    rewards, nextValues, terminated and truncated have \(size), \(nextValues.count), \
    \(terminated.count) and \(truncated.count) steps
    """)
  precondition(worlds >= 1 && size % worlds == 0, "\(size) steps do not fill \(worlds) worlds")
  guard size > 0 else { return [] }
  return [Value](unsafeUninitializedCapacity: size) { returns, initialized in
    guard let into = returns.baseAddress else { return }
    into.initialize(repeating: 0, count: size)
    initialized = size
    rewards.withUnsafeBufferPointer { r in
      nextValues.withUnsafeBufferPointer { v in
        terminated.withUnsafeBufferPointer { ended in
          truncated.withUnsafeBufferPointer { cut in
            guard let r = r.baseAddress, let v = v.baseAddress, let ended = ended.baseAddress,
              let cut = cut.baseAddress
            else { return }
            for world in 0..<worlds {
              estimateReturns(
                estimator, discount: discount, rewards: r + world, values: v + world,
                nextValues: v + world, terminated: ended + world, truncated: cut + world,
                count: size / worlds, stride: worlds, into: into + world)
            }
          }
        }
      }
    }
  }
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

  /// The backward recursion of the lambda-return; 0 gives TD(0), 1 gives Monte-Carlo, exactly.
  @inlinable
  func lambdaReturns(_ lambda: Double, into returns: UnsafeMutablePointer<Value>) {
    var following = 0.0
    for t in Swift.stride(from: count - 1, through: 0, by: -1) {
      var next = bootstrap(t)
      if lambda > 0, !closes(t) {
        next = lambda == 1 ? following : (1 - lambda) * next + lambda * following
      }
      following = Double(rewards[t * stride]) + discount * next
      returns[t * stride] = Value(following)
    }
  }

  /// The n-step return of every step: Horner's rule over the n rewards inside a segment, the
  /// Monte-Carlo recursion where at most n steps remain.
  @inlinable
  func nStepReturns(_ n: Int, into returns: UnsafeMutablePointer<Value>) {
    var remaining = 0
    var toTheEnd = 0.0
    for t in Swift.stride(from: count - 1, through: 0, by: -1) {
      if closes(t) {
        remaining = 0
        toTheEnd = bootstrap(t)
      }
      remaining += 1
      toTheEnd = Double(rewards[t * stride]) + discount * toTheEnd
      guard n < remaining else {
        returns[t * stride] = Value(toTheEnd)
        continue
      }
      var estimate = bootstrap(t + n - 1)
      for k in Swift.stride(from: t + n - 1, through: t, by: -1) {
        estimate = Double(rewards[k * stride]) + discount * estimate
      }
      returns[t * stride] = Value(estimate)
    }
  }
}

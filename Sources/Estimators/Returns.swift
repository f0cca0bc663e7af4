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
  var recursion = ReturnRecursion(
    estimator, discount: discount, rewards: rewards, values: values, nextValues: nextValues,
    terminated: terminated, truncated: truncated, count: count, stride: stride, into: returns,
    advantages: advantages)
  recursion.finish()
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

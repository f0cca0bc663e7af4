/// Bias and variance of one target in every state, exact.
public struct TargetMoments: Sendable, Equatable {
  /// The target: `nStep` (`unlimitedSteps` for the whole return) or `lambda`.
  public let estimator: ReturnEstimator
  /// Mean of the target, per state.
  public let mean: [Double]
  /// Mean less the true value, per state.
  public let bias: [Double]
  /// Variance of the target, per state.
  public let variance: [Double]

  /// Squared bias of state `s`.
  public func biasSquared(_ s: Int) -> Double { bias[s] * bias[s] }

  /// Mean squared error of state `s` against its true value: squared bias plus variance.
  public func meanSquaredError(_ s: Int) -> Double { biasSquared(s) + variance[s] }
}

/// True values, and the moments of targets made of sampled rewards and a critic, for every state.
public struct TargetAnalysis: Sendable, Equatable {
  /// The value of every state under the policy.
  public let trueValues: [Double]
  /// One entry for each estimator asked for, in that order.
  public let targets: [TargetMoments]
}

extension RewardProcess {
  /// Exact bias and variance of n-step and lambda-return targets in every state, when episodes
  /// follow this process and the critic says `critic[state]` (0 where the episode has ended).
  ///
  /// By the recursion of a target over one step, G = r + γ G' (n-step) and
  /// G = r + γ((1-λ) V(s') + λ G') (Sutton and Barto, eq. 12.3), and the law of total variance:
  ///
  ///     E[G]   = E[x + c m(s')]                     x: what the step adds, c: the factor of G'
  ///     Var[G] = Var[x + c m(s')] + c² Σ p Var[G'], m = E[G']
  ///
  /// n-step targets by n such steps from (V, 0), the whole return and lambda-returns as the
  /// recursion's fixed point, solved by elimination (see `TransitionMatrix`). No term is negative,
  /// so a small variance beside a large mean loses no precision.
  ///
  /// - Precondition: `critic` has a value for each state.
  /// - Throws: `DivergenceError` where `discount` is 1 and an episode may be rewarded for ever.
  public func targetAnalysis(
    of estimators: [ReturnEstimator], critic: [Double], discount: Double
  ) throws(DivergenceError) -> TargetAnalysis {
    precondition(
      critic.count == states, "a critic needs \(states) values, got \(critic.count)")
    let trueValues = try values(discount: discount)
    var nStep = NStepMoments(process: self, discount: discount, critic: critic)
    let silent = expectation { _, reward, _ in abs(reward) }.map { $0 == 0 }
    // The recursion of the whole return is that of λ = 1, and its mean is the true value.
    var ofLambda: [Double: Moments] = [:]
    func lambdaMoments(_ lambda: Double) -> Moments {
      let known = ofLambda[lambda]
      let found =
        known
        ?? self.lambdaMoments(
          lambda, mean: lambda < 1 ? nil : trueValues, critic: critic, discount: discount,
          silent: silent)
      ofLambda[lambda] = found
      return found
    }
    var moments = [Moments?](repeating: nil, count: estimators.count)
    // Ascending in n, so that one recursion passes by all of them.
    for i in estimators.indices.sorted(by: { estimators[$0].steps < estimators[$1].steps }) {
      switch estimators[i] {
      case .td, .nStep(1..<ReturnEstimator.unlimitedSteps), .lambda(0):
        moments[i] = nStep.advance(to: estimators[i].steps)
      case .lambda(let lambda) where lambda < 1:
        moments[i] = lambdaMoments(lambda)
      default:
        moments[i] = lambdaMoments(1)
      }
    }
    let targets = zip(estimators, moments).map { estimator, found in
      let found = found ?? Moments(mean: trueValues, variance: [])
      return TargetMoments(
        estimator: estimator, mean: found.mean,
        bias: zip(found.mean, trueValues).map { $0 - $1 }, variance: found.variance)
    }
    return TargetAnalysis(trueValues: trueValues, targets: targets)
  }

  fileprivate struct Moments {
    var mean: [Double]
    var variance: [Double]
  }

  /// The fixed point of a lambda-return's recursion; `mean` where it is known already.
  private func lambdaMoments(
    _ lambda: Double, mean known: [Double]?, critic: [Double], discount: Double, silent: [Bool]
  ) -> Moments {
    let factor = discount * lambda
    let bootstrap = discount * (1 - lambda)
    let added = expectation { _, reward, next in
      next < 0 ? reward : reward + bootstrap * critic[next]
    }
    let mean =
      known ?? transitions.solve(factor: factor, constant: added, silent: silent).values
    let spread = expectation { state, reward, next in
      let target =
        next < 0 ? reward : reward + bootstrap * critic[next] + factor * mean[next]
      return (target - mean[state]) * (target - mean[state])
    }
    let variance = transitions.solve(factor: factor * factor, constant: spread, silent: silent)
    return Moments(mean: mean, variance: variance.values)
  }

  /// The backward recursion of the n-step target's moments, from n = 0 upwards.
  fileprivate struct NStepMoments {
    let process: RewardProcess
    let discount: Double
    var steps = 0
    var moments: Moments
    /// The recursion has reached its fixed point to the last bit.
    var settled = false

    init(process: RewardProcess, discount: Double, critic: [Double]) {
      self.process = process
      self.discount = discount
      let certain = [Double](repeating: 0, count: critic.count)
      moments = Moments(mean: critic, variance: certain)
    }

    mutating func advance(to n: Int) -> Moments {
      while steps < n, !settled {
        let (m, v) = (moments.mean, moments.variance)
        let mean = process.expectation { _, reward, next in
          next < 0 ? reward : reward + discount * m[next]
        }
        let variance = process.expectation { state, reward, next in
          let target = next < 0 ? reward : reward + discount * m[next]
          let spread = (target - mean[state]) * (target - mean[state])
          return next < 0 ? spread : spread + discount * discount * v[next]
        }
        settled = mean == m && variance == v
        moments = Moments(mean: mean, variance: variance)
        steps += 1
      }
      return moments
    }
  }
}

extension ReturnEstimator {
  /// The n of an n-step target, also that of λ = 0; 0 for other lambda-returns.
  fileprivate var steps: Int {
    switch self {
    case .td: 1
    case .nStep(let n): n
    case .monteCarlo: Self.unlimitedSteps
    case .lambda(0): 1
    case .lambda: 0
    }
  }
}

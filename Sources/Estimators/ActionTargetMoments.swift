public import MarkovProcesses

/// Mean and variance of one target after a given action in every state, exact.
public struct ActionTargetMoments: Sendable, Equatable {
  /// The target.
  public let estimator: ReturnEstimator
  /// Mean of the target: `mean[state * actions + action]`.
  public let mean: [Double]
  /// Variance of the target, likewise.
  public let variance: [Double]
}

extension RewardProcess {
  /// Exact mean and variance of targets when the first action is given and the later ones follow the
  /// policy. With Monte-Carlo targets the means are the action values Q(s, a).
  ///
  /// By one step of a target's recursion from its moments in the next state (see `targetAnalysis`):
  /// G = x(s') + c G', with mean m(s') and variance v(s') of G':
  ///
  ///     E[G|s,a]   = Σ p (x + c m)
  ///     Var[G|s,a] = Σ p ((x + c m - E[G|s,a])² + c² v)
  ///
  /// - Parameters:
  ///   - mdp: the decision process that this one comes from.
  ///   - critic: V per state (0 where the episode has ended).
  /// - Throws: `DivergenceError` where `discount` is 1 and an episode may be rewarded for ever.
  public func actionTargets(
    _ mdp: TabularMDP, of estimators: [ReturnEstimator], critic: [Double], discount: Double
  ) throws(DivergenceError) -> [ActionTargetMoments] {
    precondition(mdp.states == states, "a process of \(states) states is not that of \(mdp.states)")
    let analysis = try targetAnalysis(
      of: estimators.map(\.afterOneStep), critic: critic, discount: discount)
    return zip(estimators, analysis.targets).map { estimator, following in
      FirstStep(estimator, following: following, critic: critic, discount: discount).moments(mdp)
    }
  }
}

/// One step of a target's recursion, G = r + b V(s') + c G'.
private struct FirstStep {
  let estimator: ReturnEstimator
  let critic: [Double]
  /// b: the factor of V(s').
  var bootstrap = 0.0
  /// c: the factor of G'.
  var factor: Double
  let mean: [Double]
  let variance: [Double]

  init(
    _ estimator: ReturnEstimator, following: TargetMoments, critic: [Double], discount: Double
  ) {
    self.estimator = estimator
    self.critic = critic
    mean = following.mean
    variance = following.variance
    factor = discount
    switch estimator {
    case .td, .nStep(1): (bootstrap, factor) = (discount, 0)
    case .lambda(let lambda): (bootstrap, factor) = (discount * (1 - lambda), discount * lambda)
    case .nStep, .monteCarlo: break
    }
  }

  func moments(_ mdp: TabularMDP) -> ActionTargetMoments {
    var means: [Double] = []
    var variances: [Double] = []
    means.reserveCapacity(mdp.states * mdp.actions)
    variances.reserveCapacity(mdp.states * mdp.actions)
    for actions in mdp.outcomes {
      for outcomes in actions {
        let mean = outcomes.reduce(0) { $0 + $1.probability * target($1) }
        means.append(mean)
        variances.append(
          outcomes.reduce(0) { sum, outcome in
            let difference = target(outcome) - mean
            let later = outcome.nextState < 0 ? 0 : factor * factor * variance[outcome.nextState]
            return sum + outcome.probability * (difference * difference + later)
          })
      }
    }
    return ActionTargetMoments(estimator: estimator, mean: means, variance: variances)
  }

  /// The target's mean after that outcome.
  private func target(_ outcome: TabularMDP.Outcome) -> Double {
    let next = outcome.nextState
    return next < 0
      ? outcome.reward : outcome.reward + bootstrap * critic[next] + factor * mean[next]
  }
}

extension ReturnEstimator {
  /// The target that is left when one step of this one has been done; any where it is V.
  fileprivate var afterOneStep: ReturnEstimator {
    if case .nStep(let n) = self, n > 1, n < Self.unlimitedSteps { .nStep(n - 1) } else { self }
  }
}

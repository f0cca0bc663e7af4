internal import Estimators
internal import MarkovProcesses
internal import Networks
internal import Telemetry

/// Mean and variance of estimates of the policy gradient in a tabular world, exact but for the single
/// precision of the network.
///
/// One step: s from the discounted states d of the policy, a from pi(.|s), g = Ψ ∇ log pi(a|s).
///
///     E g    = Σ d(s) Σ π(a|s) E[Ψ|s,a] ∇ log π(a|s)      one backward pass over all states
///     E|g|²  = Σ d(s) Σ π(a|s) E[Ψ²|s,a] |∇ log π(a|s)|²
///
/// The exact policy gradient is E g with Ψ = Q - V (Sutton and Barto, section 13.2).
final class ExactGradient {
  private let mdp: TabularMDP
  private let starts: [Int]
  private let network: ActorCriticNetwork
  private let workspace: ActorCriticWorkspace
  private let gradient: FloatBuffer
  /// The exact policy gradient of the last report.
  let exact: FloatBuffer

  private var states: Int { mdp.states }
  private var actions: Int { mdp.actions }

  /// A study of a process whose episodes start in `starts`, each as likely as the others.
  init(_ mdp: TabularMDP, starts: [Int], network: ActorCriticNetwork) {
    self.mdp = mdp
    self.starts = starts
    self.network = network
    workspace = network.makeWorkspace(rows: mdp.states)
    gradient = network.makeParameters()
    exact = network.makeParameters()
  }

  /// The figures of the policy and critic of `theta`; nil where they have no finite values.
  func report(
    _ theta: UnsafePointer<Float>, version: Int, discount: Double
  ) -> GradientReport? {
    guard let policy = read(theta), let steps = steps(policy, discount: discount, theta: theta)
    else { return nil }
    passBack(steps.advantages, policy, steps.visits, theta, into: exact)
    let exactNorm = norm(exact)
    let entries = zip(GradientWeights.all, steps.targets).map { weight, target in
      let weights = StepWeights(
        target: target, actions: actions,
        baseline: (0..<states).map {
          weight.baseline(value: Double(workspace.value($0)), constant: steps.constant)
        })
      passBack(weights.mean, policy, steps.visits, theta, into: gradient)
      let meanNorm = norm(gradient)
      let square = meanSquare(weights, policy, steps)
      return GradientReport.Entry(
        weight: weight, variance: max(0, square - meanNorm * meanNorm), varianceInterval: 0,
        squaredMeanNorm: meanNorm * meanNorm,
        cosine: meanNorm > 0 && exactNorm > 0
          ? product(gradient, exact) / (meanNorm * exactNorm) : nil)
    }
    return GradientReport(
      entries: entries, constant: steps.constant, exactNorm: exactNorm, exact: true, episodes: 0,
      progress: 1, update: version, age: 0)
  }

  /// Policy and critic at every state, left in the workspace; the policy also in double precision,
  /// nil where it is not finite.
  private func read(_ theta: UnsafePointer<Float>) -> [[Double]]? {
    for state in 0..<states { workspace.observation(state)[0] = Float(state) }
    network.forward(theta, rows: 0..<states, workspace: workspace)
    let policy = (0..<states).map {
      PolicyReading.softmax(workspace.logits($0), count: actions)
    }
    let isFinite = (0..<states).allSatisfy { state in
      workspace.value(state).isFinite && policy[state].allSatisfy(\.isFinite)
    }
    return isFinite ? policy : nil
  }

  /// What is known of a step of the policy.
  private struct Steps {
    /// d(s).
    var visits: [Double]
    /// Q - V of the policy, per state and action.
    var advantages: [Double]
    /// The target of each weight.
    var targets: [ActionTargetMoments]
    /// Mean return of the steps.
    var constant: Double
    /// |∇ log pi(a|s)|², per state and action.
    var squaredNorms: [Double]
  }

  private func steps(
    _ policy: [[Double]], discount: Double, theta: UnsafePointer<Float>
  ) -> Steps? {
    let process = RewardProcess(mdp, policy: policy)
    let critic = (0..<states).map { Double(workspace.value($0)) }
    guard let values = try? process.values(discount: discount),
      let visits = try? process.discountedVisits(starts: starts, discount: discount),
      let found = try? process.actionTargets(
        mdp, of: [.monteCarlo] + GradientWeights.estimators, critic: critic, discount: discount)
    else { return nil }
    let returns = [ActionTargetMoments](
      repeating: found[0], count: GradientWeights.baselines.count)
    let advantages = found[0].mean.indices.map { found[0].mean[$0] - values[$0 / actions] }
    return Steps(
      visits: visits, advantages: advantages, targets: returns + found.dropFirst(),
      constant: zip(visits, values).reduce(0) { $0 + $1.0 * $1.1 },
      squaredNorms: squaredNorms(policy, theta))
  }

  /// |∇ log pi(a|s)|² for every state and action: a batched backward pass for each action.
  private func squaredNorms(_ policy: [[Double]], _ theta: UnsafePointer<Float>) -> [Double] {
    var norms = [Double](repeating: 0, count: states * actions)
    var column = [Double](repeating: 0, count: states)
    for action in 0..<actions {
      for state in 0..<states {
        workspace.writeLogGradient(state, of: action, policy: policy[state], weight: 1)
      }
      network.squaredRowGradientNorms(
        theta, rows: 0..<states, workspace: workspace, into: &column)
      for state in 0..<states { norms[state * actions + action] = column[state] }
    }
    return norms
  }

  /// Σ d(s) Σ π(a|s) mean[s,a] ∇ log π(a|s). By logit j of s that is d(s) π(j|s) (mean[s,j] - Σ π
  /// mean): what depends on the state alone drops out before anything is rounded.
  private func passBack(
    _ mean: [Double], _ policy: [[Double]], _ visits: [Double], _ theta: UnsafePointer<Float>,
    into gradient: FloatBuffer
  ) {
    for state in 0..<states {
      let own = mean[state * actions..<(state + 1) * actions]
      let average = zip(policy[state], own).reduce(0) { $0 + $1.0 * $1.1 }
      let byLogit = workspace.logitGradient(state)
      for (action, value) in own.enumerated() {
        byLogit[action] = Float(visits[state] * policy[state][action] * (value - average))
      }
      workspace.valueGradient(state).pointee = 0
    }
    network.backward(
      theta, rows: 0..<states, workspace: workspace, gradient: gradient.pointer)
  }

  /// E|g|².
  private func meanSquare(_ weights: StepWeights, _ policy: [[Double]], _ steps: Steps) -> Double {
    var sum = 0.0
    for state in 0..<states where steps.visits[state] > 0 {
      for action in 0..<actions {
        let index = state * actions + action
        sum +=
          steps.visits[state] * policy[state][action] * weights.square[index]
          * steps.squaredNorms[index]
      }
    }
    return sum
  }

  private func norm(_ gradient: FloatBuffer) -> Double {
    GradientNorm.norm(gradient.pointer, count: gradient.count, kernels: network.kernels)
  }

  private func product(_ a: FloatBuffer, _ b: FloatBuffer) -> Double {
    (0..<a.count).reduce(0) { $0 + Double(a.pointer[$1]) * Double(b.pointer[$1]) }
  }
}

/// E[Ψ|s,a] and E[Ψ²|s,a], per state and action.
private struct StepWeights {
  var mean: [Double]
  var square: [Double]

  init(target: ActionTargetMoments, actions: Int, baseline: [Double]) {
    mean = target.mean.indices.map { target.mean[$0] - baseline[$0 / actions] }
    square = zip(mean, target.variance).map { $0 * $0 + $1 }
  }
}

extension ActorCriticWorkspace {
  /// Makes `weight` times ∇ log pi(action|s) the gradient by the heads of `row`, where `policy` is
  /// pi(.|s): weight (1[j = action] - pi(j|s)) by logit j, nothing by the value.
  func writeLogGradient(_ row: Int, of action: Int, policy: [Double], weight: Double) {
    let gradient = logitGradient(row)
    for j in policy.indices {
      gradient[j] = Float(weight * ((j == action ? 1 : 0) - policy[j]))
    }
    valueGradient(row).pointee = 0
  }
}

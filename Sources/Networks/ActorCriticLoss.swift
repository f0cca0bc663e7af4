/// The actor-critic loss with an entropy bonus (Mnih et al., "Asynchronous methods for deep
/// reinforcement learning", 2016, section 4):
///
///     policy + valueCoefficient * value - entropyCoefficient * entropy
///     policy  = mean of -A log pi(a|s)
///     value   = mean of (G - V(s))^2
///     entropy = mean of H(pi(.|s))
///
/// The advantage A and the target G are constants: no gradient flows through either. Each term is
/// a mean, so that the size of a batch does not change the size of a step.
public struct ActorCriticLoss: Sendable, Equatable {
  /// Weight of the value term, at least 0.
  public var valueCoefficient: Float
  /// Weight of the entropy bonus (the paper's beta), at least 0.
  public var entropyCoefficient: Float

  /// The three terms of a batch.
  public struct Terms: Sendable, Equatable {
    /// Mean of -A log pi(a|s).
    public var policy: Double
    /// Mean of (G - V(s))^2.
    public var value: Double
    /// Mean entropy, in nats.
    public var entropy: Double

    /// Three terms.
    public init(policy: Double = 0, value: Double = 0, entropy: Double = 0) {
      self.policy = policy
      self.value = value
      self.entropy = entropy
    }
  }

  /// A loss with these weights.
  public init(valueCoefficient: Float = 0.5, entropyCoefficient: Float = 0.01) {
    self.valueCoefficient = valueCoefficient
    self.entropyCoefficient = entropyCoefficient
  }

  /// The whole loss of those terms.
  public func total(_ terms: Terms) -> Double {
    terms.policy + Double(valueCoefficient) * terms.value
      - Double(entropyCoefficient) * terms.entropy
  }

  /// Writes the gradients of `rows` by logits and values into the workspace, from the logits and
  /// values `forward` left there.
  ///
  /// - Parameters:
  ///   - rows: Rows of the workspace; element i of the arrays belongs to row `rows.lowerBound + i`.
  ///   - actions: The action taken, one per row; of a Gaussian policy its code (`Gaussian.code`).
  ///   - advantages: A, one per row.
  ///   - targets: G, one per row.
  ///   - meanOver: The number of rows of the whole batch, where `rows` are a part of it; the
  ///     gradients and terms of all parts then add up to the batch's means. By default, the
  ///     number of `rows`.
  /// - Returns: The sums over `rows` divided by `meanOver`.
  /// - Precondition: Every action is one of the network's, or -1: a row that is not part of the
  ///   batch, whose gradient is 0.
  public func gradients(
    rows: Range<Int>, actions: UnsafePointer<Int32>, advantages: UnsafePointer<Float>,
    targets: UnsafePointer<Float>, workspace: ActorCriticWorkspace, meanOver: Int? = nil
  ) -> Terms {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= workspace.rows,
      "rows \(rows) are outside the workspace's 0..<\(workspace.rows)")
    let count = meanOver ?? rows.count
    guard count > 0 else { return Terms() }
    if workspace.isGaussian {
      return gaussianGradients(
        rows: rows, actions: actions, advantages: advantages, targets: targets,
        workspace: workspace, count: count)
    }
    let share = 1 / Float(count)
    var sums = Terms()
    for index in 0..<rows.count {
      let row = rows.lowerBound + index
      let action = Int(actions[index])
      guard action >= 0 else {
        clear(row, workspace)
        continue
      }
      precondition(action < workspace.actions, "no action \(action)")
      let policy = Self.policyGradient(
        workspace.logits(row), workspace.logitGradient(row), count: workspace.actions,
        action: action, advantageShare: advantages[index] * share,
        entropyShare: entropyCoefficient * share)
      let difference = valueGradient(row, target: targets[index], share: share, workspace)
      sums.policy -= Double(advantages[index]) * Double(policy.logProbability)
      sums.value += Double(difference) * Double(difference)
      sums.entropy += Double(policy.entropy)
    }
    return sums.divided(by: count)
  }

  /// The same of a Gaussian policy.
  private func gaussianGradients(
    rows: Range<Int>, actions: UnsafePointer<Int32>, advantages: UnsafePointer<Float>,
    targets: UnsafePointer<Float>, workspace: ActorCriticWorkspace, count: Int
  ) -> Terms {
    let share = 1 / Float(count)
    var sums = Terms()
    for index in 0..<rows.count {
      let row = rows.lowerBound + index
      guard actions[index] != -1 else {
        clear(row, workspace)
        continue
      }
      let policy = Gaussian.lossGradient(
        workspace.logits(row), workspace.logitGradient(row),
        action: Gaussian.action(of: actions[index]), advantage: advantages[index] * share,
        entropyCoefficient: entropyCoefficient * share)
      let difference = valueGradient(row, target: targets[index], share: share, workspace)
      sums.policy -= Double(advantages[index]) * Double(policy.logProbability)
      sums.value += Double(difference) * Double(difference)
      sums.entropy += Double(policy.entropy)
    }
    return sums.divided(by: count)
  }

  /// Writes the gradient by one row's value.
  ///
  /// - Returns: V(s) - G.
  @inline(__always)
  private func valueGradient(
    _ row: Int, target: Float, share: Float, _ workspace: ActorCriticWorkspace
  ) -> Float {
    let difference = workspace.value(row) - target
    workspace.valueGradient(row).pointee = 2 * valueCoefficient * difference * share
    return difference
  }

  private func clear(_ row: Int, _ workspace: ActorCriticWorkspace) {
    workspace.logitGradient(row).update(repeating: 0, count: workspace.actions)
    workspace.valueGradient(row).pointee = 0
  }

  /// Gradient by one row's logits: A' (p - 1[a]) + beta' p (log p + H), where primes carry the
  /// share of the mean.
  @inline(__always)
  private static func policyGradient(
    _ logits: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>, count: Int,
    action: Int, advantageShare: Float, entropyShare: Float
  ) -> (logProbability: Float, entropy: Float) {
    let greatest = Categorical.maximum(logits, count)
    var sum: Float = 0
    var weighted: Float = 0
    for index in 0..<count {
      let shifted = logits[index] - greatest
      let weight = ElementaryFunctions.exp(shifted)
      gradient[index] = weight
      sum += weight
      if weight > 0 { weighted += weight * shifted }
    }
    let logSum = ElementaryFunctions.log(sum)
    let inverse = 1 / sum
    let entropy = Categorical.notNegative(logSum - weighted * inverse)
    for index in 0..<count {
      let probability = gradient[index] * inverse
      let logProbability = logits[index] - greatest - logSum
      let bonus = probability > 0 ? entropyShare * probability * (logProbability + entropy) : 0
      gradient[index] = advantageShare * probability + bonus
    }
    gradient[action] -= advantageShare
    return (logits[action] - greatest - logSum, entropy)
  }
}

extension ActorCriticLoss.Terms {
  /// Means from sums.
  fileprivate func divided(by count: Int) -> Self {
    let scale = 1 / Double(count)
    return Self(policy: policy * scale, value: value * scale, entropy: entropy * scale)
  }
}

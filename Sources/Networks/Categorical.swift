public import Randomness

/// The categorical distribution over actions, from logits: p_i = exp(l_i) / sum_j exp(l_j).
///
/// Everything is computed from l - max l, so that logits of any size are safe. `count` is at least
/// 1, entropies and divergences are in nats. Where a logit is NaN, results are NaN and a sampled
/// action is still a valid one.
public enum Categorical {
  /// The greatest logit.
  @inlinable @inline(__always)
  static func maximum(_ logits: UnsafePointer<Float>, _ count: Int) -> Float {
    var greatest = logits[0]
    for index in 1..<max(1, count) where logits[index] > greatest { greatest = logits[index] }
    return greatest
  }

  /// What rounding made negative is 0; a NaN stays one, which `max` would not promise.
  @inlinable @inline(__always)
  static func notNegative(_ x: Float) -> Float {
    x < 0 ? 0 : x
  }

  /// log sum exp(l - greatest).
  @inlinable @inline(__always)
  static func logNormaliser(
    _ logits: UnsafePointer<Float>, _ count: Int, _ greatest: Float
  ) -> Float {
    var sum: Float = 0
    for index in 0..<count { sum += ElementaryFunctions.exp(logits[index] - greatest) }
    return ElementaryFunctions.log(sum)
  }

  /// Writes the probability of every action.
  @inlinable
  public static func probabilities(
    _ logits: UnsafePointer<Float>, count: Int, into probabilities: UnsafeMutablePointer<Float>
  ) {
    let greatest = maximum(logits, count)
    var sum: Float = 0
    for index in 0..<count {
      let weight = ElementaryFunctions.exp(logits[index] - greatest)
      probabilities[index] = weight
      sum += weight
    }
    for index in 0..<count { probabilities[index] /= sum }
  }

  /// Writes the logarithm of every action's probability.
  @inlinable
  public static func logProbabilities(
    _ logits: UnsafePointer<Float>, count: Int, into results: UnsafeMutablePointer<Float>
  ) {
    let greatest = maximum(logits, count)
    let logSum = logNormaliser(logits, count, greatest)
    // The two are not added up first: beside a large maximum the logarithm would be rounded away.
    for index in 0..<count { results[index] = logits[index] - greatest - logSum }
  }

  /// The logarithm of one action's probability.
  @inlinable
  public static func logProbability(
    of action: Int, _ logits: UnsafePointer<Float>, count: Int
  ) -> Float {
    let greatest = maximum(logits, count)
    return logits[action] - greatest - logNormaliser(logits, count, greatest)
  }

  /// The entropy H = -sum p log p, from 0 to log(count).
  @inlinable
  public static func entropy(_ logits: UnsafePointer<Float>, count: Int) -> Float {
    let greatest = maximum(logits, count)
    var sum: Float = 0
    var weighted: Float = 0
    for index in 0..<count {
      let shifted = logits[index] - greatest
      let weight = ElementaryFunctions.exp(shifted)
      sum += weight
      // An infinitely bad action counts nothing (0 times minus infinity would be NaN).
      if weight > 0 { weighted += weight * shifted }
    }
    return notNegative(ElementaryFunctions.log(sum) - weighted / sum)
  }

  /// The divergence KL(p || q) = sum p (log p - log q) of the distributions of two rows of logits.
  /// Finite for finite logits, as no probability is rounded to 0 before its logarithm is taken.
  @inlinable
  public static func divergence(
    from logits: UnsafePointer<Float>, to others: UnsafePointer<Float>, count: Int
  ) -> Float {
    let greatest = maximum(logits, count)
    let otherGreatest = maximum(others, count)
    let logSum = logNormaliser(logits, count, greatest)
    let otherLogSum = logNormaliser(others, count, otherGreatest)
    var divergence: Float = 0
    for index in 0..<count {
      let own = logits[index] - greatest - logSum
      let other = others[index] - otherGreatest - otherLogSum
      let probability = ElementaryFunctions.exp(own)
      if !(probability == 0) { divergence += probability * (own - other) }
    }
    return notNegative(divergence)
  }

  /// The action with the greatest logit, the first of several.
  @inlinable
  public static func greedy(_ logits: UnsafePointer<Float>, count: Int) -> Int {
    var best = 0
    for index in 1..<max(1, count) where logits[index] > logits[best] { best = index }
    return best
  }

  /// Draws an action.
  @inlinable
  public static func sample(
    _ logits: UnsafePointer<Float>, count: Int, using random: inout RandomStream
  ) -> Int {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { weights in
      let greatest = maximum(logits, count)
      var sum: Float = 0
      for index in 0..<count {
        let weight = ElementaryFunctions.exp(logits[index] - greatest)
        weights[index] = weight
        sum += weight
      }
      return pick(UnsafeBufferPointer(weights), threshold: random.uniformFloat() * sum)
    }
  }

  /// Draws an action from probabilities that sum to about 1.
  @inlinable
  public static func sample(
    probabilities: UnsafePointer<Float>, count: Int, using random: inout RandomStream
  ) -> Int {
    let weights = UnsafeBufferPointer(start: probabilities, count: count)
    return pick(weights, threshold: random.uniformFloat())
  }

  /// The first index at which the running sum of the weights exceeds the threshold.
  @inlinable @inline(__always)
  static func pick(_ weights: UnsafeBufferPointer<Float>, threshold: Float) -> Int {
    var running: Float = 0
    var last = 0
    for index in 0..<weights.count {
      running += weights[index]
      if threshold < running { return index }
      if weights[index] > 0 { last = index }
    }
    // Rounding may leave the threshold just above the sum.
    return last
  }
}

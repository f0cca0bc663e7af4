internal import Environments
internal import Estimators
internal import Networks
internal import Randomness

/// A policy and a critic that stay as they are while they are measured.
struct FrozenPolicy {
  /// The network's parameters: nobody writes them any more.
  let theta: FloatBuffer
  /// Discount gamma of the returns.
  let discount: Double

  /// A copy of `theta`.
  init(_ network: ActorCriticNetwork, theta: UnsafePointer<Float>, discount: Double) {
    self.theta = network.makeParameters()
    self.theta.pointer.update(from: theta, count: self.theta.count)
    self.discount = discount
  }
}

/// Bias and variance of targets at one state of any world, measured from clones of it: all
/// estimators judge the same futures, and the true value is the mean of their long returns.
struct StateMeasurement {
  /// The figures so far.
  private(set) var targets: SampledTargets
  /// The targets of the first rollouts, `firstTargets[k][i]` that of estimator i.
  private(set) var firstTargets: [[Double]] = []
  /// What the critic says of the state.
  private(set) var criticValue = 0.0
  private let policy: FrozenPolicy
  private let state: [Double]
  private let seed: UInt64
  private var isPlaying = false

  /// Targets that are kept.
  private static let kept = 256

  /// Nothing measured yet of `state`, as `Environment.save` wrote it.
  init(
    _ policy: FrozenPolicy, state: [Double], estimators: [ReturnEstimator], seed: UInt64,
    level: ConfidenceLevel = .percent95
  ) {
    self.policy = policy
    self.state = state
    self.seed = seed
    targets = SampledTargets(estimators: estimators, discount: policy.discount, level: level)
  }

  /// Plays about `steps` steps; what a batch of futures tells is added when all have ended. The
  /// clones may be used by nobody else until then. Returns whether a batch was added.
  mutating func play(_ clones: CloneRollouts, steps: Int) -> Bool {
    if !isPlaying {
      clones.begin(
        Array(repeating: state, count: clones.capacity),
        longest: RolloutHorizon.steps(discount: policy.discount), seed: seed,
        firstKey: UInt64(targets.samples))
    }
    isPlaying = !clones.play(policy.theta.pointer, steps: steps)
    if isPlaying { return false }
    for future in clones.futures {
      targets.add(future)
      if firstTargets.count < Self.kept { firstTargets.append(targets.latestTargets) }
    }
    criticValue = clones.futures[0].criticValue
    return true
  }
}

/// Bias and variance of targets on the mean over the states a policy comes to in any world: a few
/// clones of each of many states.
struct AverageMeasurement {
  /// The figures so far.
  private(set) var average: SampledAverage
  /// What the critic says of the states, on the mean.
  var criticValue: Double { criticSum / Double(max(1, average.states)) }
  private var criticSum = 0.0
  private let policy: FrozenPolicy
  private let seed: UInt64
  private let level: ConfidenceLevel
  private var isPlaying = false

  /// Futures of each state. More measure a state better, fewer leave time for other states; where
  /// noise is much larger than bias, eight are better than two.
  static let futures = 8

  /// Nothing measured yet.
  init(
    _ policy: FrozenPolicy, estimators: [ReturnEstimator], seed: UInt64,
    level: ConfidenceLevel = .percent95
  ) {
    self.policy = policy
    self.seed = seed
    self.level = level
    average = SampledAverage(estimators: estimators, level: level)
  }

  /// Plays about `steps` steps, as `StateMeasurement.play` does, from states of the walk.
  ///
  /// - Precondition: the clones have room for the futures of all walks.
  mutating func play(_ clones: CloneRollouts, walk: PolicyWalk, steps: Int) -> Bool {
    if !isPlaying {
      let states = walk.draw(policy.theta.pointer)
      clones.begin(
        states.flatMap { Array(repeating: $0, count: Self.futures) },
        longest: RolloutHorizon.steps(discount: policy.discount), seed: seed,
        firstKey: UInt64(average.samples))
    }
    isPlaying = !clones.play(policy.theta.pointer, steps: steps)
    if isPlaying { return false }
    for first in stride(from: 0, to: clones.capacity, by: Self.futures) {
      var state = SampledTargets(
        estimators: average.estimators, discount: policy.discount, level: level)
      for future in clones.futures[first..<first + Self.futures] { state.add(future) }
      average.add(state)
      criticSum += clones.futures[first].criticValue
    }
    return true
  }
}

extension SampledTargets {
  fileprivate mutating func add(_ future: CloneRollouts.Future) {
    add(
      rewards: future.rewards, nextValues: future.nextValues, terminated: future.terminated)
  }
}

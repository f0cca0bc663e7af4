internal import CKernels

/// An optimiser with its statistics: what asynchronous workers share beside the parameters.
///
/// Not safe to use from two threads at once, but for `apply(gradient:range:...)` on ranges that do
/// not meet, between one `beginStep()` and the next.
public final class OptimiserState {
  /// The rule and its constants.
  public let optimiser: Optimiser
  /// Number of parameters, padding included.
  public let count: Int
  /// Steps begun.
  public private(set) var steps = 0
  /// Running statistics, each `count` floats: none for SGD, the mean square for RMSProp, the mean
  /// and the mean square for Adam.
  public let statistics: [FloatBuffer]

  private let kernels: KernelTable
  // Powers of beta1 and beta2.
  private var power1 = 1.0
  private var power2 = 1.0

  /// A fresh state for a vector of `count` parameters.
  ///
  /// - Precondition: `count` is a multiple of 16, as is that of every layout.
  public init(_ optimiser: Optimiser, count: Int, kernels: KernelTable = .fast) {
    precondition(count >= 0 && count % 16 == 0, "parameters come in sixteens, got \(count)")
    self.optimiser = optimiser
    self.count = count
    self.kernels = kernels
    switch optimiser {
    case .sgd: statistics = []
    case .rmsProp: statistics = [FloatBuffer(count: count)]
    case .adam: statistics = [FloatBuffer(count: count), FloatBuffer(count: count)]
    }
    reset()
  }

  /// Forgets every step.
  public func reset() {
    (steps, power1, power2) = (0, 1, 1)
    for buffer in statistics { buffer.zero() }
    if case .rmsProp(let rule) = optimiser { statistics[0].fill(rule.initialMeanSquare) }
  }

  /// Takes over steps and statistics of a state of the same optimiser and count.
  public func copy(from other: OptimiserState) {
    precondition(other.statistics.count == statistics.count, "the optimisers are not of one kind")
    (steps, power1, power2) = (other.steps, other.power1, other.power2)
    for (own, others) in zip(statistics, other.statistics) { own.copy(from: others) }
  }

  /// Puts back what a checkpoint holds.
  ///
  /// - Precondition: `statistics` has the counts of `self.statistics`.
  public func restore(steps: Int, statistics values: [[Float]]) {
    precondition(values.count == statistics.count, "the statistics are not of this optimiser")
    reset()
    for (buffer, saved) in zip(statistics, values) {
      precondition(saved.count == buffer.count, "\(saved.count) statistics for \(buffer.count)")
      for (index, value) in saved.enumerated() { buffer.pointer[index] = value }
    }
    for _ in 0..<steps { beginStep() }
  }

  /// Makes one step along the whole gradient.
  ///
  /// - Parameters:
  ///   - scale: Multiplies the gradient: the factor of clipping, or 1.
  ///   - learningRate: Length of the step.
  public func apply(
    gradient: UnsafePointer<Float>, scale: Float = 1, learningRate: Float,
    to parameters: UnsafeMutablePointer<Float>
  ) {
    beginStep()
    apply(
      gradient: gradient, range: 0..<count, scale: scale, learningRate: learningRate,
      to: parameters)
  }

  /// Counts a step whose parts are then applied range by range.
  public func beginStep() {
    steps += 1
    if case .adam(let rule) = optimiser {
      power1 *= Double(rule.beta1)
      power2 *= Double(rule.beta2)
    }
  }

  /// Applies the part of a step that concerns the parameters of `range`. The pointers are those of
  /// the whole vectors.
  ///
  /// - Precondition: Both ends of `range` are multiples of 16 (see `ParameterLayout.shard`).
  public func apply(
    gradient: UnsafePointer<Float>, range: Range<Int>, scale: Float = 1, learningRate: Float,
    to parameters: UnsafeMutablePointer<Float>
  ) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count && range.lowerBound % 16 == 0
        && range.upperBound % 16 == 0,
      "cannot apply the range \(range) of \(count): both ends must be multiples of 16")
    let start = range.lowerBound
    let (p, g, length) = (parameters + start, gradient + start, range.count)
    var step = footlights_step()
    step.scale = scale
    step.learning_rate = learningRate
    let functions = kernels.functions
    switch optimiser {
    case .sgd:
      functions.pointee.sgd(&step, p, g, length)
    case .rmsProp(let rule):
      step.decay = rule.decay
      step.epsilon = rule.epsilon
      let meanSquare = statistics[0].pointer + start
      switch rule.epsilonPlacement {
      case .insideRoot: functions.pointee.rmsprop_inside(&step, p, meanSquare, g, length)
      case .outsideRoot: functions.pointee.rmsprop_outside(&step, p, meanSquare, g, length)
      }
    case .adam(let rule):
      step.momentum = rule.beta1
      step.decay = rule.beta2
      step.epsilon = rule.epsilon
      step.correction1 = Float(1 / (1 - power1))
      step.correction2 = Float(1 / (1 - power2))
      functions.pointee.adam(
        &step, p, statistics[0].pointer + start, statistics[1].pointer + start, g, length)
    }
  }
}

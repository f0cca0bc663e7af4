public import Randomness

/// What an agent adds to its actions to explore. The unit is half the range of the action: 1 leads
/// from the middle to a bound.
public enum ExplorationNoise: Sendable, Equatable {
  /// Noise with inertia.
  case ornsteinUhlenbeck(OrnsteinUhlenbeck)
  /// Every number drawn by itself from the normal distribution with mean 0.
  case gaussian(standardDeviation: Double)
}

/// The process of Uhlenbeck and Ornstein ("On the theory of the Brownian motion", 1930):
/// dx = -theta x dt + sigma dW, the velocity of a particle that is rubbed and pushed. By Euler's
/// method x becomes x - theta x dt + sigma sqrt(dt) N(0, 1).
///
/// In the long run that has mean 0, variance sigma^2 / (2 theta - theta^2 dt), and a correlation of
/// 1 - theta dt from one step to the next.
public struct OrnsteinUhlenbeck: Sendable, Equatable {
  /// How strongly x is drawn back to 0, per unit of time; theta dt is above 0 and below 2.
  public var theta: Double
  /// How strongly it is pushed, at least 0.
  public var sigma: Double
  /// The time from one step to the next, above 0.
  public var timeStep: Double

  /// A process, by default with the constants of Lillicrap et al. (2015).
  public init(theta: Double = 0.15, sigma: Double = 0.2, timeStep: Double = 1) {
    precondition(timeStep > 0, "noise needs a time step above 0, got \(timeStep)")
    precondition(
      theta * timeStep > 0 && theta * timeStep < 2,
      "noise needs theta dt above 0 and below 2, got \(theta * timeStep)")
    precondition(sigma >= 0, "noise needs a sigma of at least 0, got \(sigma)")
    self.theta = theta
    self.sigma = sigma
    self.timeStep = timeStep
  }

  /// The standard deviation of x in the long run.
  public var stationaryDeviation: Double {
    sigma / (2 * theta - theta * theta * timeStep).squareRoot()
  }
}

/// Noise as it runs: one number for every step of an episode.
public struct NoiseProcess: Sendable, Equatable {
  /// The noise of the last step; 0 at an episode's start.
  public private(set) var value = 0.0

  /// A process at the start of an episode.
  public init() {}

  /// Forgets the episode: the next number does not depend on those before.
  public mutating func reset() {
    value = 0
  }

  /// The noise of the next step.
  public mutating func next(_ noise: ExplorationNoise, random: inout RandomStream) -> Double {
    switch noise {
    case .gaussian(let standardDeviation):
      value = standardDeviation * random.normal()
    case .ornsteinUhlenbeck(let process):
      value +=
        -process.theta * value * process.timeStep
        + process.sigma * process.timeStep.squareRoot() * random.normal()
    }
    return value
  }
}

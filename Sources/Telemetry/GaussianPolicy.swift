#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// What a policy over one real number says of a state: a normal distribution, which has no bounds.
public struct GaussianPolicy: Sendable, Equatable {
  /// Its mean mu.
  public var mean: Double
  /// Its standard deviation sigma.
  public var deviation: Double

  /// A normal distribution.
  public init(mean: Double, deviation: Double) {
    self.mean = mean
    self.deviation = deviation
  }

  /// The distribution of two recorded outputs, mean and log deviation; nil of any others.
  public init?(outputs: [Float]) {
    guard outputs.count == 2 else { return nil }
    self.init(mean: Double(outputs[0]), deviation: exp(Double(outputs[1])))
  }

  /// The logarithm of its density, which may be above 0.
  public func logDensity(at action: Double) -> Double {
    let z = (action - mean) / deviation
    return -0.5 * z * z - log(deviation) - 0.5 * log(2 * Double.pi)
  }

  /// Its density.
  public func density(at action: Double) -> Double { exp(logDensity(at: action)) }

  /// How often an action is less than `bound`, 0 to 1.
  public func share(below bound: Double) -> Double {
    0.5 * erfc((mean - bound) / (deviation * 2.0.squareRoot()))
  }

  /// Its entropy in nats, which may be below 0.
  public var entropy: Double { 0.5 + log(deviation) + 0.5 * log(2 * Double.pi) }
}

/// The one action of a world, where that is a real number.
public struct ContinuousAction: Sendable, Equatable {
  /// Its symbol: `u`.
  public var symbol: String
  /// Its unit: `N m`.
  public var unit: String
  /// The least there is; in place of what is drawn below it is taken.
  public var low: Double
  /// The greatest there is.
  public var high: Double

  /// An action.
  public init(symbol: String, unit: String, low: Double, high: Double) {
    self.symbol = symbol
    self.unit = unit
    self.low = low
    self.high = high
  }

  /// The action that a record has as a whole number: the bits of a single-precision one, as it was
  /// drawn.
  public static func drawn(_ code: Int) -> Double {
    Double(Float(bitPattern: UInt32(truncatingIfNeeded: code)))
  }

  /// What was done in place of an action that was drawn.
  public func done(_ drawn: Double) -> Double { min(max(drawn, low), high) }
}

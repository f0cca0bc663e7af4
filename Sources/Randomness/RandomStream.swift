/// A seeded stream of random numbers: xoshiro256** (Blackman and Vigna, "Scrambled linear
/// pseudorandom number generators", 2018), its state filled by splitmix64.
///
/// A stream is named by a seed and a key. Every worker owns the stream of its own key, so worker 0
/// draws the same numbers whatever the number of workers (and `reset` never reseeds).
public struct RandomStream: RandomNumberGenerator, Sendable, Equatable {
  @usableFromInline var s0: UInt64
  @usableFromInline var s1: UInt64
  @usableFromInline var s2: UInt64
  @usableFromInline var s3: UInt64

  /// The stream named by `seed` and `key`.
  public init(seed: UInt64, key: UInt64 = 0) {
    var mixer = SplitMix64(state: seed ^ (key &* 0x9E37_79B9_7F4A_7C15) ^ (key << 32 | key >> 32))
    s0 = mixer.next()
    s1 = mixer.next()
    s2 = mixer.next()
    s3 = mixer.next()
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    let product = s1 &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = s3 << 45 | s3 >> 19
    return result
  }

  /// A number drawn uniformly from [0, 1), a multiple of 2^-24.
  @inlinable
  public mutating func uniformFloat() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// A number drawn uniformly from [0, 1), a multiple of 2^-53.
  @inlinable
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number drawn uniformly from [`low`, `high`).
  @inlinable
  public mutating func uniform(from low: Double, to high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// An integer drawn uniformly from 0 ..< `count`, by Lemire's multiplication with rejection.
  ///
  /// - Precondition: `count` is at least 1.
  @inlinable
  public mutating func below(_ count: Int) -> Int {
    precondition(count >= 1, "below(_:) needs a count of at least 1, got \(count)")
    let bound = UInt64(count)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }
}

/// The generator that fills the state of a `RandomStream` from one word
/// (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

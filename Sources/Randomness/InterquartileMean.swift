/// The mean of the middle half of scores: floor(n/4) of n are left out at each end, as
/// `scipy.stats.trim_mean(scores, 0.25)` and rliable do (Agarwal et al., "Deep reinforcement
/// learning at the edge of the statistical precipice", 2021). Not a number for no scores.
public func interquartileMean(of scores: [Double]) -> Double {
  let sorted = scores.sorted()
  let trimmed = scores.count / 4
  let middle = sorted[trimmed..<(sorted.count - trimmed)]
  guard let least = middle.first else { return .nan }
  // From the least upwards, so that equal scores give their own value to the last bit.
  return least + middle.reduce(0) { $0 + ($1 - least) } / Double(middle.count)
}

/// Percentile bootstrap intervals of the interquartile mean of n scores, each of one seed: the scores
/// are drawn anew n times with replacement, and the interval holds the middle of what their
/// interquartile mean would be.
///
/// Up to 14 scores the distribution over all n^n draws is exact; beyond, it is that of 100 000 seeded
/// draws. An end is the least value whose probability of not being exceeded is at least (1 -
/// confidence)/2, or (1 + confidence)/2. Made once for many sets of as many scores.
public struct InterquartileBootstrap: Sendable {
  /// Number of scores.
  public let count: Int
  /// The probability the interval is made for, such as 0.95.
  public let confidence: Double
  private let middles: [Middle]

  /// Scores up to which every possible draw is counted.
  public static let mostExact = 14
  /// Draws where they are not.
  public static let resamples = 100_000
  private static let seed: UInt64 = 0x1147_A71E_B007_57AB

  /// For sets of `count` scores.
  public init(count: Int, confidence: Double = 0.95) {
    self.count = count
    self.confidence = confidence
    middles =
      2...Self.mostExact ~= count ? MiddleDraws(scores: count).all : []
  }

  /// Whether intervals come from every possible draw.
  public var isExact: Bool { count <= Self.mostExact }

  /// The interval; nil for fewer than two scores, which say nothing of how they scatter.
  ///
  /// - Precondition: `count` scores.
  public func interval(of scores: [Double]) -> ClosedRange<Double>? {
    precondition(scores.count == count, "made for \(count) scores, got \(scores.count)")
    guard count >= 2 else { return nil }
    let sorted = scores.sorted()
    let above = sorted.map { $0 - sorted[0] }
    var means = isExact ? exactMeans(above) : drawnMeans(above)
    means.sort { $0.value < $1.value }
    let low = sorted[0] + Self.quantile((1 - confidence) / 2, of: means)
    let high = sorted[0] + Self.quantile((1 + confidence) / 2, of: means)
    return low...max(low, high)
  }

  private typealias Weighted = (value: Double, weight: Double)

  private func exactMeans(_ sorted: [Double]) -> [Weighted] {
    middles.map { middle in
      let sum = middle.ranks.reduce(0) { $0 + sorted[Int($1)] }
      return (sum / Double(middle.ranks.count), middle.probability)
    }
  }

  private func drawnMeans(_ sorted: [Double]) -> [Weighted] {
    var random = RandomStream(seed: Self.seed, key: UInt64(count))
    var times = [Int](repeating: 0, count: count)
    let trimmed = count / 4
    let weight = 1 / Double(Self.resamples)
    return (0..<Self.resamples).map { _ in
      for rank in times.indices { times[rank] = 0 }
      for _ in 0..<count { times[random.below(count)] += 1 }
      var sum = 0.0
      var place = 0
      for rank in times.indices where times[rank] > 0 {
        // How many of its copies lie in the middle half.
        let end = place + times[rank]
        sum += sorted[rank] * Double(max(0, min(end, count - trimmed) - max(place, trimmed)))
        place = end
      }
      return (sum / Double(count - 2 * trimmed), weight)
    }
  }

  /// - Parameter means: ascending.
  private static func quantile(_ share: Double, of means: [Weighted]) -> Double {
    var total = 0.0
    for mean in means {
      total += mean.weight
      // Sums of weights are off by some roundings.
      if total >= share - 1e-12 { return mean.value }
    }
    return means.last?.value ?? .nan
  }
}

/// One outcome of the middle half of n draws from n scores: the ranks drawn, ascending.
private struct Middle: Sendable {
  var ranks: [UInt8]
  /// How likely the draws have just this middle half.
  var probability: Double
}

/// Every possible middle half of n draws with replacement from n scores, with its probability.
private struct MiddleDraws {
  private let scores: Int
  private let trimmed: Int
  private let factorials: [Double]
  private(set) var all: [Middle] = []

  init(scores: Int) {
    self.scores = scores
    trimmed = scores / 4
    factorials = (1...max(1, scores)).reduce(into: [1.0]) { $0.append($0[$1 - 1] * Double($1)) }
    var ranks: [UInt8] = []
    extend(&ranks, from: 0)
  }

  private mutating func extend(_ ranks: inout [UInt8], from least: Int) {
    guard ranks.count < scores - 2 * trimmed else {
      all.append(Middle(ranks: ranks, probability: probability(of: ranks)))
      return
    }
    for rank in least..<scores {
      ranks.append(UInt8(rank))
      extend(&ranks, from: rank)
      ranks.removeLast()
    }
  }

  /// The multinomial probability, summed over what the trimmed draws may be: `below` of the lower
  /// ones are less than the middle's least and the others equal to it, and so at the upper end.
  private func probability(of ranks: [UInt8]) -> Double {
    guard let first = ranks.first, let last = ranks.last else { return 0 }
    let atFirst = ranks.count { $0 == first }
    let atLast = ranks.count { $0 == last }
    var between = 1.0
    for rank in first...last where rank != first && rank != last {
      between *= factorials[ranks.count { $0 == rank }]
    }
    var draws = 0.0
    for below in 0...trimmed {
      for above in 0...trimmed {
        let atEnds =
          first == last
          ? factorials[ranks.count + 2 * trimmed - below - above]
          : factorials[atFirst + trimmed - below] * factorials[atLast + trimmed - above]
        let ways = power(Int(first), below) * power(scores - 1 - Int(last), above)
        draws += ways / (atEnds * between * factorials[below] * factorials[above])
      }
    }
    return draws * factorials[scores] / power(scores, scores)
  }

  private func power(_ base: Int, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * Double(base) }
  }
}

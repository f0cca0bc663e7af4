import Randomness
import Testing

@Suite("Random streams")
struct RandomStreamTests {
  @Test("A stream depends on nothing but its seed and its key")
  func streams() {
    func numbers(_ seed: UInt64, _ key: UInt64) -> [UInt64] {
      var stream = RandomStream(seed: seed, key: key)
      return (0..<8).map { _ in stream.next() }
    }
    #expect(numbers(7, 0) == numbers(7, 0))
    // Streams made and used beside it leave worker 0's alone.
    var first = RandomStream(seed: 7, key: 0)
    var drawn: [UInt64] = []
    for step in 0..<8 {
      for key in 1...16 {
        var other = RandomStream(seed: 7, key: UInt64(key * 31 + step))
        _ = other.next()
      }
      drawn.append(first.next())
    }
    #expect(drawn == numbers(7, 0))
    var seen = Set<[UInt64]>()
    for seed in 0..<20 as Range<UInt64> {
      for key in 0..<50 as Range<UInt64> { seen.insert(numbers(seed, key)) }
    }
    #expect(seen.count == 1000)
  }

  @Test("Uniform numbers lie in [0, 1) with the mean and variance they should have")
  func uniform() {
    var stream = RandomStream(seed: 1)
    let doubles = RunningStatistics((0..<100_000).map { _ in stream.uniform() })
    let floats = RunningStatistics((0..<100_000).map { _ in Double(stream.uniformFloat()) })
    for statistics in [doubles, floats] {
      #expect(statistics.minimum >= 0 && statistics.maximum < 1)
      #expect(abs(statistics.mean - 0.5) < 4.5 * statistics.standardError)
      #expect(abs(statistics.variance - 1.0 / 12) < 0.001)
    }
    let spread = (0..<1000).map { _ in stream.uniform(from: -3, to: 5) }
    #expect(spread.allSatisfy { $0 >= -3 && $0 < 5 })
  }

  @Test("below(n) gives every integer equally often", arguments: [1, 2, 3, 6, 7, 10])
  func below(count: Int) {
    var stream = RandomStream(seed: 3, key: UInt64(count))
    let draws = 60_000
    var counts = [Int](repeating: 0, count: count)
    for _ in 0..<draws { counts[stream.below(count)] += 1 }
    let expected = Double(draws) / Double(count)
    let chiSquare = counts.reduce(0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    // Above the 99.99th percentile for up to 9 degrees of freedom.
    #expect(chiSquare < 34)
  }

  @Test("below(n) is unbiased for n beyond half of all words")
  func belowLarge() {
    // With 3/4 of 2^63 a plain remainder would prefer the lower part.
    let count = 3 << 61
    var stream = RandomStream(seed: 9)
    var lower = 0
    for _ in 0..<20_000 where stream.below(count) < count / 3 { lower += 1 }
    #expect(abs(Double(lower) - 20_000.0 / 3) < 4.5 * (20_000 * 2.0 / 9).squareRoot())
  }

  @Test("Normal draws have the moments and the tails of the normal distribution")
  func normal() {
    var stream = RandomStream(seed: 21)
    let draws = (0..<100_000).map { _ in stream.normal() }
    let statistics = RunningStatistics(draws)
    #expect(abs(statistics.mean) < 4.5 * statistics.standardError)
    #expect(abs(statistics.variance - 1) < 0.03)
    let skewness = draws.reduce(0) { $0 + $1 * $1 * $1 } / 100_000
    let kurtosis = draws.reduce(0) { $0 + $1 * $1 * $1 * $1 } / 100_000
    #expect(abs(skewness) < 0.06)
    #expect(abs(kurtosis - 3) < 0.15)
    let beyondTwo = draws.count { abs($0) > 1.959_964 }
    #expect(abs(beyondTwo - 5000) < 320)
  }
}

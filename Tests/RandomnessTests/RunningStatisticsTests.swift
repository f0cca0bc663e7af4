import Randomness
import Testing

@Suite("Running statistics")
struct RunningStatisticsTests {
  @Test("Mean, variance and extremes equal those computed from all numbers")
  func direct() {
    var stream = RandomStream(seed: 2)
    let numbers = (0..<500).map { _ in 1e6 + stream.normal() * 3 }
    let statistics = RunningStatistics(numbers)
    let mean = numbers.reduce(0, +) / 500
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(statistics.count == 500)
    #expect(abs(statistics.mean - mean) < 1e-8)
    #expect(abs(statistics.variance - squares / 500) < 1e-8)
    #expect(abs(statistics.sampleVariance - squares / 499) < 1e-8)
    #expect(abs(statistics.standardDeviation - (squares / 500).squareRoot()) < 1e-8)
    #expect(abs(statistics.standardError - (squares / 499 / 500).squareRoot()) < 1e-8)
    #expect(statistics.minimum == numbers.min())
    #expect(statistics.maximum == numbers.max())
  }

  @Test("Merged statistics are those of all numbers", arguments: [0, 1, 3, 250, 499, 500])
  func merging(split: Int) {
    var stream = RandomStream(seed: 6)
    let numbers = (0..<500).map { _ in stream.normal() }
    var merged = RunningStatistics(numbers[..<split])
    merged.merge(RunningStatistics(numbers[split...]))
    let whole = RunningStatistics(numbers)
    #expect(merged.count == whole.count)
    #expect(abs(merged.mean - whole.mean) < 1e-12)
    #expect(abs(merged.variance - whole.variance) < 1e-12)
    #expect(merged.minimum == whole.minimum)
    #expect(merged.maximum == whole.maximum)
  }

  @Test("Nothing and a single number have no spread")
  func few() {
    let none = RunningStatistics()
    #expect(none.mean == 0 && none.variance == 0 && none.standardError == 0)
    #expect(none.minimum == .infinity && none.maximum == -.infinity)
    let one = RunningStatistics([4.5])
    #expect(one.mean == 4.5 && one.variance == 0 && one.sampleVariance == 0)
    #expect(one.minimum == 4.5 && one.maximum == 4.5)
  }
}

import Randomness
import Testing

@Suite("Interquartile means and their intervals")
struct InterquartileMeanTests {
  /// Scores; `scipy.stats.trim_mean(scores, 0.25)` (SciPy 1.17); the 2.5 % and 97.5 % quantiles of
  /// the trimmed mean over all multisets of n draws with their multinomial weights, enumerated with
  /// Python's `itertools` and NumPy.
  static let reference: [(scores: [Double], mean: Double, low: Double, high: Double)] = [
    ([3, 1], 2, 1, 3),
    ([2, 7, 5], 4.666666666666667, 2, 7),
    ([1, 2, 3, 4], 2.5, 1, 4),
    ([9.5, 200, 500, 487.3, 13.2], 233.5, 10.733333333333334, 495.76666666666665),
    ([500, 475.5, 121, 333.25, 498, 77, 410], 367.55, 191.9, 482),
    ([0.1, 0.4, -0.3, 2.5, 0.9, 0.75, -1.2, 0.33], 0.395, -0.2675, 1.1375),
    (ten, 458.2833333333333, 322, 498.4166666666667),
  ]
  static let ten = [492.1, 500, 500, 431.7, 213.4, 499.2, 87.3, 500, 476.5, 350.2]

  @Test("means and intervals are those of SciPy and of a brute force", arguments: reference.indices)
  func agreesWithReference(index: Int) throws {
    let expected = Self.reference[index]
    let bootstrap = InterquartileBootstrap(count: expected.scores.count)
    let interval = try #require(bootstrap.interval(of: expected.scores))
    #expect(bootstrap.isExact)
    #expect(abs(interquartileMean(of: expected.scores) - expected.mean) < 1e-9)
    #expect(abs(interval.lowerBound - expected.low) < 1e-9)
    #expect(abs(interval.upperBound - expected.high) < 1e-9)
  }

  @Test("beyond 14 scores the interval is that of many draws, the same at every call")
  func drawn() throws {
    // 400 000 draws of NumPy give 5.356 and 10.168; the quantiles of 100 000 scatter by some 0.01.
    let scores = [
      0, 1, 2.46, 4.17, 6.06, 8.1, 10.27, 12.55, 14.93, 0.4, 2.95, 5.58, 8.29, 11.06, 13.9, 16.8,
      2.76, 5.77, 8.84, 11.96, 15.13, 1.35, 4.61, 7.92, 11.27, 14.66, 1.1, 4.57, 8.09, 11.64, 15.23,
    ]
    let bootstrap = InterquartileBootstrap(count: scores.count)
    let interval = try #require(bootstrap.interval(of: scores))
    #expect(!bootstrap.isExact)
    #expect(abs(interquartileMean(of: scores) - 7.714705882352941) < 1e-12)
    #expect(abs(interval.lowerBound - 5.356) < 0.04)
    #expect(abs(interval.upperBound - 10.168) < 0.04)
    #expect(bootstrap.interval(of: scores) == interval)
    #expect(bootstrap.interval(of: scores.reversed()) == interval)
  }

  @Test("drawing scores agrees with counting them where both are possible")
  func agreement() throws {
    // Fourteen scores are counted, fifteen are drawn: one more in the middle changes little.
    let scores = (0..<14).map { Double($0) }
    let counted = try #require(InterquartileBootstrap(count: 14).interval(of: scores))
    let drawn = try #require(InterquartileBootstrap(count: 15).interval(of: scores + [6.5]))
    #expect(abs(counted.lowerBound - drawn.lowerBound) < 0.5)
    #expect(abs(counted.upperBound - drawn.upperBound) < 0.5)
  }

  @Test("equal scores give a point, however many", arguments: [2, 5, 10, 14, 20])
  func equalScores(count: Int) throws {
    let scores = [Double](repeating: 0.1, count: count)
    #expect(interquartileMean(of: scores) == 0.1)
    #expect(InterquartileBootstrap(count: count).interval(of: scores) == 0.1...0.1)
  }

  @Test("order does not matter; shifts and scales carry over; the mean lies within")
  func equivariance() throws {
    var random = RandomStream(seed: 3)
    for count in [2, 3, 6, 9, 11] {
      let bootstrap = InterquartileBootstrap(count: count)
      let scores = (0..<count).map { _ in random.normal() }
      let interval = try #require(bootstrap.interval(of: scores))
      #expect(interval.contains(interquartileMean(of: scores)))
      #expect(bootstrap.interval(of: scores.shuffled(using: &random)) == interval)
      let moved = try #require(bootstrap.interval(of: scores.map { 3 * $0 - 7 }))
      #expect(abs(moved.lowerBound - (3 * interval.lowerBound - 7)) < 1e-9)
      #expect(abs(moved.upperBound - (3 * interval.upperBound - 7)) < 1e-9)
    }
  }

  @Test("more confidence gives a wider interval, none of it beyond the scores")
  func confidence() throws {
    let widths = try [0.5, 0.9, 0.99, 0.999999999].map { confidence in
      let interval = try #require(
        InterquartileBootstrap(count: 10, confidence: confidence).interval(of: Self.ten))
      #expect(interval.lowerBound >= 87.3 && interval.upperBound <= 500)
      return interval.upperBound - interval.lowerBound
    }
    #expect(widths == widths.sorted() && Set(widths).count == 4)
  }

  @Test("one score claims no interval, none has no mean")
  func few() {
    #expect(InterquartileBootstrap(count: 1).interval(of: [4]) == nil)
    #expect(InterquartileBootstrap(count: 0).interval(of: []) == nil)
    #expect(interquartileMean(of: [4]) == 4)
    #expect(interquartileMean(of: []).isNaN)
  }

  @Test("intervals cover the mean of what scores are drawn from about as often as they say")
  func coverage() throws {
    // For ten uniform scores the percentile bootstrap covers in about 91 of 100.
    var random = RandomStream(seed: 11)
    let bootstrap = InterquartileBootstrap(count: 10)
    let covered = try (0..<300).count { _ in
      let interval = try #require(bootstrap.interval(of: (0..<10).map { _ in random.uniform() }))
      return interval.contains(0.5)
    }
    #expect((250...292).contains(covered))
  }
}

import Randomness
import Telemetry
import Testing
import Threads

@testable import Training

@Suite("Series, histograms, rings")
struct SeriesTests {
  @Test("A series keeps order, counts, band and mean, whatever its length", arguments: [2, 4, 512])
  func series(capacity: Int) {
    var random = RandomStream(seed: 1)
    var series = MetricSeries(capacity: capacity)
    var (sum, least, greatest) = (0.0, Double.infinity, -Double.infinity)
    for count in 1...5_000 {
      let value = random.normal()
      series.append(step: 3 * count, low: value - 1, middle: value, high: value + 1)
      sum += value
      least = min(least, value - 1)
      greatest = max(greatest, value + 1)
      #expect(series.buckets.count <= capacity)
      guard count % 997 == 0 else { continue }
      #expect(series.buckets.reduce(0) { $0 + $1.count } == count)
      #expect(series.buckets.first?.firstStep == 3 && series.buckets.last?.lastStep == 3 * count)
      for (a, b) in zip(series.buckets, series.buckets.dropFirst()) {
        #expect(a.lastStep < b.firstStep)
      }
      #expect(series.buckets.map(\.low).min() == least)
      #expect(series.buckets.map(\.high).max() == greatest)
      let total = series.buckets.reduce(0) { $0 + $1.middle * Double($1.count) }
      #expect(abs(total - sum) < 1e-6)
    }
    #expect(capacity > 5_000 || series.buckets.count >= capacity / 2)
  }

  @Test("A series leaves out what is not finite")
  func notFinite() {
    var series = MetricSeries()
    series.append(step: 1, .nan)
    series.append(step: 2, low: -.infinity, middle: 0, high: 1)
    #expect(series.buckets.isEmpty && series.latest == nil)
    series.append(step: 3, 4)
    #expect(series.latest == 4)
  }

  @Test("A histogram counts every finite value once, at its edges too")
  func histogram() {
    let histogram = Histogram([0, 1, 2, 3, 4, .nan, .infinity, -.infinity], bins: 4)
    #expect(histogram.counts == [1, 1, 1, 2] && histogram.low == 0 && histogram.high == 4)
    #expect(Histogram([Double](), bins: 4).counts.isEmpty)
    #expect(Histogram([Double.nan], bins: 4).counts.isEmpty)
    #expect(Histogram([1.0], bins: 0).counts.isEmpty)
    #expect(Histogram([7.0, 7, 7], bins: 3).counts == [0, 3, 0])
    let extremes = [-Double.greatestFiniteMagnitude, 0, Double.greatestFiniteMagnitude]
    #expect(Histogram(extremes, bins: 4).counts.reduce(0, +) == 3)
    #expect(Histogram([0, Double.leastNonzeroMagnitude], bins: 24).counts.reduce(0, +) == 2)
  }

  @Test("A ring holds the latest values, the oldest first")
  func ring() {
    var ring = Ring<Int>(capacity: 4, filler: 0)
    #expect(ring.elements.isEmpty && ring.last == nil)
    for count in 1...11 {
      ring.append(count)
      #expect(ring.elements == Array(max(1, count - 3)...count))
      #expect(ring.last == count && ring.count == min(count, 4))
    }
    ring.removeAll()
    #expect(ring.elements.isEmpty && ring.last == nil)
  }

  @Test("The log of episodes is in the order of steps, though threads overtake one another")
  func episodeLog() {
    let log = EpisodeLog(watched: true)
    for (count, step) in [5, 9, 7, 12].enumerated() {
      let total = log.append(
        .init(step: step, worker: 0, undiscountedReturn: Double(step), length: 1))
      #expect(total == count + 1)
    }
    #expect(log.takeUnseen().map(\.step) == [5, 9, 9, 12])
    #expect(log.takeUnseen().isEmpty)
    #expect(log.summary.episodes == 4 && log.summary.meanReturn == 33.0 / 4)
    for _ in 0..<200 { _ = log.append(.init(step: 1, worker: 0, undiscountedReturn: 1, length: 1)) }
    #expect(log.summary.episodes == 204 && log.summary.meanReturn == 1)
  }

  @Test("A walk hands out as many turns as its time allows, and forgets what it cannot catch up")
  func pace() {
    var pace = Pace(speed: .multiple(2), realTimeRate: 50, now: 0)
    var turns = 0
    for tick in 1...1_000 {
      let due = pace.due(now: Double(tick) / 1_000)
      if due > 0 {
        pace.take(due)
        turns += due
      }
    }
    #expect((99...100).contains(turns))
    #expect(pace.due(now: 100) == 1)
    #expect(pace.secondsToNext(now: 100) <= 0.011)
    for speed in [Speed.multiple(0), .multiple(-1), .multiple(.nan), .multiple(.infinity)] {
      pace.change(to: speed, now: 0)
      #expect(pace.due(now: 0.01) >= 0)
      #expect(pace.secondsToNext(now: 0).isFinite)
    }
  }
}

/// A metric over environment steps in bounded memory: buckets of low, middle and high.
///
/// When the buckets are full, neighbours are merged in pairs, so a series covers a whole run of any
/// length at a resolution of `capacity / 2` buckets or better. Low is the least of the lows, high
/// the greatest of the highs, middle the mean weighted by counts.
public struct MetricSeries: Sendable, Equatable {
  /// What was measured within a stretch of steps.
  public struct Bucket: Sendable, Equatable {
    /// The step of the first measurement.
    public var firstStep: Int
    /// The step of the last measurement.
    public var lastStep: Int
    /// The lower edge of the band.
    public var low: Double
    /// The line.
    public var middle: Double
    /// The upper edge of the band.
    public var high: Double
    /// Number of measurements.
    public var count: Int
  }

  /// The buckets in the order of their steps.
  public private(set) var buckets: [Bucket] = []
  /// Most buckets ever held; even, at least 2.
  public let capacity: Int
  /// Measurements a full bucket holds; doubles at every merge.
  public private(set) var span: Int = 1

  /// An empty series.
  public init(capacity: Int = 512) {
    precondition(capacity >= 2 && capacity % 2 == 0, "a series needs an even capacity")
    self.capacity = capacity
  }

  /// The last bucket's middle; nil when nothing was measured.
  public var latest: Double? { buckets.last?.middle }

  /// Adds a measurement with its band. Steps must not decrease.
  public mutating func append(step: Int, low: Double, middle: Double, high: Double) {
    guard middle.isFinite, low.isFinite, high.isFinite else { return }
    let new = Bucket(
      firstStep: step, lastStep: step, low: low, middle: middle, high: high, count: 1)
    if let last = buckets.last, last.count < span {
      buckets[buckets.count - 1] = Self.merge(last, new)
      return
    }
    if buckets.count == capacity { halve() }
    buckets.append(new)
  }

  /// Adds a single measurement.
  public mutating func append(step: Int, _ value: Double) {
    append(step: step, low: value, middle: value, high: value)
  }

  private mutating func halve() {
    buckets = stride(from: 0, to: capacity, by: 2).map { i in
      Self.merge(buckets[i], buckets[i + 1])
    }
    span *= 2
  }

  private static func merge(_ a: Bucket, _ b: Bucket) -> Bucket {
    let count = a.count + b.count
    let middle = (a.middle * Double(a.count) + b.middle * Double(b.count)) / Double(count)
    return Bucket(
      firstStep: a.firstStep, lastStep: b.lastStep, low: min(a.low, b.low), middle: middle,
      high: max(a.high, b.high), count: count)
  }
}

/// Counts of values in equal bins from `low` to `high`.
public struct Histogram: Sendable, Equatable {
  /// The lower edge of the first bin.
  public var low: Double = 0
  /// The upper edge of the last bin.
  public var high: Double = 0
  /// How many values fell into each bin; empty when there is nothing to show.
  public var counts: [Int] = []

  /// Nothing counted yet.
  public init() {}

  /// The values in `bins` equal bins between their least and greatest; non-finite ones are left out.
  public init(_ values: some Sequence<Double>, bins: Int) {
    let finite = values.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max(), bins > 0 else { return }
    low = least
    high = greatest
    counts = Array(repeating: 0, count: bins)
    for value in finite {
      // Halves, so that the width of the widest range is finite too.
      let share = (value / 2 - least / 2) / (greatest / 2 - least / 2)
      let bin = share.isFinite ? Int(share * Double(bins)) : bins / 2
      counts[min(max(bin, 0), bins - 1)] += 1
    }
  }
}

internal import Telemetry

/// What of a curve its y axis shows: a few outliers must not squeeze all the rest.
extension MetricSeries {
  /// The whole course of the line, and its band but for the extremes; nil without measurements.
  var wholeRange: ClosedRange<Double>? {
    let middles = buckets.map(\.middle)
    return Self.range(
      low: [Self.quantile(0.03, of: middles), Self.quantile(0.1, of: buckets.map(\.low))],
      high: [middles.max(), Self.quantile(0.9, of: buckets.map(\.high))])
  }

  /// The line and the band of late, zero among them; nil without measurements.
  ///
  /// A side of the band that goes far beyond everything else, as when an episode ends in a fall, is
  /// followed for a few times the other side's width.
  var recentRange: ClosedRange<Double>? {
    guard let first = buckets.first, let last = buckets.last else { return nil }
    let start = last.lastStep - (last.lastStep - first.firstStep) / 3
    let recent = buckets.suffix(max(4, buckets.lazy.filter { $0.lastStep >= start }.count))
    let middles = recent.map(\.middle)
    let size = middles.lazy.map { abs($0) }.max() ?? 0
    let low = min(0, Self.quantile(0.2, of: recent.map(\.low)) ?? 0)
    let high = max(0, Self.quantile(0.8, of: recent.map(\.high)) ?? 0)
    let most = 4 * max(size, min(-low, high))
    return Self.range(
      low: [middles.min(), most > 0 ? max(low, -most) : low],
      high: [middles.max(), most > 0 ? min(high, most) : high])
  }

  private static func range(low: [Double?], high: [Double?]) -> ClosedRange<Double>? {
    guard let least = low.compactMap(\.self).min(), let greatest = high.compactMap(\.self).max()
    else { return nil }
    return min(least, greatest)...max(least, greatest)
  }

  /// The value below which a share of the values lies; nil without values.
  private static func quantile(_ share: Double, of values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    return values.sorted()[Int((share * Double(values.count - 1)).rounded())]
  }
}

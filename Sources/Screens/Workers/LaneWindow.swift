import CellCanvas
import Telemetry

/// The stretch of training time lanes show: whole columns, each worth a round number of seconds.
///
/// Columns lie on a fixed raster of time, so that lanes move by whole columns and do not shimmer.
struct LaneWindow: Equatable {
  /// Seconds of a column.
  let secondsPerColumn: Double
  /// The raster's number of the last column.
  let lastColumn: Int
  /// Number of columns.
  let width: Int

  /// A window for lanes; nil where there is nothing to show. Each zoom doubles the time.
  ///
  /// About three columns for a stretch: a rollout of pull, act, learn and push takes a dozen.
  init?(lanes: [[LaneSpan]], width: Int, zoom: Int) {
    let spans = lanes.filter { !$0.isEmpty }
    guard width > 0, let end = spans.compactMap(\.last?.end).filter(\.isFinite).max() else {
      return nil
    }
    let lengths = spans.map { lane in
      ((lane.last?.end ?? 0) - (lane.first?.start ?? 0)) / Double(lane.count)
    }
    let typical = lengths.filter { $0.isFinite && $0 > 0 }.sorted()
    guard !typical.isEmpty else { return nil }
    let round = Self.roundedDown(typical[typical.count / 2] / 3)
    secondsPerColumn = zoom < 0 ? round / Double(1 << -zoom) : round * Double(1 << zoom)
    let last = end / secondsPerColumn
    guard last.isFinite, abs(last) < 1e15 else { return nil }
    lastColumn = Int(last.rounded(.down))
    self.width = width
  }

  /// The column of a moment, 0 ..< width where it is in sight.
  func column(of seconds: Double) -> Int {
    let place = (seconds / secondsPerColumn).rounded(.down)
    guard place.isFinite else { return -1 }
    return Int(max(-1e15, min(1e15, place))) - lastColumn + width - 1
  }

  /// Seconds shown.
  var seconds: Double { Double(width) * secondsPerColumn }

  /// The greatest 1, 2 or 5 times a power of ten that is not above a value.
  private static func roundedDown(_ value: Double) -> Double {
    var power = 1.0
    while power > value && power > 1e-12 { power /= 10 }
    while power * 10 <= value && power < 1e9 { power *= 10 }
    return value >= 5 * power ? 5 * power : value >= 2 * power ? 2 * power : power
  }

  /// Seconds in words: `200 ms`, `40 µs`, `1.5 s`.
  static func text(_ seconds: Double) -> String {
    if seconds >= 1 { return NumberFormat.setting((seconds * 10).rounded() / 10) + " s" }
    if seconds >= 1e-3 { return NumberFormat.setting((seconds * 1e4).rounded() / 10) + " ms" }
    return NumberFormat.setting((seconds * 1e7).rounded() / 10) + " µs"
  }
}

/// Environment steps per second over about the last second.
struct RateMeter {
  private var points: [(time: Double, steps: Int)] = []
  private static let span = 1.0

  mutating func rate(steps: Int, now: Double, running: Bool) -> Double {
    guard running else {
      points.removeAll()
      return 0
    }
    points.append((now, steps))
    while points.count > 2, now - points[1].time >= Self.span { points.removeFirst() }
    guard let first = points.first, now > first.time else { return 0 }
    return Double(steps - first.steps) / (now - first.time)
  }
}

/// Mean staleness of the pushes of about the last second.
struct StalenessMeter {
  private var points: [(pushes: Int, total: Int)] = []
  private static let span = 30

  mutating func note(pushes: Int, total: Int) {
    if let last = points.last, pushes < last.pushes { points.removeAll() }
    points.append((pushes, total))
    if points.count > Self.span { points.removeFirst() }
  }

  var mean: Double {
    guard let first = points.first, let last = points.last, last.pushes > first.pushes else {
      return points.last.map { $0.pushes > 0 ? Double($0.total) / Double($0.pushes) : 0 } ?? 0
    }
    return Double(last.total - first.total) / Double(last.pushes - first.pushes)
  }
}

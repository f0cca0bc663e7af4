/// Adds up the time of training: it runs while the agent learns, waits for its pace included, and
/// stands while the run is paused or the greedy policy evaluated.
struct Stopwatch: Sendable {
  private(set) var seconds = 0.0
  private var began: Double?

  /// Runs from now on, if it does not already.
  mutating func start(at now: Double) {
    if began == nil { began = now }
  }

  /// Stands from now on.
  mutating func stop(at now: Double) {
    seconds = seconds(at: now)
    began = nil
  }

  /// Seconds up to now.
  func seconds(at now: Double) -> Double {
    seconds + (began.map { now - $0 } ?? 0)
  }
}

internal import Threads

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Progress of many runs on standard error, with the time left: redrawn in place on a terminal, else
/// a plain line every few seconds.
struct ExperimentProgress {
  private let runs: Int
  private let start = MonotonicClock.seconds
  private let onTerminal = isatty(STDERR_FILENO) == 1
  private var lastShown: Double
  private var hasShown = false

  init(runs: Int) {
    self.runs = runs
    lastShown = start
  }

  mutating func show(share: Double) {
    let now = MonotonicClock.seconds
    guard share > 0, share < 1, now >= lastShown + (onTerminal ? 0.2 : 5) else { return }
    lastShown = now
    hasShown = true
    let left = (now - start) * (1 - share) / share
    let text =
      "\(Int(share * Double(runs))) of \(runs) runs  \(Int(share * 100)) %  "
      + "\(Quantity.duration(left)) left"
    StandardError.write(onTerminal ? "\r\u{1B}[K\(text)" : "\(text)\n")
  }

  func clear() {
    if hasShown && onTerminal { StandardError.write("\r\u{1B}[K") }
  }
}

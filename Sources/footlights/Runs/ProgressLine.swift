internal import Training

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Progress of a run on standard error: redrawn in place on a terminal, else a plain line every few
/// seconds.
struct ProgressLine {
  /// Seconds between two looks at the run.
  static let interval = 0.2
  private static let plainEvery = 25

  private let limit: Int?
  private let onTerminal: Bool
  private var looks = 0
  private var shown = false

  init(configuration: RunConfiguration) {
    limit = configuration.stepLimit
    onTerminal = isatty(STDERR_FILENO) == 1
  }

  mutating func show(_ progress: TrainingProgress) {
    looks += 1
    guard onTerminal || looks % Self.plainEvery == 0 else { return }
    let rate = progress.seconds > 0 ? Double(progress.steps) / progress.seconds : 0
    var text = "\(Quantity.count(progress.steps)) steps  \(Quantity.count(Int(rate)))/s"
    if let mean = progress.meanReturn { text += "  return \(Quantity.short(mean))" }
    if let limit, rate > 0, limit > progress.steps {
      text += "  \(Quantity.duration(Double(limit - progress.steps) / rate)) left"
    }
    StandardError.write(onTerminal ? "\r\u{1B}[K\(text)" : "\(text)\n")
    shown = true
  }

  mutating func clear() {
    if shown && onTerminal { StandardError.write("\r\u{1B}[K") }
  }
}

/// Numbers for people.
enum Quantity {
  /// `950`, `12.4 k`, `1.31 M`.
  static func count(_ value: Int) -> String {
    switch abs(value) {
    case ..<10_000: "\(value)"
    case ..<1_000_000: "\(rounded(Double(value) / 1e3, 1)) k"
    default: "\(rounded(Double(value) / 1e6, 2)) M"
    }
  }

  /// Two decimals at most.
  static func short(_ value: Double) -> String { rounded(value, abs(value) < 10 ? 3 : 1) }

  /// `0:12`, `1:02:03`.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(max(0, min(seconds, 1e9)).rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    let padded = rest < 10 ? "0\(rest)" : "\(rest)"
    guard hours > 0 else { return "\(minutes):\(padded)" }
    return "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(padded)"
  }

  private static func rounded(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    let factor = decimals == 1 ? 10.0 : decimals == 2 ? 100.0 : 1000.0
    return "\((value * factor).rounded() / factor)"
  }
}

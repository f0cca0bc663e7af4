internal import Telemetry

/// Digits after the point that returns of a run are shown with.
struct ReturnDigits {
  /// Of a return, a value, a target.
  let value: Int
  /// Of a difference of two.
  let difference: Int

  init(of run: RunDescription) {
    let isSmall = (run.solvedReturn ?? 1) < 20
    value = isSmall ? 3 : 2
    difference = 3
  }
}

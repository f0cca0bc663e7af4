internal import CKernels

/// The floating-point mode of a thread in which denormal numbers count as zero.
///
/// Where a gradient stays 0, the mean squares of RMSProp and Adam decay to denormal numbers, with
/// which processors compute many times slower. Every thread that trains enables the mode once.
public enum FlushToZero {
  /// Makes the calling thread treat denormal numbers as zero, in operands and in results.
  public static func enable() {
    footlights_flush_to_zero()
  }

  /// Runs `body` in the mode, whatever the thread's own is.
  public static func during<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard !isEnabled else { return try body() }
    footlights_flush_to_zero()
    defer { footlights_keep_denormals() }
    return try body()
  }

  /// Whether the calling thread does.
  public static var isEnabled: Bool {
    footlights_flushes_to_zero() != 0
  }
}

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

  /// Whether the calling thread does.
  public static var isEnabled: Bool {
    footlights_flushes_to_zero() != 0
  }
}

internal import CKernels

/// The length of a whole gradient, and clipping by it.
///
/// Squares are added up in blocks of fixed size, and the blocks in order, so that the result does
/// not depend on how many threads computed the blocks.
public enum GradientNorm {
  /// Floats in a block.
  public static let blockSize = 1024

  /// Number of blocks in a vector of `count` floats.
  public static func blocks(count: Int) -> Int {
    (count + blockSize - 1) / blockSize
  }

  /// Writes the sum of squares of each block of `blocks` into `sums`, which has a place for every
  /// block of the vector.
  ///
  /// - Precondition: `count` is a multiple of 16.
  public static func blockSums(
    _ gradient: UnsafePointer<Float>, count: Int, blocks: Range<Int>,
    into sums: UnsafeMutablePointer<Double>, kernels: KernelTable = .fast
  ) {
    for block in blocks {
      sums[block] = blockSum(gradient, count: count, block: block, kernels: kernels)
    }
  }

  /// The global norm: the root of the sum of all squares, blocks added up in order.
  ///
  /// - Precondition: `count` is a multiple of 16.
  public static func norm(
    _ gradient: UnsafePointer<Float>, count: Int, kernels: KernelTable = .fast
  ) -> Double {
    var sum = 0.0
    for block in 0..<blocks(count: count) {
      sum += blockSum(gradient, count: count, block: block, kernels: kernels)
    }
    return sum.squareRoot()
  }

  /// The global norm from the sums of all blocks: the same bits as `norm(_:count:)`.
  public static func norm(blockSums sums: UnsafePointer<Double>, blocks: Int) -> Double {
    var sum = 0.0
    for block in 0..<blocks { sum += sums[block] }
    return sum.squareRoot()
  }

  /// The factor that shortens a gradient of length `norm` to `limit`: min(1, limit / (norm +
  /// 1e-6)), as in PyTorch's `clip_grad_norm_`. Without a limit, 1.
  public static func clippingFactor(norm: Double, limit: Double?) -> Float {
    guard let limit else { return 1 }
    return Float(min(1, limit / (norm + 1e-6)))
  }

  private static func blockSum(
    _ gradient: UnsafePointer<Float>, count: Int, block: Int, kernels: KernelTable
  ) -> Double {
    precondition(count % 16 == 0, "a gradient comes in sixteens, got \(count)")
    let start = block * blockSize
    return kernels.functions.pointee.sum_of_squares(
      gradient + start, min(blockSize, count - start))
  }
}

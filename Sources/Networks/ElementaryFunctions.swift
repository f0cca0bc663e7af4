/// The exponential and the logarithm in single precision, as polynomials (Moshier's Cephes library,
/// `expf.c` and `logf.c`): about 1e-7 of relative error, the same bits everywhere, small enough to
/// be inlined, and a NaN stays a NaN.
@usableFromInline
enum ElementaryFunctions {
  /// e to the power of `x`; 0 below -87, where the result would be denormal.
  @inlinable @inline(__always)
  static func exp(_ x: Float) -> Float {
    if x < -87 { return 0 }
    if x > 88 { return .infinity }
    // Adding 1.5 * 2^23 rounds to an integer, which then stands in the lowest bits.
    let shifted = x * 1.442_695_04 + 12_582_912
    let power = shifted - 12_582_912
    let r = (x - power * 0.693_359_375) + power * 2.121_944_4e-4
    var y: Float = 1.987_569_15e-4
    y = y * r + 1.398_199_950_7e-3
    y = y * r + 8.333_451_907_3e-3
    y = y * r + 4.166_579_589_4e-2
    y = y * r + 1.666_666_545_9e-1
    y = y * r + 5.000_000_120_1e-1
    y = y * (r * r) + r + 1
    let exponent = (shifted.bitPattern &- 0x4B40_0000) &+ 127
    return y * Float(bitPattern: exponent << 23)
  }

  /// The natural logarithm of a positive, normal `x`.
  @inlinable @inline(__always)
  static func log(_ x: Float) -> Float {
    if !(x < .infinity) { return x }
    // x = m 2^e with m from sqrt(1/2) to sqrt 2.
    let bits = x.bitPattern &- 0x3F35_04F3
    let e = Float(Int32(bitPattern: bits) >> 23)
    let m = Float(bitPattern: (bits & 0x007F_FFFF) &+ 0x3F35_04F3) - 1
    let z = m * m
    var y: Float = 7.037_683_629_2e-2
    y = y * m - 1.151_461_031e-1
    y = y * m + 1.167_699_874e-1
    y = y * m - 1.242_014_084_6e-1
    y = y * m + 1.424_932_278_7e-1
    y = y * m - 1.666_805_766_5e-1
    y = y * m + 2.000_071_476_5e-1
    y = y * m - 2.499_999_399_3e-1
    y = y * m + 3.333_333_117_4e-1
    y = y * m * z - 2.121_944_4e-4 * e - 0.5 * z
    return m + y + 0.693_359_375 * e
  }
}

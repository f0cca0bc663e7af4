extension NumberFormat {
  /// 10 to the power of -330 to 308.
  static func powerOfTen(_ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<abs(exponent) { power *= 10 }
    return exponent < 0 ? 1 / power : power
  }

  /// The greatest exponent e with 10^e <= value, for a positive finite value.
  static func exponent(of value: Double) -> Int {
    var exponent = 0
    var rest = value
    while rest >= 10 {
      rest /= 10
      exponent += 1
    }
    while rest < 1, rest > 0, exponent > -320 {
      rest *= 10
      exponent -= 1
    }
    return exponent
  }

  /// The product rounded to a whole number as if it had been computed exactly, ties to even.
  static func roundedProduct(_ value: Double, _ scale: Double) -> Double {
    let product = value * scale
    let whole = product.rounded(.down)
    // A product may round onto a tie; its error, which a fused multiply-add gives, decides.
    if product - whole == 0.5 {
      let error = (-product).addingProduct(value, scale)
      if error > 0 { return whole + 1 }
      if error < 0 { return whole }
    }
    return product.rounded(.toNearestOrEven)
  }

  /// Digits after the point that a step between round numbers needs, 0 to 6.
  static func decimals(of step: Double) -> Int {
    var scaled = step
    for digits in 0..<6 {
      if abs(scaled - scaled.rounded()) < 1e-6 * max(scaled, 1), scaled.rounded() > 0 {
        return digits
      }
      scaled *= 10
    }
    return 6
  }

  static func figuresBeforePoint(_ size: Double) -> Int {
    size < 1 ? min(0, exponent(of: size) + 1) : exponent(of: size) + 1
  }

  static func prefix(of size: Double) -> (unit: Double, name: String) {
    if size >= 1e12 { return (1e12, " T") }
    if size >= 1e9 { return (1e9, " G") }
    if size >= 1e6 { return (1e6, " M") }
    if size >= 1e3 { return (1e3, " k") }
    return (1, "")
  }

  static func threeFigures(_ value: Double, figures: Int) -> String {
    guard value.isFinite else { return fixed(value, decimals: 0) }
    var size = abs(value)
    if size == 0 { return "0" }
    guard size < 1e15, size >= 0.01 else {
      return (value < 0 ? "-" : "") + scientific(size, figures: figures)
    }
    // 999.6 k is 1.00 M: the unit is that of the rounded number.
    let last = powerOfTen(exponent(of: size) + 1 - figures)
    size = (size / last).rounded() * last
    let (unit, name) = prefix(of: size)
    let isWhole = unit == 1 && abs(value) == abs(value).rounded()
    let digits = isWhole ? 0 : max(0, figures - figuresBeforePoint(max(1, size / unit)))
    return fixed(value / unit, decimals: digits) + name
  }

  /// `7e-4`, `1.23e18`: a positive number with at most `figures` figures.
  static func scientific(_ size: Double, figures: Int = 3) -> String {
    var exponent = exponent(of: size)
    // Two factors, since a power of ten beyond 10^308 does not exist.
    let half = exponent / 2
    var mantissa = size / powerOfTen(half) / powerOfTen(exponent - half)
    if roundedProduct(mantissa, powerOfTen(figures - 1)) >= powerOfTen(figures) {
      mantissa /= 10
      exponent += 1
    }
    return withoutTrailingZeros(fixed(mantissa, decimals: figures - 1)) + "e\(exponent)"
  }

  static func withoutLeadingZero(_ text: String) -> String {
    for prefix in ["0.", "-0.", "+0."] where text.hasPrefix(prefix) {
      return String(prefix.dropLast(2)) + String(text.dropFirst(prefix.count - 1))
    }
    return text
  }

  static func withoutTrailingZeros(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }
}

extension Color {
  /// Red, green and blue of xterm's sixteen colours, the common default.
  public static let xtermAnsi16: [UInt32] = [
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
    0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
  ]

  /// The nearest of the sixteen colours, 0 to 15.
  public var nearestAnsi16: Int {
    var best = 0
    var least = Int.max
    for (index, hex) in Color.xtermAnsi16.enumerated() {
      let distance = squaredDistance(to: hex)
      if distance < least {
        least = distance
        best = index
      }
    }
    return best
  }

  /// The nearest colour of the 256-colour palette's fixed part: 16 to 231, a 6x6x6 cube, or
  /// 232 to 255, greys. The first sixteen are left out, since users redefine them.
  public var nearestAnsi256: Int {
    func step(_ component: UInt8) -> Int {
      let c = Int(component)
      return c < 48 ? 0 : c < 115 ? 1 : min(5, (c - 35) / 40)
    }
    let (r, g, b) = (step(red), step(green), step(blue))
    let cube = 16 + 36 * r + 6 * g + b
    let mean = (Int(red) + Int(green) + Int(blue)) / 3
    let grey = 232 + min(max((mean - 3) / 10, 0), 23)
    return squaredDistance(to: Color.ansi256(cube)) <= squaredDistance(to: Color.ansi256(grey))
      ? cube : grey
  }

  /// Red, green and blue, `0xRRGGBB`, of an entry (0 to 255) of the 256-colour palette.
  public static func ansi256(_ entry: Int) -> UInt32 {
    let entry = min(max(entry, 0), 255)
    if entry < 16 { return xtermAnsi16[entry] }
    if entry >= 232 { return UInt32(8 + 10 * (entry - 232)) * 0x010101 }
    func level(_ step: Int) -> UInt32 { step == 0 ? 0 : UInt32(55 + 40 * step) }
    let cube = entry - 16
    return level(cube / 36) << 16 | level(cube / 6 % 6) << 8 | level(cube % 6)
  }

  /// Relative luminance, 0 to 1 (WCAG 2.1, "relative luminance").
  public var luminance: Double {
    0.2126 * Color.linear(red) + 0.7152 * Color.linear(green) + 0.0722 * Color.linear(blue)
  }

  /// Contrast ratio with another colour, 1 to 21 (WCAG 2.1, "contrast ratio").
  public func contrast(with other: Color) -> Double {
    let (a, b) = (luminance, other.luminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// The linear intensity, 0 to 1, of an sRGB component.
  ///
  /// ((c + 0.055) / 1.055)^2.4 without a mathematics library: x^2.4 = x^2 * (x^2)^(1/5), the fifth
  /// root by Newton's steps.
  static func linear(_ component: UInt8) -> Double {
    let c = Double(component) / 255
    if c <= 0.04045 { return c / 12.92 }
    let square = (c + 0.055) / 1.055 * ((c + 0.055) / 1.055)
    var root = 1.0
    for _ in 0..<40 {
      let fourth = root * root * root * root
      root -= (root * fourth - square) / (5 * fourth)
    }
    return square * root
  }

  private func squaredDistance(to hex: UInt32) -> Int {
    let r = Int(red) - Int(hex >> 16 & 255)
    let g = Int(green) - Int(hex >> 8 & 255)
    let b = Int(blue) - Int(hex & 255)
    return 2 * r * r + 4 * g * g + 3 * b * b
  }
}

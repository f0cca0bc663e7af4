import CellCanvas
import Foundation

/// How colours look to people who lack one kind of cone.
enum ColorVision {
  /// Linear red, green and blue as seen with protanopia (0), deuteranopia (1) or tritanopia (2)
  /// (Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color
  /// Vision Deficiency", severity 1).
  static func seen(_ color: Color, kind: Int) -> [Double] {
    let matrices: [[[Double]]] = [
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ],
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ],
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ],
    ]
    let linear = [color.red, color.green, color.blue].map { component in
      let c = Double(component) / 255
      return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4)
    }
    return matrices[kind].map { row in
      min(max(zip(row, linear).map { $0 * $1 }.reduce(0, +), 0), 1)
    }
  }

  /// The distance in CIE L*a*b* (1976) of two linear colours.
  static func distance(_ a: [Double], _ b: [Double]) -> Double {
    let (p, q) = (lab(a), lab(b))
    return sqrt(zip(p, q).map { ($0 - $1) * ($0 - $1) }.reduce(0, +))
  }

  private static func lab(_ rgb: [Double]) -> [Double] {
    let x = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505
    let y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]
    let z = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089
    let f = [x, y, z].map { $0 > 0.008856 ? cbrt($0) : 7.787 * $0 + 16.0 / 116 }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }
}

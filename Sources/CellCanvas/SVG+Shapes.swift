extension SVGPicture {
  /// What a glyph becomes.
  enum Shape {
    case none
    case text
    case fill(String)
    case line(String)
    case dots(String)
    /// A share of the glyph's colour upon the ground.
    case shade(Double)
  }

  /// The shape of a glyph whose cell has its upper left corner at (x, y), in tenths of a pixel.
  static func shape(of scalar: Unicode.Scalar, x: Int, y: Int) -> Shape {
    if scalar == " " { return .none }
    switch scalar.value {
    case 0x2800...0x28ff: return .dots(braille(UInt8(scalar.value - 0x2800), x, y))
    case 0x2580...0x259f: return block(scalar.value, x, y)
    case 0x2500...0x257f: return boxDrawing(scalar, x, y)
    default: return .text
    }
  }

  private static func braille(_ pattern: UInt8, _ x: Int, _ y: Int) -> String {
    let places: [(Int, Int)] = [
      (0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3),
    ]
    var data = ""
    for (bit, place) in places.enumerated() where pattern & (1 << UInt8(bit)) != 0 {
      let (column, row) = place
      data += "M\(pixels(x + 22 + 45 * column)) \(pixels(y + 24 + 47 * row))h.01"
    }
    return data
  }

  private static func block(_ value: UInt32, _ x: Int, _ y: Int) -> Shape {
    let (w, h) = (cellWidth, cellHeight)
    switch value {
    case 0x2580: return .fill(box(x, y, w, h / 2))
    case 0x2581...0x2588:
      let height = h * Int(value - 0x2580) / 8
      return .fill(box(x, y + h - height, w, height))
    case 0x2589...0x258f: return .fill(box(x, y, w * Int(0x2590 - value) / 8, h))
    case 0x2590: return .fill(box(x + w / 2, y, w - w / 2, h))
    case 0x2591: return .shade(0.25)
    case 0x2592: return .shade(0.5)
    case 0x2593: return .shade(0.75)
    case 0x2594: return .fill(box(x, y, w, h / 8))
    case 0x2595: return .fill(box(x + w - w / 8, y, w / 8, h))
    default:
      // Upper left 1, upper right 2, lower left 4, lower right 8.
      let quadrants = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14][Int(value - 0x2596)]
      var data = ""
      for quadrant in 0..<4 where quadrants & (1 << quadrant) != 0 {
        data += box(x + quadrant % 2 * w / 2, y + quadrant / 2 * h / 2, w / 2, h / 2)
      }
      return .fill(data)
    }
  }

  private static func boxDrawing(_ scalar: Unicode.Scalar, _ x: Int, _ y: Int) -> Shape {
    let (right, bottom) = (x + cellWidth, y + cellHeight)
    let (cx, cy) = (x + cellWidth / 2, y + cellHeight / 2)
    func p(_ value: Int) -> String { pixels(value) }
    func corner(_ endY: Int, _ endX: Int) -> Shape {
      let (bendY, bendX) = (cy + (endY > cy ? 45 : -45), cx + (endX > cx ? 45 : -45))
      return .line(
        "M\(p(cx)) \(p(endY))V\(p(bendY))Q\(p(cx)) \(p(cy)) \(p(bendX)) \(p(cy))H\(p(endX))")
    }
    switch scalar {
    case "╭": return corner(bottom, right)
    case "╮": return corner(bottom, x)
    case "╰": return corner(y, right)
    case "╯": return corner(y, x)
    case "━": return .fill(box(x, cy - 12, cellWidth, 24))
    case "┃": return .fill(box(cx - 12, y, 24, cellHeight))
    case "╌": return .line("M\(p(x + 8)) \(p(cy))h2.9m1.6 0h2.9")
    case "╎": return .line("M\(p(cx)) \(p(y + 15))v6.5m0 3v6.5")
    case "╱": return .line("M\(p(x)) \(p(bottom))L\(p(right)) \(p(y))")
    case "╲": return .line("M\(p(x)) \(p(y))L\(p(right)) \(p(bottom))")
    default: break
    }
    guard let arms = arms[scalar] else { return .text }
    var data = ""
    let (left, end) = (arms & 1 != 0 ? x : cx, arms & 2 != 0 ? right : cx)
    if left != end { data += "M\(p(left)) \(p(cy))H\(p(end))" }
    let (top, foot) = (arms & 4 != 0 ? y : cy, arms & 8 != 0 ? bottom : cy)
    if top != foot { data += "M\(p(cx)) \(p(top))V\(p(foot))" }
    return .line(data)
  }

  /// Arms of light box drawing: left 1, right 2, up 4, down 8.
  private static let arms: [Unicode.Scalar: Int] = [
    "─": 3, "│": 12, "┌": 10, "┐": 9, "└": 6, "┘": 5, "├": 14, "┤": 13, "┬": 11, "┴": 7, "┼": 15,
    "╴": 1, "╵": 4, "╶": 2, "╷": 8,
  ]

  static func box(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> String {
    "M\(pixels(x)) \(pixels(y))h\(pixels(width))v\(pixels(height))h-\(pixels(width))z"
  }

  /// Tenths of a pixel as pixels.
  static func pixels(_ tenths: Int) -> String {
    let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
    return (tenths < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
  }

  static func code(_ color: UInt32) -> String {
    let digits = String(color & 0xffffff, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }

  static func group(_ attributes: String, _ paths: [UInt32: String], _ kind: String) -> String {
    guard !paths.isEmpty else { return "" }
    var text = "<g \(attributes)>\n"
    for (color, data) in paths.sorted(by: { $0.key < $1.key }) {
      text += "<path \(kind)=\"\(code(color))\" d=\"\(data)\"/>\n"
    }
    return text + "</g>\n"
  }

  static func escaped(_ string: String) -> String {
    var text = ""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      default: if scalar.columnWidth > 0 { text.unicodeScalars.append(scalar) }
      }
    }
    return text
  }
}

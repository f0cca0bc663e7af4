internal import CellCanvas

/// A place to write at that moves to the right: a line of text made of pieces in several styles.
///
/// Nothing is written at or beyond `end`. Where the look is ASCII, the signs of the field are spelt
/// out (`λ` as `lambda`), so a piece may take more columns than it has characters.
struct Pen {
  var x: Int
  var y: Int
  let end: Int
  let look: Look

  init(in rect: Rect, row: Int = 0, look: Look) {
    x = rect.x
    y = rect.y + row
    end = row < rect.height && row >= 0 ? rect.maxX : rect.x
    self.look = look
  }

  var columnsLeft: Int { max(0, end - x) }

  mutating func write(_ text: String, _ style: Style, on canvas: inout Canvas) {
    guard x < end else { return }
    let shown = look.spelt(text)
    x += min(canvas.text(shown, x: x, y: y, style: style, maxWidth: end - x), end - x)
  }

  mutating func write(_ scalar: Unicode.Scalar, _ style: Style, on canvas: inout Canvas) {
    guard x < end else { return }
    canvas.put(scalar, x: x, y: y, style: style)
    x += 1
  }

  mutating func skip(_ columns: Int) { x += columns }

  /// Writes text so that it ends at `column` (not included), if it does not begin before the pen.
  mutating func write(
    _ text: String, endingAt column: Int, _ style: Style, on canvas: inout Canvas
  ) {
    let shown = look.spelt(text)
    let start = min(column, end) - shown.columnCount
    guard start >= x else { return }
    x = start
    write(shown, style, on: &canvas)
  }
}

extension Look {
  /// The text as this look can show it: unchanged, or in ASCII.
  func spelt(_ text: String) -> String {
    guard !glyphs.isUnicode, !text.utf8.allSatisfy({ $0 < 128 }) else { return text }
    var plain = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        plain.unicodeScalars.append(scalar)
      } else {
        plain += Self.spelling[scalar] ?? "?"
      }
    }
    return plain
  }

  /// Columns of a text as this look shows it.
  func width(of text: String) -> Int { spelt(text).columnCount }

  private static let spelling: [Unicode.Scalar: String] = [
    "λ": "lambda", "γ": "gamma", "β": "beta", "θ": "theta", "π": "pi", "ω": "omega", "μ": "mu",
    "α": "alpha",
    "ε": "eps", "δ": "delta", "Ψ": "psi", "÷": "/", "±": "+-", "∇": "g", "ẋ": "x'", "ẏ": "y'",
    "²": "^2",
    "∞": "inf", "≤": "<=", "≥": ">=", "−": "-", "–": "-",
    "·": "-", "×": "x", "…": "~", "°": " deg", "↑": "^", "→": ">", "↓": "v", "←": "<", "▶": ">",
    "◀": "<", "▲": "^", "▼": "v", "■": "#", "★": "*", "●": "o", "✖": "X", "┼": "+", "│": "|",
    "❚": "|",
  ]
}

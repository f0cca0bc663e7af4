extension Unicode.Scalar {
  /// An ASCII character that stands for a glyph: the same width, as like as possible.
  var asciiSubstitute: Unicode.Scalar {
    if isASCII { return self }
    if value >= 0x2800, value < 0x2900 { return BrailleCanvas.ascii(lines: UInt8(value & 255)) }
    if value >= 0x2500, value < 0x2580 { return asciiBoxDrawing }
    return Unicode.Scalar.asciiSubstitutes[self] ?? "?"
  }

  private var asciiBoxDrawing: Unicode.Scalar {
    switch self {
    case "─", "━", "┄", "┅", "┈", "┉", "╌", "╍", "═", "╴", "╶", "╸", "╺": "-"
    case "│", "┃", "┆", "┇", "┊", "┋", "║", "╵", "╷", "╹", "╻": "|"
    case "╎", "╏": ":"
    case "╱": "/"
    case "╲": "\\"
    case "╳": "X"
    default: "+"
    }
  }

  private static let asciiSubstitutes: [Unicode.Scalar: Unicode.Scalar] = {
    let groups: [(String, Unicode.Scalar)] = [
      ("▁▂░▪", "."), ("■", "#"), ("▃▄▒", ":"), ("▅▆", "+"), ("▇█▉▊▓■◼◆▙▛▜▟▀▐▌", "#"), ("▖▗", "."),
      ("▘▝", "'"),
      ("▚▞", "%"), ("▋▍▎▏", "|"), ("◇", "o"), ("□", "o"),
      ("↑▲△⇡▴", "^"), ("↓▼▽⇣▾", "v"), ("→▶▷⇒▸›»", ">"), ("←◀◁⇐◂‹«", "<"), ("↔", "="), ("↕", "|"),
      ("●•◉", "o"), ("○∘◌", "."), ("✓✔", "y"), ("✗✘×", "x"), ("…", "~"), ("·∙⋅", "-"),
      ("–—−‐‑⁻", "-"), ("∞", "i"), ("²", "2"), ("³", "3"), ("°", "o"), ("±", "+"), ("≈≃", "~"),
      ("≤", "<"), ("≥", ">"), ("≠", "!"), ("√", "V"), ("∑Σ", "S"), ("∇", "d"), ("∂", "d"),
      ("Δ", "D"), ("α", "a"), ("β", "b"), ("γ", "g"), ("δ", "d"), ("εϵ", "e"), ("ζ", "z"),
      ("η", "h"), ("θ", "o"), ("κ", "k"), ("λ", "l"), ("μµ", "u"), ("ν", "v"), ("π", "p"),
      ("ρ", "r"), ("σ", "s"), ("τ", "t"), ("φ", "f"), ("ω", "w"), ("Ω", "O"), ("ẋẍ", "x"),
      ("ẏ", "y"), ("’‘", "'"), ("“”", "\""), ("★☆", "*"), ("\u{a0}\u{2002}\u{2009}\u{202f}", " "),
      ("⏸", "="), ("⏵", ">"), ("↵⏎", "<"), ("⇥", ">"), ("⎵␣", "_"), ("ₜ", "t"), ("∗", "*"),
    ]
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (glyphs, substitute) in groups {
      for glyph in glyphs.unicodeScalars { table[glyph] = substitute }
    }
    return table
  }()
}

extension String {
  /// The string as it is, or, for ASCII glyphs, with a like character for every other one.
  public func shown(with glyphs: Glyphs) -> String {
    guard !glyphs.isUnicode else { return self }
    var view = String.UnicodeScalarView()
    for scalar in unicodeScalars where scalar.columnWidth > 0 {
      view.append(scalar.asciiSubstitute)
    }
    return String(view)
  }
}

extension Canvas {
  /// Puts ASCII characters for all other glyphs of a rectangle when only those may be used.
  ///
  /// Widgets do so themselves; a view that writes text of its own does it once at the end.
  public mutating func substitute(in rect: Rect, for glyphs: Glyphs) {
    guard !glyphs.isUnicode else { return }
    let area = rect.intersection(bounds)
    for row in area.y..<max(area.y, area.maxY) {
      let start = row * size.columns + area.x
      for index in start..<(start + area.width) where !cells[index].scalar.isASCII {
        cells[index].scalar = cells[index].scalar.asciiSubstitute
      }
    }
  }
}

internal import CellCanvas
internal import Telemetry

extension AnatomyReport.Role {
  /// The colour of the quantity, the same in every view.
  func style(_ look: Look) -> Style {
    let theme = look.theme
    switch self {
    case .parameters: return look.accent
    case .world, .plain: return look.bright
    case .policy: return look.style(theme.policy)
    case .value: return look.style(theme.value)
    case .undiscountedReturn: return look.style(theme.returns)
    case .advantage: return look.style(theme.advantage)
    case .entropy: return look.style(theme.entropy)
    }
  }
}

extension AnatomyReport.Piece {
  /// The piece as it is written: a version as `v48 213`, an action by its name.
  func text(_ actions: [String]) -> String {
    switch self {
    case .text(let text): return text
    case .number(let value, let role): return Self.text(value, role)
    case .whole(let value, .parameters): return "v" + NumberFormat.grouped(value)
    case .whole(let value, .policy):
      return actions.indices.contains(value) ? actions[value] : "\(value)"
    case .whole(let value, _): return NumberFormat.grouped(value)
    }
  }

  func style(_ look: Look) -> Style {
    switch self {
    case .text: look.text
    case .number(_, let role), .whole(_, let role): role.style(look)
    }
  }

  /// Four figures: of what the world gives and of constants no more than they have, of values and
  /// targets always as many decimals, so that they can be compared.
  private static func text(_ value: Double, _ role: AnatomyReport.Role) -> String {
    guard value.isFinite else { return NumberFormat.fixed(value, decimals: 0) }
    switch role {
    case .plain, .world: return NumberFormat.setting(rounded(value))
    case .policy: return NumberFormat.unit(value, decimals: 3)
    case .parameters: return NumberFormat.setting(rounded(value))
    case .value, .undiscountedReturn, .entropy:
      return NumberFormat.unit(value, decimals: decimals(value))
    case .advantage: return NumberFormat.unit(value, decimals: decimals(value), sign: .always)
    }
  }

  private static func decimals(_ value: Double) -> Int {
    switch abs(value) {
    case ..<10: 3
    case ..<100: 2
    default: 1
    }
  }

  /// The value to four figures.
  private static func rounded(_ value: Double) -> Double {
    guard value != 0 else { return 0 }
    var scale = 1.0
    while abs(value) * scale < 1000, scale < 1e12 { scale *= 10 }
    while abs(value) * scale >= 10_000, scale > 1e-12 { scale /= 10 }
    return (value * scale).rounded() / scale
  }
}

extension Look {
  /// A formula as this look can show it: in ASCII with `*`, `<-` and indices spelt out.
  func formula(_ text: String) -> String {
    guard !glyphs.isUnicode else { return text }
    var plain = ""
    for scalar in text.unicodeScalars {
      if let spelling = Self.signs[scalar] {
        plain += spelling
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    return spelt(plain)
  }

  private static let signs: [Unicode.Scalar: String] = [
    "·": "*", "←": "<-", "∇": "grad ", "Σ": "sum ", "δ": "delta", "η": "eta", "ₜ": "_t",
    "ᵢ": "_i", "ₙ": "n", "ⁿ": "^n",
    "₊": "+", "₋": "-", "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6",
    "₇": "7", "₈": "8", "₉": "9",
  ]
}

/// Words in several styles, set in lines of whole words.
struct StyledWords {
  /// A stretch of one style.
  struct Run {
    var text: String
    var style: Style
  }

  private var words: [[Run]] = []
  private var isOpen = false

  /// Adds text: blanks in it end a word.
  mutating func add(_ text: String, _ style: Style) {
    for (index, part) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if index > 0 { isOpen = false }
      guard !part.isEmpty else { continue }
      let run = Run(text: String(part), style: style)
      if isOpen {
        words[words.count - 1].append(run)
      } else {
        words.append([run])
        isOpen = true
      }
    }
  }

  var isEmpty: Bool { words.isEmpty }

  /// The words in lines of at most `width` columns; those after the first are set in by `indent`.
  func lines(width: Int, indent: Int = 0) -> [[Run]] {
    var lines: [[Run]] = []
    var columns = 0
    for word in words {
      let needed = word.reduce(0) { $0 + $1.text.columnCount }
      if lines.isEmpty || columns + 1 + needed > width {
        let blanks = lines.isEmpty ? 0 : indent
        lines.append(
          blanks > 0 ? [Run(text: String(repeating: " ", count: blanks), style: word[0].style)] : []
        )
        columns = blanks
      } else {
        lines[lines.count - 1].append(Run(text: " ", style: word[0].style))
        columns += 1
      }
      lines[lines.count - 1] += word
      columns += needed
    }
    return lines
  }
}

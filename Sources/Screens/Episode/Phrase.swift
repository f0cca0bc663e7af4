internal import CellCanvas

/// A line of text made of pieces in several styles, which is written whole or not at all.
struct Phrase {
  private var pieces: [(text: String, style: Style)] = []

  init(_ pieces: (text: String, style: Style)...) {
    self.pieces = pieces
  }

  static func + (one: Phrase, other: Phrase) -> Phrase {
    var sum = one
    sum.pieces += other.pieces
    return sum
  }

  func width(_ look: Look) -> Int { pieces.reduce(0) { $0 + look.width(of: $1.text) } }

  func draw(with pen: inout Pen, on canvas: inout Canvas) {
    for piece in pieces { pen.write(piece.text, piece.style, on: &canvas) }
  }

  /// Writes the first of `choices`, the fullest first, that fits into a row of a rectangle.
  static func write(
    _ choices: [Phrase], in rect: Rect, row: Int = 0, on canvas: inout Canvas, look: Look
  ) {
    let room = rect.width - 1
    guard row < rect.height, let fitting = choices.first(where: { $0.width(look) <= room })
    else { return }
    var pen = Pen(in: rect, row: row, look: look)
    pen.skip(1)
    fitting.draw(with: &pen, on: &canvas)
  }
}

extension Look {
  /// The first of `choices`, the fullest first, that fits into some columns; nothing where none does.
  func fitting(_ choices: [String], _ columns: Int) -> String {
    choices.first { width(of: $0) <= columns } ?? ""
  }
}

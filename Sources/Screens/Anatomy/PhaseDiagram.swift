internal import CellCanvas
internal import Telemetry

/// The phases in the order of the loop, with their results, and the way back from the last to the
/// first: boxes, or a row of names where there is no room.
struct PhaseDiagram {
  var report: AnatomyReport
  /// The phase that is taken apart below.
  var shown: Int
  /// The run waits: the phase carried out last is lit, the next one marked.
  var isStanding: Bool
  /// The other views look at a moment of the past, while these are the numbers of the present.
  var isPresentAsked = true
  var actions: [String]

  private func isLit(_ index: Int) -> Bool { isStanding && report.last == index }
  private func isNext(_ index: Int) -> Bool { isStanding && report.next == index }

  // MARK: Boxes

  func draw(_ boxes: [Rect], on canvas: inout Canvas, look: Look) {
    for (index, box) in boxes.enumerated() where report.phases.indices.contains(index) {
      drawBox(index, in: box, on: &canvas, look: look)
      if index > 0 { drawArrow(from: boxes[index - 1], to: box, on: &canvas, look: look) }
    }
    drawWayBack(boxes, on: &canvas, look: look)
    for (index, box) in boxes.enumerated() where isNext(index) {
      let mark = box.width >= 12 ? " next " : " > "
      canvas.text(
        mark, x: box.x + 1, y: box.maxY - 1, style: look.accent.with(.bold),
        maxWidth: box.width - 2)
    }
  }

  private func drawBox(_ index: Int, in box: Rect, on canvas: inout Canvas, look: Look) {
    let phase = report.phases[index]
    let inside = Panel(title: "\(index + 1) \(phase.name)", isFocused: isLit(index))
      .draw(in: box, on: &canvas, look: look)
    if isLit(index), !look.isMono {
      canvas.restyle(Rect(x: box.x + 2, y: box.y, width: phase.name.columnCount + 2, height: 1)) {
        $0.background = look.theme.selection
      }
    }
    if index == shown, !isLit(index) {
      canvas.restyle(Rect(x: box.x + 2, y: box.y, width: phase.name.columnCount + 2, height: 1)) {
        $0.attributes.insert(.underline)
      }
    }
    var row = 0
    if let parts = phase.parts {
      var pen = Pen(in: inside, row: row, look: look)
      drawParts(parts, with: &pen, on: &canvas)
      row += 1
    }
    for output in phase.outputs where row < inside.height && !output.value.isEmpty {
      var pen = Pen(in: inside, row: row, look: look)
      let isStill = isStanding && !isLit(index) && report.last != nil
      let symbol = look.formula(output.symbol) + " "
      let value = output.value.reduce("") { $0 + look.formula($1.text(actions)) }
      // A number that is cut would be another number: rather no symbol.
      if symbol.columnCount + value.columnCount <= inside.width {
        pen.write(symbol, look.dim, on: &canvas)
      }
      for piece in output.value {
        let style = piece.style(look)
        let text = look.formula(piece.text(actions))
        if case .number = piece, text.columnCount > pen.columnsLeft {
          pen.write(String(look.glyphs.ellipsis), look.dim, on: &canvas)
          break
        }
        pen.write(text, isStill ? style : style.with(look.isMono ? [] : .bold), on: &canvas)
      }
      row += 1
    }
  }

  /// `●●●·· 3/5`: a dot for every part, or for a share of them.
  private func drawParts(
    _ parts: AnatomyReport.Parts, with pen: inout Pen, on canvas: inout Canvas
  ) {
    let look = pen.look
    guard let count = parts.count, count > 0 else {
      pen.write("\(NumberFormat.grouped(parts.done)) done", look.bright, on: &canvas)
      return
    }
    let numbers = "\(parts.done)/\(count)"
    let room = pen.columnsLeft - numbers.columnCount - 1
    let dots = min(count, max(0, room), 20)
    let done = dots * min(parts.done, count) / count
    for dot in 0..<dots {
      pen.write(
        dot < done ? look.glyphs.bullet : look.glyphs.dot, dot < done ? look.accent : look.dim,
        on: &canvas)
    }
    if dots > 0 { pen.skip(1) }
    pen.write(numbers, look.bright, on: &canvas)
  }

  private func drawArrow(from: Rect, to: Rect, on canvas: inout Canvas, look: Look) {
    let y = from.y + from.height / 2
    let style = look.accent
    for x in from.maxX..<max(from.maxX, to.x - 1) {
      canvas.put(look.glyphs.horizontal, x: x, y: y, style: style)
    }
    canvas.put(look.glyphs.pointRight, x: to.x - 1, y: y, style: style)
  }

  private func drawWayBack(_ boxes: [Rect], on canvas: inout Canvas, look: Look) {
    guard let first = boxes.first, let last = boxes.last, boxes.count > 1 else { return }
    let glyphs = look.glyphs
    let (from, to, y) = (last.x + last.width / 2, first.x + first.width / 2, first.maxY)
    for x in to...from { canvas.put(glyphs.horizontal, x: x, y: y, style: look.accent) }
    canvas.put(glyphs.bottomLeft, x: to, y: y, style: look.accent)
    canvas.put(glyphs.bottomRight, x: from, y: y, style: look.accent)
    canvas.put(glyphs.pointUp, x: to, y: y - 1, style: look.accent)
    canvas.put(glyphs.teeDown, x: from, y: y - 1, style: look.border)
    let room = from - to - 4
    guard let words = wayBackWords.first(where: { look.width(of: $0) + 2 <= room }) else { return }
    let text = look.spelt(" \(words) ")
    canvas.text(
      text, x: to + (from - to + 1 - text.columnCount) / 2, y: y,
      style: isStanding ? look.dim : look.accent)
  }

  private var wayBackWords: [String] {
    if !isPresentAsked { return ["the present, not the step looked back at", "the present"] }
    if isStanding { return ["and again from 1", "again"] }
    return [
      "the latest \(report.round) that is done · space pauses to step", "space pauses to step",
    ]
  }

  // MARK: Names

  /// `pull → act → targets → gradient → push`, the phase carried out last reversed.
  func drawNames(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var pen = Pen(in: rect, look: look)
    let isWide = nameColumns(look) + report.phases.count * 2 <= rect.width
    for (index, phase) in report.phases.enumerated() {
      if index > 0 { pen.write(isWide ? " → " : "→", look.dim, on: &canvas) }
      let style =
        isLit(index)
        ? look.selection.with(.bold)
        : isNext(index) ? look.accent.with(.underline) : index == shown ? look.bright : look.text
      pen.write(phase.name, style, on: &canvas)
    }
  }

  private func nameColumns(_ look: Look) -> Int {
    report.phases.reduce(0) { $0 + look.width(of: $1.name) + 1 }
  }
}

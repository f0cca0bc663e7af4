/// A frame with rounded corners around a pane: title at the left of its upper edge, a faint detail
/// behind it, more at the right.
public struct Panel: Sendable, Equatable {
  /// The pane's name.
  public var title: String
  /// What the pane shows now, fainter, behind the title.
  public var detail: String
  /// At the right end of the upper edge.
  public var trailing: String
  /// Its colour; nil for faint.
  public var trailingColor: Color?
  /// Whether keys go to this pane.
  public var isFocused: Bool

  /// A frame.
  public init(
    title: String, detail: String = "", trailing: String = "", trailingColor: Color? = nil,
    isFocused: Bool = false
  ) {
    self.title = title
    self.detail = detail
    self.trailing = trailing
    self.trailingColor = trailingColor
    self.isFocused = isFocused
  }

  /// Draws frame and empty ground; the cells inside.
  ///
  /// The pane in focus has a brighter frame and a pointer before its title. Where the upper edge is
  /// too short the trailing text goes first, then the detail.
  @discardableResult
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) -> Rect {
    canvas.fill(rect, " ", style: look.ground)
    guard rect.width >= 2, rect.height >= 1 else { return rect.inset(by: 1) }
    drawFrame(in: rect, on: &canvas, look: look)
    drawTitles(in: rect, on: &canvas, look: look)
    canvas.substitute(in: rect, for: look.glyphs)
    return rect.inset(by: 1)
  }

  private func frameStyle(_ look: Look) -> Style { isFocused ? look.accent : look.border }

  private func drawFrame(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let glyphs = look.glyphs
    let style = frameStyle(look)
    let (right, bottom) = (rect.maxX - 1, rect.maxY - 1)
    canvas.fill(
      Rect(x: rect.x, y: rect.y, width: rect.width, height: 1), glyphs.horizontal, style: style)
    if rect.height > 1 {
      canvas.fill(
        Rect(x: rect.x, y: bottom, width: rect.width, height: 1), glyphs.horizontal, style: style)
      canvas.put(glyphs.bottomLeft, x: rect.x, y: bottom, style: style)
      canvas.put(glyphs.bottomRight, x: right, y: bottom, style: style)
    }
    for row in (rect.y + 1)..<max(rect.y + 1, bottom) {
      canvas.put(glyphs.vertical, x: rect.x, y: row, style: style)
      canvas.put(glyphs.vertical, x: right, y: row, style: style)
    }
    canvas.put(glyphs.topLeft, x: rect.x, y: rect.y, style: style)
    canvas.put(glyphs.topRight, x: right, y: rect.y, style: style)
  }

  private func drawTitles(in rect: Rect, on canvas: inout Canvas, look: Look) {
    // A corner, a blank and the rest of the rule stay at both ends.
    let room = rect.width - 4
    guard room > 0, !(title + detail + trailing).isEmpty else { return }
    let name = title.truncated(to: room, glyphs: look.glyphs)
    let titleStyle = isFocused && look.isMono ? look.title.with(.reverse) : look.title
    var x = rect.x + 1
    canvas.put(
      isFocused ? look.glyphs.pointRight : " ", x: x, y: rect.y, style: frameStyle(look))
    x += 1
    x += canvas.text(name, x: x, y: rect.y, style: titleStyle)
    canvas.put(" ", x: x, y: rect.y, style: look.title)
    x += 1
    let free = rect.maxX - 2 - x
    let needed = detail.isEmpty ? 0 : detail.columnCount + 4
    let ends = trailing.isEmpty ? 0 : trailing.columnCount + 4
    if !detail.isEmpty, free > 6 {
      let fits = needed + ends <= free
      let cut = detail.truncated(to: (fits ? needed : free) - 4, glyphs: look.glyphs)
      x += 2
      x += canvas.text(" \(cut) ", x: x, y: rect.y, style: look.text)
    }
    guard !trailing.isEmpty, needed + ends <= free else { return }
    canvas.text(
      " \(trailing) ", x: rect.maxX - 2 - ends + 2, y: rect.y,
      style: trailingColor.map { look.style($0) } ?? look.dim)
  }
}

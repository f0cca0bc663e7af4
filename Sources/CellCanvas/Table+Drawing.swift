extension Table {
  /// The scroll offset nearest to the present one at which a row is visible.
  public func scrollOffset(revealing row: Int, in rect: Rect) -> Int {
    let visible = visibleRows(in: rect)
    guard visible > 0 else { return scrollOffset }
    let nearest = min(max(firstRow(in: rect), row - visible + 1), max(0, row))
    return min(max(0, nearest), max(0, rows.count - visible))
  }

  /// The row drawn at a line of the frame.
  public func row(atY y: Int, in rect: Rect) -> Int? {
    let top = rect.y + (showsHeader ? 1 : 0)
    guard y >= top, y < rect.maxY else { return nil }
    let row = firstRow(in: rect) + y - top
    return row < rows.count ? row : nil
  }

  /// Draws headings and rows; a mark at the right edge shows which part of all rows is visible.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    canvas.fill(rect, " ", style: look.ground)
    let visible = visibleRows(in: rect)
    let scrolls = rows.count > visible && rect.width > 8
    let body = scrolls ? rect.split(right: 1).rest : rect
    let spans = spans(in: body)
    if showsHeader { drawHeader(spans, body, on: &canvas, look: look) }
    let top = rect.y + (showsHeader ? 1 : 0)
    if rows.isEmpty {
      let room = Rect(x: rect.x, y: top, width: rect.width, height: visible)
      canvas.notice(emptyText, in: room, look: look)
    }
    let first = firstRow(in: rect)
    for line in 0..<min(visible, rows.count - first) {
      let strip = Rect(x: body.x, y: top + line, width: body.width, height: 1)
      draw(row: first + line, in: strip, spans, on: &canvas, look: look)
    }
    if scrolls {
      let edge = Rect(x: rect.maxX - 1, y: top, width: 1, height: visible)
      drawScrollMark(in: edge, first: first, on: &canvas, look: look)
    }
    canvas.substitute(in: rect, for: look.glyphs)
  }

  /// The offset, clamped to what there is.
  private func firstRow(in rect: Rect) -> Int {
    min(max(0, scrollOffset), max(0, rows.count - visibleRows(in: rect)))
  }

  /// Left edge and width of each column, after a gutter for the pointer of the selected row.
  private func spans(in rect: Rect) -> [(x: Int, width: Int)] {
    let lengths = columns.map { column in
      column.width.map { Length.fixed($0) } ?? .weight(1)
    }
    let room = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 1, height: 1)
    return room.columns(lengths, gap: 1).map { span in
      (x: span.x, width: max(0, min(span.width, rect.maxX - span.x)))
    }
  }

  private func drawHeader(
    _ spans: [(x: Int, width: Int)], _ rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    for (column, span) in zip(columns, spans) {
      canvas.line(
        column.title, in: Rect(x: span.x, y: rect.y, width: span.width, height: 1),
        alignment: column.alignment, style: look.dim, look: look)
    }
  }

  private func draw(
    row: Int, in strip: Rect, _ spans: [(x: Int, width: Int)], on canvas: inout Canvas, look: Look
  ) {
    let isSelected = row == selectedRow
    let ground = isSelected ? look.selection : look.text
    canvas.fill(strip, " ", style: ground)
    if isSelected {
      var style = ground
      if !look.isMono { style.foreground = look.theme.accent }
      canvas.put(look.glyphs.pointRight, x: strip.x, y: strip.y, style: style)
    }
    for ((column, span), entry) in zip(zip(columns, spans), rows[row]) {
      let place = Rect(x: span.x, y: strip.y, width: span.width, height: 1)
      var style = ground
      if let color = entry.color { style.foreground = color }
      style.attributes.formUnion(entry.attributes)
      if var sparkline = entry.sparkline {
        style.foreground = sparkline.color
        sparkline.values = Array(sparkline.values.suffix(span.width))
        sparkline.draw(in: place, on: &canvas, look: look, style: style)
      } else {
        canvas.line(entry.text, in: place, alignment: column.alignment, style: style, look: look)
      }
    }
  }

  private func drawScrollMark(
    in edge: Rect, first: Int, on canvas: inout Canvas, look: Look
  ) {
    guard edge.height > 0 else { return }
    let length = max(1, edge.height * edge.height / rows.count)
    let hidden = rows.count - edge.height
    let offset = hidden > 0 ? (edge.height - length) * first / hidden : 0
    canvas.fill(edge, look.glyphs.vertical, style: look.border)
    for row in offset..<(offset + length) {
      canvas.put(look.glyphs.shades[4], x: edge.x, y: edge.y + row, style: look.dim)
    }
  }
}

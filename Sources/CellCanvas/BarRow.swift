/// A gauge in one row: label, number, and a bar that grows to the right.
public struct BarRow: Sendable, Equatable {
  /// What is measured.
  public var label: String
  /// The number as text, of constant width.
  public var text: String
  /// How much of the bar is full, 0 to 1; not a number where it is missing.
  public var share: Double
  /// Colour of the quantity.
  public var color: Color
  /// Columns kept for the label; nil for its own length.
  public var labelWidth: Int?

  /// A gauge.
  public init(
    label: String, text: String, share: Double, color: Color, labelWidth: Int? = nil
  ) {
    self.label = label
    self.text = text
    self.share = share
    self.color = color
    self.labelWidth = labelWidth
  }

  /// Draws into the first row of a rectangle; a missing share is a faint broken line.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    let name = label.padded(to: labelWidth ?? 0)
    var x = canvas.text(name, x: rect.x, y: rect.y, style: look.text, maxWidth: rect.width)
    if x > 0 { x += 1 }
    x += canvas.text(
      text, x: rect.x + x, y: rect.y, style: look.bright, maxWidth: max(0, rect.width - x))
    if !text.isEmpty { x += 1 }
    let bar = Rect(x: rect.x + x, y: rect.y, width: rect.width - x, height: 1)
    if !bar.isEmpty { drawBar(in: bar, on: &canvas, look: look) }
    canvas.substitute(
      in: Rect(x: rect.x, y: rect.y, width: rect.width, height: 1), for: look.glyphs)
  }

  private func drawBar(in bar: Rect, on canvas: inout Canvas, look: Look) {
    guard !share.isNaN else {
      canvas.fill(bar, look.glyphs.dashedHorizontal, style: look.dim)
      return
    }
    let eighths = Int((min(max(share, 0), 1) * Double(8 * bar.width)).rounded())
    // The track behind the bar shows where 1 is.
    let hasTrack = look.colors >= .ansi256 && !look.isMono
    let style = hasTrack ? look.style(color).on(look.theme.floor) : look.style(color)
    for column in 0..<bar.width {
      let level = min(max(eighths - 8 * column, 0), 8)
      let isTrack = level == 0 && !hasTrack
      canvas.put(
        isTrack ? look.glyphs.dot : look.glyphs.growingEighths[level], x: bar.x + column, y: bar.y,
        style: isTrack ? look.border : style)
    }
  }
}

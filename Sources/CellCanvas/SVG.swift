/// A picture of a frame as an SVG document, faithful cell by cell whatever font is at hand.
///
/// Backgrounds, blocks, box drawing and braille become shapes, so that they meet exactly; words get
/// the length of their cells. The ground is that of most cells, dark where that is the terminal's own.
/// A frame of 120x36 takes some 100 kB.
///
/// - Parameters:
///   - canvas: the frame.
///   - title: for readers that cannot see it.
public func svg(of canvas: Canvas, title: String) -> String {
  var picture = SVGPicture(canvas)
  return picture.document(title: title)
}

/// The parts of the picture, in tenths of a pixel, gathered by colour.
struct SVGPicture {
  static let cellWidth = 90
  static let cellHeight = 190
  static let margin = 120

  let canvas: Canvas
  let ground: UInt32
  private let ownText: UInt32
  /// Path data of filled shapes, what lies behind them, thin lines and dots, by colour.
  private var fills: [UInt32: String] = [:]
  private var backgrounds: [UInt32: String] = [:]
  private var lines: [UInt32: String] = [:]
  private var dots: [UInt32: String] = [:]
  private var words = ""

  init(_ canvas: Canvas) {
    self.canvas = canvas
    var counts: [Color: Int] = [:]
    for cell in canvas.cells { counts[cell.style.background, default: 0] += 1 }
    let most = counts.max { ($0.value, $0.key.hex) < ($1.value, $1.key.hex) }?.key
    let common = most ?? .terminalDefault
    ground = common.isTerminalDefault ? 0x0f1319 : common.hex
    ownText = Color(ground, ansi: nil).luminance > 0.4 ? 0x2b3440 : 0xc9d1d9
  }

  /// Colours of glyph and ground after defaults, reverse and dim.
  func colors(_ style: Style) -> (glyph: UInt32, ground: UInt32) {
    var glyph = style.foreground.isTerminalDefault ? ownText : style.foreground.hex
    var behind = style.background.isTerminalDefault ? ground : style.background.hex
    if style.attributes.contains(.reverse) { swap(&glyph, &behind) }
    if style.attributes.contains(.dim) {
      glyph = Color(glyph, ansi: nil).mixed(with: Color(behind, ansi: nil), 0.45).hex
    }
    return (glyph, behind)
  }

  mutating func document(title: String) -> String {
    for row in 0..<canvas.size.rows {
      addBackgrounds(row)
      addGlyphs(row)
    }
    let width = canvas.size.columns * SVGPicture.cellWidth + 2 * SVGPicture.margin
    let height = canvas.size.rows * SVGPicture.cellHeight + 2 * SVGPicture.margin
    let (w, h) = (SVGPicture.pixels(width), SVGPicture.pixels(height))
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(w)" height="\(h)" viewBox="0 0 \(w) \(h)" \
      role="img" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',\
      monospace" font-size="15">
      <title>\(SVGPicture.escaped(title))</title>
      <rect width="\(w)" height="\(h)" rx="10" fill="\(SVGPicture.code(ground))"/>
      <g transform="translate(\(SVGPicture.pixels(SVGPicture.margin)) \
      \(SVGPicture.pixels(SVGPicture.margin)))">

      """
    for boxes in [backgrounds, fills] {
      text += SVGPicture.group("shape-rendering=\"crispEdges\"", boxes, "fill")
    }
    text += SVGPicture.group("fill=\"none\" stroke-width=\"1.2\"", lines, "stroke")
    text += SVGPicture.group(
      "fill=\"none\" stroke-width=\"3.2\" stroke-linecap=\"round\"", dots, "stroke")
    return text + "<g>\n" + words + "</g>\n</g>\n</svg>\n"
  }

  private mutating func addBackgrounds(_ row: Int) {
    var start = 0
    while start < canvas.size.columns {
      let color = colors(canvas[start, row].style).ground
      var end = start + 1
      while end < canvas.size.columns, colors(canvas[end, row].style).ground == color { end += 1 }
      if color != ground { fill(color, x: start, row, width: end - start) }
      start = end
    }
  }

  private mutating func fill(_ color: UInt32, x: Int, _ row: Int, width: Int) {
    backgrounds[color, default: ""] += SVGPicture.box(
      x * SVGPicture.cellWidth, row * SVGPicture.cellHeight, width * SVGPicture.cellWidth,
      SVGPicture.cellHeight)
  }

  private mutating func addGlyphs(_ row: Int) {
    var column = 0
    while column < canvas.size.columns {
      let cell = canvas[column, row]
      let colors = colors(cell.style)
      let (x, y) = (column * SVGPicture.cellWidth, row * SVGPicture.cellHeight)
      switch SVGPicture.shape(of: cell.scalar, x: x, y: y) {
      case .none: break
      case .fill(let data): fills[colors.glyph, default: ""] += data
      case .line(let data): lines[colors.glyph, default: ""] += data
      case .dots(let data): dots[colors.glyph, default: ""] += data
      case .shade(let share):
        let mixed = Color(colors.ground, ansi: nil).mixed(
          with: Color(colors.glyph, ansi: nil), share)
        fill(mixed.hex, x: column, row, width: 1)
      case .text:
        column += addWord(row, from: column)
        continue
      }
      column += 1
    }
  }

  /// Writes the word that begins at a column; its length.
  private mutating func addWord(_ row: Int, from start: Int) -> Int {
    let style = canvas[start, row].style
    var word = String.UnicodeScalarView()
    var end = start
    while end < canvas.size.columns {
      let cell = canvas[end, row]
      guard cell.style == style, case .text = SVGPicture.shape(of: cell.scalar, x: 0, y: 0),
        word.isEmpty || (cell.scalar.isASCII && word.first?.isASCII == true)
      else { break }
      word.append(cell.scalar)
      end += 1
    }
    let count = end - start
    let left = start * SVGPicture.cellWidth
    let width = count * SVGPicture.cellWidth
    // One glyph may come from another font: it stands in the middle of its cell.
    let place =
      count == 1
      ? "x=\"\(SVGPicture.pixels(left + SVGPicture.cellWidth / 2))\" text-anchor=\"middle\""
      : "x=\"\(SVGPicture.pixels(left))\" textLength=\"\(SVGPicture.pixels(width))\""
        + " lengthAdjust=\"spacingAndGlyphs\""
    let y = SVGPicture.pixels(row * SVGPicture.cellHeight + 145)
    let color = SVGPicture.code(colors(style).glyph)
    var marks = style.attributes.contains(.bold) ? " font-weight=\"700\"" : ""
    if style.attributes.contains(.underline) { marks += " text-decoration=\"underline\"" }
    words +=
      "<text \(place) y=\"\(y)\" fill=\"\(color)\"\(marks)>"
      + SVGPicture.escaped(String(word)) + "</text>\n"
    return count
  }
}

extension Look {
  /// How a chart looks among the lines of a terminal, whose ground and text are not known: its own
  /// colours, but for the curves.
  public static func printed(colors: ColorDepth, unicode: Bool) -> Look {
    guard colors > .none else {
      return Look(theme: .mono, glyphs: unicode ? .unicode : .ascii, colors: .none)
    }
    var theme = Theme.mono
    theme.isMono = false
    theme.dim = Color(0x808080, ansi: 8)
    theme.border = theme.dim
    return Look(theme: theme, glyphs: unicode ? .unicode : .ascii, colors: colors)
  }
}

extension Chart {
  /// The chart in the cells of a terminal: title, what y is, the plot, what x is, the legend. Every
  /// curve bears its letter, by which it is known without colours. Bands are drawn with at most
  /// `mostBands` curves; more would cover each other.
  public func plot(size: Size, look: Look) -> Canvas {
    var canvas = Canvas(size: size, background: look.ground)
    let legend = legendRows(width: size.columns)
    var rows = canvas.bounds
    func takeRow(fromTop: Bool) -> Rect {
      let row = Rect(x: 0, y: fromTop ? rows.y : rows.maxY - 1, width: rows.width, height: 1)
      rows = Rect(
        x: 0, y: rows.y + (fromTop ? 1 : 0), width: rows.width, height: rows.height - 1)
      return row
    }
    // A plot of fewer rows says nothing: it keeps them rather than the words.
    let leastRows = 6
    for entries in legend.reversed() where rows.height > leastRows {
      drawLegend(entries, in: takeRow(fromTop: false), on: &canvas, look: look)
    }
    if rows.height > leastRows, !title.isEmpty {
      canvas.line(title, in: takeRow(fromTop: true), style: look.title, look: look)
    }
    if rows.height > leastRows, !yLabel.isEmpty {
      canvas.line(yLabel, in: takeRow(fromTop: true), style: look.dim, look: look)
    }
    if rows.height > leastRows, !xLabel.isEmpty {
      let row = takeRow(fromTop: false)
      canvas.line(xLabel, in: row, alignment: .right, style: look.dim, look: look)
    }
    linePlot(look).draw(in: rows, on: &canvas, look: look)
    return canvas
  }

  /// Curves beyond which bands are left out in a terminal.
  public static let mostBands = 2

  private func linePlot(_ look: Look) -> LinePlot {
    let hasBands = curves.count <= Self.mostBands
    let series = curves.enumerated().map { index, curve in
      LinePlot.Series(
        name: curve.name, color: Self.color(index, look: look),
        samples: curve.points.map { point in
          let band = hasBands ? point.band : nil
          return LinePlot.Sample(
            x: point.x, low: band?.lowerBound ?? point.y, middle: point.y,
            high: band?.upperBound ?? point.y)
        }, sign: Self.sign(index))
    }
    return LinePlot(
      series: series, yLimits: yLimits, showsLegend: false, emptyText: "nothing to draw")
  }

  /// The numbers of the curves, as many to a row of the legend as it holds.
  private func legendRows(width: Int) -> [[Int]] {
    var rows: [[Int]] = []
    var used = Int.max
    for (index, curve) in curves.enumerated() {
      let needed = 4 + curve.name.columnCount + 2
      if used > width - needed {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(index)
      used += needed
    }
    return rows
  }

  private func drawLegend(_ entries: [Int], in row: Rect, on canvas: inout Canvas, look: Look) {
    var x = row.x
    for index in entries {
      let style = look.style(Self.color(index, look: look), .bold)
      canvas.put(Self.sign(index), x: x, y: row.y, style: style)
      let line = look.glyphs.isUnicode ? "━━" : "--"
      canvas.text(line, x: x + 1, y: row.y, style: look.style(Self.color(index, look: look)))
      let name = curves[index].name.truncated(to: row.maxX - x - 4, glyphs: look.glyphs)
      canvas.text(name, x: x + 4, y: row.y, style: look.text)
      x += 4 + name.columnCount + 2
    }
    canvas.substitute(in: row, for: look.glyphs)
  }
}

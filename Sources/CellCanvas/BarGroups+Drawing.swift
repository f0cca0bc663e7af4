extension BarGroups {
  /// Where the parts lie.
  private struct Layout {
    var legend: Rect?
    /// Above the bars: marks and totals.
    var marks: Rect
    var bars: Rect
    var labels: Rect
    var slot: Int
    var barWidth: Int
    var axis: Axis

    func height(_ value: Double) -> Int {
      Int((min(max(axis.share(value), 0), 1) * Double(8 * bars.height)).rounded())
    }

    /// The columns of a group's bar.
    func bar(_ group: Int) -> Rect {
      Rect(
        x: bars.x + group * slot + (slot - barWidth) / 2, y: bars.y, width: barWidth,
        height: bars.height)
    }
  }

  /// The sum of a category's values; not a number when one is missing.
  private func total(_ group: Group) -> Double {
    group.values.count < layers.count ? .nan : group.values.prefix(layers.count).reduce(0, +)
  }

  /// The category with the least total.
  public var least: Int? {
    let totals = groups.map(total)
    return groups.indices.filter { Axis.isDrawable(totals[$0]) }.min { totals[$0] < totals[$1] }
  }

  /// Draws scale, bars, marks and labels.
  ///
  /// The least total bears `▼`, the category in use is put in brackets, a missing one shows `–`.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    canvas.fill(rect, " ", style: look.ground)
    guard let least, !layers.isEmpty else {
      canvas.notice(emptyText, in: rect, look: look)
      return
    }
    let layout = layout(in: rect)
    if let legend = layout.legend { drawLegend(in: legend, on: &canvas, look: look) }
    drawScale(layout, rect, on: &canvas, look: look)
    for (index, group) in groups.enumerated() {
      draw(group, index, layout, on: &canvas, look: look)
      if layout.slot > 0 {
        drawMarks(index, isLeast: marksLeast && index == least, layout, on: &canvas, look: look)
      }
    }
    canvas.substitute(in: rect, for: look.glyphs)
  }

  private func layout(in rect: Rect) -> Layout {
    let hasLegend = showsLegend && rect.height >= 5 && layers.contains { !$0.name.isEmpty }
    let (legend, below) = rect.split(top: hasLegend ? 1 : 0)
    let (labels, above) = below.split(bottom: below.height >= 2 ? 1 : 0)
    let scaleWidth = rect.width >= 24 && above.height >= 3 ? 6 : 0
    let (marks, bars) = above.split(left: scaleWidth).rest.split(top: above.height >= 2 ? 1 : 0)
    let slot = bars.width / max(1, groups.count)
    var barWidth = min(slot, max(1, min(8, slot - (slot > 3 ? 2 : slot > 1 ? 1 : 0))))
    if arrangement == .sideBySide, barWidth > layers.count {
      // Equal widths for all layers.
      barWidth -= barWidth % layers.count
    }
    return Layout(
      legend: hasLegend ? legend : nil, marks: marks, bars: bars, labels: labels, slot: slot,
      barWidth: barWidth,
      axis: Axis(exactly: 0...top, count: max(1, min(4, bars.height / 2))))
  }

  /// Upper end of the scale: the one asked for, or a round number above everything drawn.
  private var top: Double {
    if let maximum, Axis.isDrawable(maximum), maximum > 0 { return maximum }
    var greatest = 0.0
    for group in groups where Axis.isDrawable(total(group)) {
      greatest = max(greatest, arrangement == .stacked ? total(group) : group.values.max() ?? 0)
      if let end = group.interval?.upperBound, Axis.isDrawable(end) {
        greatest = max(greatest, end)
      }
    }
    return Axis.roundCeiling(greatest)
  }

  private func drawLegend(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var x = rect.x + 1
    for (index, layer) in layers.enumerated() where x + 2 + layer.name.columnCount <= rect.maxX {
      canvas.put(glyph(of: index, look), x: x, y: rect.y, style: look.style(layer.color))
      x += 2 + canvas.text(layer.name, x: x + 2, y: rect.y, style: look.text) + 2
    }
  }

  private func drawScale(_ layout: Layout, _ rect: Rect, on canvas: inout Canvas, look: Look) {
    if !axisLabel.isEmpty, layout.bars.x > rect.x {
      let place = Rect(x: rect.x, y: layout.labels.y, width: 5, height: layout.labels.height)
      canvas.line(axisLabel, in: place, alignment: .right, style: look.dim, look: look)
    }
    guard layout.bars.x > rect.x else { return }
    let x = layout.bars.x - 1
    for y in layout.bars.y..<layout.bars.maxY {
      canvas.put(look.glyphs.vertical, x: x, y: y, style: look.border)
    }
    for tick in layout.axis.ticks {
      // Zero is the lower edge of the lowest row, a tick elsewhere the upper edge of its row.
      let rows = (layout.height(tick) + 4) / 8
      let y = layout.bars.maxY - max(1, rows)
      guard y >= layout.bars.y, rows != 1 || layout.bars.height < 4 || tick == 0 else { continue }
      let text = layout.axis.label(tick).truncated(to: 5, glyphs: look.glyphs)
      canvas.text(text.padded(to: 5, .right), x: x - 5, y: y, style: look.dim)
      canvas.put(look.glyphs.teeLeft, x: x, y: y, style: look.border)
    }
  }

  /// Layers keep apart by shades where colours cannot.
  private func usesShades(_ look: Look) -> Bool { look.isMono || !look.glyphs.isUnicode }

  private func glyph(of layer: Int, _ look: Look) -> Unicode.Scalar {
    usesShades(look) ? look.glyphs.shades[[4, 2, 1, 3][layer % 4]] : "■"
  }

  private func draw(
    _ group: Group, _ index: Int, _ layout: Layout, on canvas: inout Canvas, look: Look
  ) {
    let bar = layout.bar(index)
    guard !bar.isEmpty else { return }
    guard Axis.isDrawable(total(group)) else {
      for x in bar.x..<bar.maxX {
        canvas.put(look.glyphs.missing, x: x, y: bar.maxY - 1, style: look.dim)
      }
      return
    }
    if arrangement == .stacked {
      var ends: [Int] = []
      var sum = 0.0
      for value in group.values.prefix(layers.count) {
        sum += max(0, value)
        ends.append(layout.height(sum))
      }
      drawStack(ends, layers.indices, in: bar, on: &canvas, look: look)
    } else {
      for (layer, part) in bar.columns(layers.map { _ in .weight(1) }).enumerated() {
        let end = layout.height(group.values[layer])
        drawStack([end], layer..<(layer + 1), in: part, on: &canvas, look: look)
      }
    }
    if let interval = group.interval {
      drawInterval(interval, bar, layout, on: &canvas, look: look)
    }
  }

  /// Layers upon each other, ending at heights in eighths of a row.
  private func drawStack(
    _ ends: [Int], _ layerIndices: Range<Int>, in bar: Rect, on canvas: inout Canvas, look: Look
  ) {
    let usesShades = usesShades(look)
    for row in 0..<bar.height {
      let base = 8 * row
      guard let lower = ends.firstIndex(where: { $0 > base }) else { break }
      let layer = layerIndices.lowerBound + lower
      let level = min(8, ends[lower] - base)
      let upper = ends.indices.first { $0 > lower && ends[$0] > ends[lower] }
      var style = look.style(layers[layer].color)
      var scalar = look.glyphs.risingEighths[level]
      if usesShades {
        let middle = ends.firstIndex { $0 >= base + 4 }
        guard let middle else {
          canvas.fill(
            Rect(x: bar.x, y: bar.maxY - 1 - row, width: bar.width, height: 1), scalar, style: style
          )
          break
        }
        scalar = glyph(of: layerIndices.lowerBound + middle, look)
      } else if level < 8, let upper {
        style.background = layers[layerIndices.lowerBound + upper].color
      }
      canvas.fill(
        Rect(x: bar.x, y: bar.maxY - 1 - row, width: bar.width, height: 1), scalar, style: style)
    }
  }

  private func drawInterval(
    _ interval: ClosedRange<Double>, _ bar: Rect, _ layout: Layout, on canvas: inout Canvas,
    look: Look
  ) {
    guard Axis.isDrawable(interval.lowerBound), Axis.isDrawable(interval.upperBound) else { return }
    let low = min(layout.height(interval.lowerBound) / 8, bar.height - 1)
    let high = min(layout.height(interval.upperBound) / 8, bar.height - 1)
    // Beside the bar, where there is room, so that it hides nothing.
    let x = layout.slot > bar.width ? bar.maxX : bar.x + bar.width / 2
    for row in low...max(low, high) {
      let y = bar.maxY - 1 - row
      let scalar =
        low == high
        ? look.glyphs.cross
        : row == low
          ? look.glyphs.teeUp : row == high ? look.glyphs.teeDown : look.glyphs.vertical
      canvas.put(scalar, x: x, y: y, style: look.text)
    }
  }

  private func drawMarks(
    _ index: Int, isLeast: Bool, _ layout: Layout, on canvas: inout Canvas, look: Look
  ) {
    let isCurrent = index == current
    let slot = Rect(x: layout.bars.x + index * layout.slot, y: 0, width: layout.slot, height: 1)
    let room = slot.width - (slot.width > 3 ? 1 : 0)
    if layout.marks.height > 0 {
      let place = Rect(x: slot.x, y: layout.marks.y, width: room, height: 1)
      let value =
        room >= 4
        ? NumberFormat.unit(total(groups[index]), width: room - 1).trimmed : ""
      let text = (isLeast ? String(look.glyphs.pointDown) : "") + value
      let style = isLeast ? look.style(look.theme.good, .bold) : look.dim
      canvas.line(text, in: place, alignment: .center, style: style, look: look)
    }
    guard layout.labels.height > 0 else { return }
    let label = groups[index].label
    let hasRoom = label.columnCount + 2 <= slot.width
    let text = isCurrent && hasRoom ? "[\(label)]" : label
    let style = isCurrent ? look.accent.with(hasRoom ? .bold : .reverse) : look.text
    let place = Rect(x: slot.x, y: layout.labels.y, width: slot.width, height: 1)
    // The label stands under the middle of its bar.
    let bar = layout.bar(index)
    let left = bar.x + (bar.width - text.columnCount) / 2
    let columns = min(text.columnCount, slot.width)
    let start = max(place.x, min(left, place.maxX - columns))
    canvas.line(
      text, in: Rect(x: start, y: place.y, width: columns, height: 1), style: style, look: look)
  }
}

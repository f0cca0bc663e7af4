import CellCanvas
import Telemetry

/// The help: the agent at work, every key of the table, and the signs of the screen.
struct HelpOverlay {
  var agent: AgentName
  var scroll: Int

  static let keyColumns = 13

  func draw(on canvas: inout Canvas, look: Look) {
    let layout = HelpLayout(size: canvas.size, agent: agent)
    guard !layout.inner.isEmpty else { return }
    let first = min(max(scroll, 0), layout.lastScroll)
    let more = layout.lastScroll > 0 ? "\(first + 1)/\(layout.lastScroll + 1)" : ""
    Panel(title: "Help", detail: "agent, keys and signs", trailing: more, isFocused: true)
      .draw(in: layout.box, on: &canvas, look: look)
    for (index, column) in layout.columns.enumerated() {
      for row in 0..<layout.visibleRows where first + row < column.count {
        let line = Rect(
          x: layout.x(of: index), y: layout.inner.y + row, width: layout.columnWidth, height: 1)
        draw(column[first + row], in: line, on: &canvas, look: look)
      }
    }
  }

  private func draw(_ line: HelpText.Line, in rect: Rect, on canvas: inout Canvas, look: Look) {
    var pen = Pen(in: rect, look: look)
    switch line {
    case .blank: break
    case .heading(let title): pen.write(title, look.title, on: &canvas)
    case .entry(let key, let text):
      pen.write(key, look.accent, on: &canvas)
      pen.x = max(pen.x + 2, rect.x + Self.keyColumns)
      pen.write(text, look.text, on: &canvas)
    }
  }
}

/// The choice of environment, agent and preset.
struct ChooserOverlay {
  var chooser: Chooser
  var catalogue: Catalogue
  var running: RunDescription

  func draw(on canvas: inout Canvas, look: Look) {
    let layout = ChooserLayout(size: canvas.size)
    guard layout.box.width > 4, layout.box.height > 2 else { return }
    let entries = chooser.entries(in: catalogue)
    Panel(
      title: "Choose \(title)", detail: path(look), trailing: "\(entries.count)", isFocused: true
    ).draw(in: layout.box, on: &canvas, look: look)
    drawFilter(in: layout.filter, on: &canvas, look: look)
    if entries.isEmpty {
      var pen = Pen(in: layout.list, look: look)
      pen.write(
        "nothing fits \"\(chooser.filter)\"; Backspace takes letters back", look.dim, on: &canvas)
    }
    let first = layout.first(selection: chooser.selection, of: entries.count)
    let nameWidth = min(
      layout.list.width / 2, 2 + (entries.map { $0.name.unicodeScalars.count }.max() ?? 0))
    for row in 0..<layout.list.height where first + row < entries.count {
      let line = Rect(
        x: layout.list.x, y: layout.list.y + row, width: layout.list.width, height: 1)
      draw(
        entries[first + row], isSelected: first + row == chooser.selection, nameWidth: nameWidth,
        in: line, on: &canvas, look: look)
    }
    var pen = Pen(in: layout.note, look: look)
    pen.write(note, look.dim, on: &canvas)
  }

  private var title: String {
    switch chooser.page {
    case .environment: "an environment"
    case .agent: "an agent"
    case .preset: "a preset"
    }
  }

  private var note: String {
    chooser.page == .preset
      ? "Enter starts it and ends the present run" : "Enter goes on; the present run goes on too"
  }

  private func path(_ look: Look) -> String {
    let chosen = [chooser.environment, chooser.agent].compactMap { $0 }
    switch chooser.page {
    case .environment: return ""
    case .agent: return chosen.first ?? ""
    case .preset: return look.spelt(chosen.joined(separator: " · "))
    }
  }

  private func drawFilter(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var pen = Pen(in: rect, look: look)
    if chooser.filter.isEmpty {
      pen.write("type to narrow the list", look.dim, on: &canvas)
      return
    }
    pen.write("narrowed to ", look.dim, on: &canvas)
    pen.write(chooser.filter, look.bright, on: &canvas)
    pen.write(" ", look.bright.with(.reverse), on: &canvas)
  }

  private func draw(
    _ entry: Catalogue.Entry, isSelected: Bool, nameWidth: Int, in rect: Rect,
    on canvas: inout Canvas, look: Look
  ) {
    if isSelected { canvas.fill(rect, " ", style: look.selection) }
    let name = isSelected ? look.selection.with(.bold) : look.bright
    let summary = isSelected ? look.selection : look.dim
    var pen = Pen(in: rect, look: look)
    pen.write(isSelected ? look.glyphs.pointRight : " ", name, on: &canvas)
    pen.write(entry.name, name, on: &canvas)
    if isRunning(entry) { pen.write(" (running)", summary, on: &canvas) }
    pen.x = max(pen.x + 2, rect.x + nameWidth + 1)
    pen.write(
      look.spelt(entry.summary).truncated(to: pen.columnsLeft, glyphs: look.glyphs), summary,
      on: &canvas)
  }

  private func isRunning(_ entry: Catalogue.Entry) -> Bool {
    switch chooser.page {
    case .environment: entry.name == running.environment
    case .agent: chooser.environment == running.environment && entry.name == running.agent
    case .preset: entry.name == running.preset
    }
  }
}

/// The question before a run is left.
struct QuitOverlay {
  var snapshot: EngineSnapshot

  func draw(on canvas: inout Canvas, look: Look) {
    let steps = NumberFormat.grouped(snapshot.counters.steps)
    let lines = ["This run is not finished (\(steps) steps).", "y leave     n stay"]
    let width = min(canvas.size.columns, 2 + 4 + (lines.map(\.unicodeScalars.count).max() ?? 0))
    let height = min(canvas.size.rows, 6)
    let box = Rect(
      x: (canvas.size.columns - width) / 2, y: (canvas.size.rows - height) / 2, width: width,
      height: height)
    Panel(title: "Leave?", isFocused: true).draw(in: box, on: &canvas, look: look)
    let inner = box.inset(columns: 3, rows: 1)
    var pen = Pen(in: inner, row: 0, look: look)
    pen.write(lines[0], look.text, on: &canvas)
    pen = Pen(in: inner, row: 2, look: look)
    for (key, label) in [("y", " leave     "), ("n", " stay")] {
      pen.write(key, look.accent, on: &canvas)
      pen.write(label, look.text, on: &canvas)
    }
  }
}

/// The line for a setting, at the bottom; above it what is accepted, or what was wrong.
struct SettingLineOverlay {
  var line: SettingLine

  func draw(on canvas: inout Canvas, look: Look) {
    let rows = canvas.size.rows
    let width = canvas.size.columns
    guard rows > 0, width > 0 else { return }
    let bottom = Rect(x: 0, y: rows - 1, width: width, height: 1)
    canvas.fill(bottom, " ", style: look.ground)
    var pen = Pen(in: bottom, look: look)
    let prompt = line.question == .setting ? ":" : "name: "
    pen.write(prompt, look.accent, on: &canvas)
    // The cursor stays in sight in a line longer than the screen.
    let characters = Array(line.text)
    let first = max(0, line.cursor - max(0, width - 2 - prompt.count))
    for (index, character) in (characters + [" "]).enumerated() where index >= first {
      let style = index == line.cursor ? look.bright.with(.reverse) : look.bright
      pen.write(String(character), style, on: &canvas)
    }
    guard rows > 1 else { return }
    let above = Rect(x: 0, y: rows - 2, width: width, height: 1)
    canvas.fill(above, " ", style: look.ground)
    pen = Pen(in: above, look: look)
    pen.skip(1)
    if let error = line.error {
      pen.write(error, look.style(look.theme.bad, .bold), on: &canvas)
    } else if line.question != .setting {
      pen.write("Enter keeps the episode under this name, Esc does not", look.dim, on: &canvas)
    } else {
      pen.write(SettingParser.standard.hints(line.text), look.dim, on: &canvas)
    }
  }
}

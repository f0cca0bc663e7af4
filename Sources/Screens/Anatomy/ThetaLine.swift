internal import CellCanvas
internal import Telemetry

/// Theta in one line: the version a worker pulled, who has made which version since, and the version
/// now: `θ' v48 213 ─w0─w4─w7─▶ θ v48 216`.
struct ThetaLine {
  var report: AnatomyReport

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var pen = Pen(in: rect, look: look)
    guard pen.columnsLeft > 0 else { return }
    guard let pulled = report.pulledVersion else {
      pen.write(" \(report.parameters) ", look.text, on: &canvas)
      pen.write(version(report.version), look.accent, on: &canvas)
      pen.write(noteRoom("  \(report.versionNote)", pen), look.dim, on: &canvas)
      return
    }
    pen.write(" θ' ", look.text, on: &canvas)
    pen.write(version(pulled), look.accent, on: &canvas)
    pen.skip(1)
    drawTicks(with: &pen, on: &canvas)
    pen.write("▶ ", look.accent, on: &canvas)
    pen.write("θ ", look.text, on: &canvas)
    pen.write(version(report.version), look.accent.with(.bold), on: &canvas)
    let words = words.first { look.width(of: $0) <= pen.columnsLeft } ?? ""
    pen.write(words, look.dim, on: &canvas)
  }

  /// The updates since the pull; where not all fit, the latest.
  private func drawTicks(with pen: inout Pen, on canvas: inout Canvas) {
    let look = pen.look
    let rule = String(look.glyphs.horizontal)
    // The version now and a few words stand behind them.
    let reserved = look.width(of: "▶ θ \(version(report.version))") + (shortWords.columnCount)
    var room = pen.columnsLeft - reserved - 2
    var first = report.pushes.count
    while first > 0 {
      let needed = "w\(report.pushes[first - 1].worker)".columnCount + 1
      guard needed <= room else { break }
      room -= needed
      first -= 1
    }
    pen.write(rule, look.accent, on: &canvas)
    let missing = (report.version - (report.pulledVersion ?? 0)) - report.pushes.count + first
    if missing > 0 { pen.write("\(look.glyphs.ellipsis)\(rule)", look.dim, on: &canvas) }
    for push in report.pushes[first...] {
      let isOwn = push.worker == report.worker
      pen.write(
        "w\(push.worker)", isOwn ? look.accent.with([.bold, .underline]) : look.bright,
        on: &canvas)
      pen.write(rule, look.accent, on: &canvas)
    }
  }

  private var shortWords: String { "  \(others) by others" }

  /// Updates by others since the pull: what the staleness would be if the worker pushed now.
  private var others: Int {
    let own = report.pushes.count { $0.worker == report.worker }
    return max(0, report.version - (report.pulledVersion ?? report.version) - own)
  }

  private var words: [String] {
    let updates = others == 1 ? "1 update" : "\(others) updates"
    let hasPushed = report.pushes.contains { $0.worker == report.worker }
    let own = hasPushed ? ", then w\(report.worker)'s own" : ""
    return [
      "  \(updates) by others since w\(report.worker) pulled\(own)",
      "  \(updates) by others\(own)", shortWords,
    ]
  }

  private func version(_ number: Int) -> String { "v" + NumberFormat.grouped(number) }

  private func noteRoom(_ note: String, _ pen: Pen) -> String {
    pen.look.spelt(note).truncated(to: pen.columnsLeft, glyphs: pen.look.glyphs)
  }
}

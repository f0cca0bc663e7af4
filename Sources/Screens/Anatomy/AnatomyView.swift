import CellCanvas
import Telemetry

/// View 5: the algorithm in use, phase by phase.
///
/// Everything is drawn from the report: which phases there are, and what they compute, is data.
struct AnatomyView {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    canvas.fill(rect, " ", style: look.ground)
    guard !rect.isEmpty else { return }
    guard let report = snapshot.anatomy, !report.phases.isEmpty else {
      canvas.notice(
        "The algorithm appears here phase by phase, with its numbers, after the first step.",
        in: rect, look: look)
      return
    }
    let layout = AnatomyLayout(in: rect, report: report)
    let shown = shownPhase(of: report)
    let diagram = PhaseDiagram(
      report: report, shown: shown, isStanding: isStanding, isPresentAsked: state.moment == nil,
      actions: snapshot.run.actions)
    if layout.hasBoxes {
      diagram.draw(layout.boxes, on: &canvas, look: look)
    } else {
      diagram.drawNames(in: layout.diagram, on: &canvas, look: look)
    }
    ThetaLine(report: report).draw(in: layout.theta, on: &canvas, look: look)
    RecursionStrip(report: report).draw(in: layout.recursion, on: &canvas, look: look)
    PhaseDetail(report: report, shown: shown, isStanding: isStanding, actions: snapshot.run.actions)
      .draw(in: layout.detail, on: &canvas, look: look)
    drawStage(in: layout.stage, on: &canvas, look: look)
  }

  /// The phase at a cell of the screen, or nil.
  func phase(x: Int, y: Int, in rect: Rect) -> Int? {
    guard let report = snapshot.anatomy else { return nil }
    let layout = AnatomyLayout(in: rect, report: report)
    return layout.boxes.firstIndex { $0.contains(x: x, y: y) }
  }

  /// The phase taken apart below the diagram: the one chosen, else the one carried out last.
  private func shownPhase(of report: AnatomyReport) -> Int {
    let phase = state.anatomyPhase ?? report.last ?? report.next
    return min(max(0, phase), report.phases.count - 1)
  }

  /// Whether the run waits for the person; else the diagram shows the latest round that is done.
  private var isStanding: Bool { snapshot.status != .running }

  private func drawStage(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    let stage = snapshot.stage
    let inside = Panel(
      title: snapshot.settings.agent.hasWorkers ? "worker \(stage.worker)" : "stage",
      detail: "step \(stage.step)"
    )
    .draw(in: rect, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    SceneView(scene: stage.scene, isCompact: true).draw(in: inside, on: &canvas, look: look)
  }
}

extension AnatomyReport {
  /// What the loop goes round once for.
  var round: String { rolloutLength > 0 || !cells.isEmpty ? "rollout" : "step" }
}

/// Where the parts of view 5 stand.
struct AnatomyLayout: Equatable {
  /// The phases: boxes, or a row of names.
  private(set) var diagram: Rect
  /// The box of every phase; empty where the phases are a row of names.
  private(set) var boxes: [Rect] = []
  /// Theta and its versions.
  private(set) var theta: Rect
  /// The cells of the recursion.
  private(set) var recursion: Rect
  /// One phase taken apart.
  private(set) var detail: Rect
  /// The worker's world, where there is room.
  private(set) var stage: Rect

  var hasBoxes: Bool { !boxes.isEmpty }

  /// Columns a box needs at least, and the most it takes.
  private static let leastBox = 13
  private static let greatestBox = 32
  /// Columns from which the worker's world stands beside the detail.
  private static let leastWithStage = 110

  init(in rect: Rect, report: AnatomyReport) {
    let count = report.phases.count
    func box(gap: Int) -> Int { (rect.width - gap * (count - 1)) / max(1, count) }
    let wide = box(gap: 4)
    let isWide = rect.width >= 110 && wide >= Self.leastBox
    let box = min(Self.greatestBox, isWide ? wide : box(gap: 2))
    let isHigh = rect.height >= 17
    let boxHeight = rect.height >= 40 ? 8 : rect.height >= 30 ? 7 : rect.height >= 20 ? 5 : 4
    let isBoxed = isHigh && box >= Self.leastBox
    let hasRecursion = report.rolloutLength > 0 || !report.cells.isEmpty
    let cells =
      !hasRecursion || rect.height < 14
      ? 0 : rect.height >= 30 ? RecursionStrip.allRows : RecursionStrip.leastRows
    let airs = rect.height >= 30 ? 1 : 0
    let rows = rect.rows([
      .fixed(isBoxed ? boxHeight + 1 : 1), .fixed(airs), .fixed(rect.height >= 5 ? 1 : 0),
      .fixed(airs), .fixed(cells), .fixed(cells > 0 ? airs : 0), .weight(1),
    ])
    (diagram, theta, recursion) = (rows[0], rows[2], rows[4])
    if rect.width >= Self.leastWithStage, rows[6].height >= 8 {
      let parts = rows[6].split(right: min(48, rect.width / 3))
      (stage, detail) = (parts.right, parts.rest)
    } else {
      detail = rows[6]
      stage = Rect(x: rect.maxX, y: rect.y, width: 0, height: 0)
    }
    guard isBoxed else { return }
    // What is left over goes into the gaps, so that the boxes are equal and fill the width.
    let free = rect.width - box * count
    boxes = (0..<count).map { index in
      let before = count > 1 ? free * index / (count - 1) : 0
      return Rect(x: rect.x + box * index + before, y: rect.y, width: box, height: boxHeight)
    }
  }
}

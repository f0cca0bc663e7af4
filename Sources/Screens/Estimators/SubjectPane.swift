import CellCanvas
import Scenes
import Telemetry

/// The state looked into: on the map, or its world, and the states that were kept.
struct SubjectPane: EstimatorsPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  private var estimators: EstimatorsState { state.estimators }

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    let room = rect.width - 10
    let detail = words.first { look.width(of: $0) + 2 <= room } ?? ""
    let inside = Panel(title: "State", detail: look.spelt(detail), isFocused: isFocused)
      .draw(in: rect, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    let (scene, list) = Self.divide(inside, snapshot: snapshot, kept: estimators.kept.count)
    if let studied = StudiedMap(snapshot: snapshot, state: estimators) {
      if let chain = studied.chain(snapshot.layers) {
        chain.draw(in: scene, on: &canvas, look: look)
      } else {
        studied.view(nil).draw(in: scene, on: &canvas, look: look)
      }
    } else if let subject = snapshot.estimators?.subject {
      SceneView(scene: subject.scene, isCompact: true).draw(in: scene, on: &canvas, look: look)
    } else {
      canvas.notice(
        "the state looked into appears here with its first figures", in: scene, look: look)
    }
    drawList(in: list, on: &canvas, look: look)
  }

  /// The square at a cell of the pane.
  func square(x: Int, y: Int, in rect: Rect) -> Int? {
    let inside = rect.inset(by: 1)
    let (scene, _) = Self.divide(inside, snapshot: snapshot, kept: estimators.kept.count)
    return StudiedMap(snapshot: snapshot, state: estimators)?
      .square(x: x, y: y, in: scene, asChain: true)
  }

  /// What is looked into, in words of falling length.
  private var words: [String] {
    let name = snapshot.estimators?.subject?.kept.name
    switch estimators.subject {
    case .worker:
      let worker = "following worker \(state.focusedWorker)"
      return [worker, "worker \(state.focusedWorker)", "following"]
    case .cursor:
      if let studied = StudiedMap(snapshot: snapshot, state: estimators),
        let square = studied.square
      {
        let place = StudiedMap.name(of: square, in: studied.map)
        return ["cursor · \(place)", place, "cursor"]
      }
      return [name.map { "cursor · \($0)" } ?? "cursor", "cursor"]
    case .kept(let place):
      let count = "kept \(place + 1) of \(estimators.kept.count)"
      let kept = estimators.kept.indices.contains(place) ? estimators.kept[place].name : ""
      return ["\(count): \(kept)", count, "kept"]
    }
  }

  // MARK: Kept states

  /// The world above, the list below: as many rows of it as the world can spare.
  private static func divide(
    _ inside: Rect, snapshot: EngineSnapshot, kept: Int
  ) -> (scene: Rect, list: Rect) {
    var spare = inside.height >= 12 ? inside.height / 4 : inside.height >= 7 ? 2 : 0
    if case .grid(let grid) = snapshot.stage.scene, !ChainView.suits(grid.map) {
      let scale = GridProjection.scale(
        of: grid.map, columns: inside.width, rows: inside.height)
      let free = inside.height - min(inside.height, grid.map.rows * scale.rows)
      spare = min(max(free, inside.height >= 14 ? 2 : 0), max(free, spare))
    }
    // A title and the states, or one line that says how to keep one.
    let wanted = kept == 0 ? 2 : kept + 1
    let parts = inside.split(bottom: min(spare, wanted))
    return (parts.rest, parts.bottom)
  }

  private func drawList(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard rect.height > 0 else { return }
    let kept = estimators.kept
    guard !kept.isEmpty else {
      let fitting = keys.first { look.width(of: $0) <= rect.width - 1 } ?? ""
      canvas.line(
        look.spelt(fitting), in: rect, row: rect.height - 1, alignment: .center, style: look.dim,
        look: look)
      return
    }
    let rows = rect.height
    let chosen: Int? = if case .kept(let place) = estimators.subject { place } else { nil }
    let hasTitle = rows > kept.count
    if hasTitle {
      let titles = [" kept, K looks into the next", " kept · K next"].map(look.spelt)
      let title = titles.first { $0.columnCount <= rect.width } ?? ""
      canvas.line(title, in: rect, style: look.dim, look: look)
    }
    let shown = rows - (hasTitle ? 1 : 0)
    let first = max(0, min((chosen ?? kept.count - 1) - shown + 1, kept.count - shown))
    for row in 0..<min(shown, kept.count) {
      let place = first + row
      let line = Rect(x: rect.x, y: rect.y + row + (hasTitle ? 1 : 0), width: rect.width, height: 1)
      let isChosen = place == chosen
      if isChosen { canvas.fill(line, " ", style: look.selection) }
      canvas.line(
        " \(place + 1) \(look.spelt(kept[place].name))", in: line,
        style: isChosen ? look.selection : look.text, look: look)
    }
  }

  /// The keys that apply, in words of falling length.
  private var keys: [String] {
    let map = StudiedMap(snapshot: snapshot, state: estimators)?.map
    if let map, ChainView.suits(map) {
      return [
        "← → move the cursor · f follows the worker · k keeps", "← → move · f follow · k keep",
      ]
    }
    return map != nil
      ? [
        "arrows move the cursor · f follows the worker · k keeps",
        "arrows move · f follow · k keep",
      ]
      : ["k keeps this state to come back to it with K", "k keep · K kept"]
  }
}

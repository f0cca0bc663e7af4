import CellCanvas
import Scenes
import Telemetry

/// The map of a grid world in view 3, and the square looked into.
struct StudiedMap {
  /// The focused worker's world.
  let scene: GridScene
  /// The square looked into; nil while it is not known.
  let square: Int?

  /// Nothing in a world without a map.
  init?(snapshot: EngineSnapshot, state: EstimatorsState) {
    guard case .grid(let grid) = snapshot.stage.scene else { return nil }
    scene = grid
    var index: Int?
    if state.subject == .cursor { index = state.cursor }
    index = index ?? snapshot.estimators?.subject?.tabularState
    square = index.flatMap { Self.square(of: $0, in: grid.map) }
  }

  /// The map's squares and states.
  var map: GridMap { scene.map }

  /// The state looked into.
  var state: Int? { square.map { map.states[$0] } }

  /// Where a move of the cursor begins: at the square looked into, else where the agent is.
  var origin: Int { square ?? scene.agent }

  /// The square of a state.
  static func square(of state: Int, in map: GridMap) -> Int? {
    state >= 0 ? map.states.firstIndex(of: state) : nil
  }

  /// A square by its name: `row 3 column 4`, both from 0.
  static func name(of square: Int, in map: GridMap) -> String {
    guard map.columns > 0 else { return "state" }
    return "row \(square / map.columns) column \(square % map.columns)"
  }

  /// The state of a square, or why there is none.
  static func state(row: Int, column: Int, in map: GridMap) -> Result<Int, NoState> {
    switch map[row, column] {
    case .wall: return .failure(NoState(reason: "a wall: no state there"))
    case .goal:
      return .failure(NoState(reason: "a goal: the episode ends there, nothing to estimate"))
    case .pit:
      return .failure(NoState(reason: "a pit: nobody stays there, nothing to estimate"))
    case .floor, .start: return .success(map.states[row * map.columns + column])
    }
  }

  /// Why a square cannot be looked into.
  struct NoState: Error, Equatable {
    var reason: String
  }

  // MARK: Drawing and clicks

  /// The map with the agent, or under a layer, whose numbers an agent would hide.
  func view(_ layer: GridLayer?) -> GridView {
    var shown = scene
    if layer != nil {
      shown.agent = -1
      shown.previous = nil
    }
    return GridView(scene: shown, layer: layer, cursor: square)
  }

  /// A row of states with the critic's values above it; nil for other maps.
  func chain(_ layers: GridLayers?) -> ChainView? {
    guard ChainView.suits(map) else { return nil }
    return ChainView(scene: scene, layer: .critic, layers: layers, cursor: square)
  }

  /// The square at a cell, where the map is drawn in `rect`.
  func square(x: Int, y: Int, in rect: Rect, asChain: Bool = false) -> Int? {
    guard rect.contains(x: x, y: y), map.columns > 0 else { return nil }
    let projection =
      (asChain ? chain(nil)?.projection(in: rect) : nil) ?? view(nil).projection(in: rect)
    return projection.square(x: x, y: y).map { $0.row * map.columns + $0.column }
  }
}

extension EngineSnapshot {
  /// Whether the figures are those of the state that is looked into, not of the one before.
  func answers(_ state: EstimatorsState) -> Bool {
    guard let subject = estimators?.subject else { return true }
    switch state.subject {
    case .worker: return true
    case .cursor: return state.cursor == nil || subject.tabularState == state.cursor
    case .kept(let place):
      return !state.kept.indices.contains(place) || subject.kept.state == state.kept[place].state
    }
  }
}

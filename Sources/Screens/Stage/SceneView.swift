public import CellCanvas
public import Scenes
public import Telemetry

/// The world of one worker: a figure in world coordinates or a grid with its layers.
///
/// Used large on the stage and small in the panes of view 2.
public struct SceneView {
  /// What is drawn.
  public var scene: Scene
  /// Values over the squares of a grid world, where there are any.
  public var layers: GridLayers?
  /// Which of them is laid over the map.
  public var layer: MazeLayer
  /// Small: no legend.
  public var isCompact: Bool
  /// Whether squares are large enough for a number of each action, where there is room.
  var isOfActions: Bool
  /// Q of the actions over the map where no other layers are.
  var actionValues: GridActionValues?

  /// A world with an optional layer.
  public init(
    scene: Scene, layers: GridLayers? = nil, layer: MazeLayer = .none, isCompact: Bool = false
  ) {
    self.scene = scene
    self.layers = layers
    self.layer = layer
    self.isCompact = isCompact
    isOfActions = false
  }

  /// Draws the world as large as it fits, in its proportions, and the layer's legend below.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    switch scene {
    case .figure(let figure):
      FigureView(figure: figure).draw(in: rect, on: &canvas, look: look)
    case .grid(let grid) where ChainView.suits(grid.map) && !isCompact:
      ChainView(scene: grid, layer: layer, layers: gridLayer == nil ? nil : layers)
        .draw(in: rect, on: &canvas, look: look)
    case .grid(let grid):
      var area = rect
      if let gridLayer, !isCompact, rect.height > grid.map.rows || rect.height >= 8 {
        let parts = rect.split(bottom: 1)
        area = parts.rest
        LayerLegend(layer: gridLayer).draw(in: parts.bottom, on: &canvas, look: look)
      }
      GridView(scene: grid, layer: gridLayer, isOfActions: isOfActions)
        .draw(in: area, on: &canvas, look: look)
    }
  }

  /// The layer laid over the map, if it is there.
  var gridLayer: GridLayer? {
    if let actionValues { return GridLayer(actionValues) }
    guard layer != .none, let layers, case .grid(let grid) = scene,
      layers.critic.count == layers.exact.count,
      layer != .actionValues || layers.actionValues != nil,
      grid.map.states.allSatisfy({ $0 < layers.critic.count })
    else { return nil }
    return GridLayer(layer, of: layers)
  }
}

/// One row that says what a layer shows and what its colours mean.
struct LayerLegend {
  var layer: GridLayer
  /// Colour of the quantity's name; nil for that of values.
  var color: Color?

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var pen = Pen(in: rect, look: look)
    pen.skip(1)
    pen.write(layer.title, look.style(color ?? look.theme.value), on: &canvas)
    pen.skip(2)
    if layer.policy.first?.count == 1 {
      pen.write("one action: there is nothing to choose", look.dim, on: &canvas)
      return
    }
    guard layer.policy.isEmpty else {
      let words = ["the likeliest action as an arrow, · undecided", "· undecided"]
      if let fitting = words.first(where: { look.width(of: $0) <= pen.columnsLeft }) {
        pen.write(fitting, look.dim, on: &canvas)
      }
      return
    }
    let path = layer.actionValues?.path
    if let path {
      // What the way is like goes before the colours.
      let words = path.words.first { look.width(of: $0) + 2 <= pen.columnsLeft }
      if let words {
        let start = pen.end - 1 - look.width(of: words)
        var end = pen
        end.x = start
        end.write(words, path.style(look), on: &canvas)
        pen = Pen(
          in: Rect(x: pen.x, y: rect.y, width: max(0, start - 2 - pen.x), height: 1), look: look)
      }
    }
    let (least, greatest) = layer.ends
    let length = min(20, pen.columnsLeft - least.columnCount - greatest.columnCount - 3)
    guard length >= 4 else { return }
    pen.write(least, look.text, on: &canvas)
    pen.skip(1)
    for k in 0..<length {
      let share = Double(k) / Double(length - 1)
      let value = layer.value(at: share)
      if look.isMono {
        pen.write(layer.sign(value, look.glyphs), look.text, on: &canvas)
      } else {
        pen.write(
          " ", Style(foreground: look.theme.text, background: layer.color(value, look.theme)),
          on: &canvas)
      }
    }
    pen.skip(1)
    pen.write(greatest, look.text, on: &canvas)
    if case .counts = layer.ramp { pen.write(" log", look.dim, on: &canvas) }
  }
}

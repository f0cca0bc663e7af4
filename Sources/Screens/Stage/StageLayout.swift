internal import CellCanvas

/// Where each pane of view 1 stands. A pane without room has an empty rectangle.
///
/// Wide screens have three bands: the stage beside the workers, three plots, the bias-variance
/// strip. As the height shrinks the strip becomes compact, then goes, then the plots go. Narrow
/// screens stack what fits. A map that is the better for it gets a larger stage. Panes touch and
/// never overlap.
struct StageLayout: Equatable {
  var stage = Rect(x: 0, y: 0, width: 0, height: 0)
  var workers = Rect(x: 0, y: 0, width: 0, height: 0)
  var returns = Rect(x: 0, y: 0, width: 0, height: 0)
  var entropy = Rect(x: 0, y: 0, width: 0, height: 0)
  var advantage = Rect(x: 0, y: 0, width: 0, height: 0)
  var biasVariance = Rect(x: 0, y: 0, width: 0, height: 0)

  /// The least rows of the band with the stage, of the plots, of the strip.
  private static let leastStage = 9
  private static let leastPlots = 5
  private static let leastStrip = 4
  /// The least columns for panes side by side.
  private static let leastWide = 56

  /// Heights of the bands and the width of the stage.
  private struct Measures {
    var stageWidth: Int
    var plots: Int
    var strip: Int
  }

  /// Whether an agent of action values learns: it has no strip and no entropy, and its own pane stands
  /// where others have their workers.
  private var isOfActionValues = false

  /// The layout of a rectangle; `map` is the size of the map on the stage, in squares.
  init(in rect: Rect, map: Size? = nil, isOfActionValues: Bool = false) {
    self.isOfActionValues = isOfActionValues
    guard rect.width >= Self.leastWide else {
      stack(in: rect)
      return
    }
    var measures = Self.usual(rect)
    if let map { Self.adapt(&measures, to: map, in: rect, ofActions: isOfActionValues) }
    if isOfActionValues {
      // What the strip leaves goes to the plots, and to the panes above them.
      measures.plots += measures.plots > 0 ? min(3, measures.strip / 2) : 0
      measures.strip = 0
    }
    let top = rect.height - measures.plots - measures.strip
    stage = Rect(x: rect.x, y: rect.y, width: measures.stageWidth, height: top)
    workers = Rect(
      x: stage.maxX, y: rect.y, width: rect.width - measures.stageWidth, height: top)
    if measures.plots > 0 {
      dividePlots(Rect(x: rect.x, y: stage.maxY, width: rect.width, height: measures.plots))
    }
    if measures.strip > 0 {
      biasVariance = Rect(
        x: rect.x, y: rect.maxY - measures.strip, width: rect.width, height: measures.strip)
    }
  }

  private static func usual(_ rect: Rect) -> Measures {
    let hasPlots = rect.height >= leastStage + leastPlots
    let hasStrip = rect.height >= leastStage + leastPlots + leastStrip
    return Measures(
      stageWidth: min(rect.width - 24, max(rect.width * 52 / 100, rect.width - 92)),
      plots: hasPlots ? max(leastPlots, min(16, rect.height * 10 / 36)) : 0,
      strip: hasStrip ? (rect.height < 27 ? leastStrip : min(12, rect.height * 9 / 34)) : 0)
  }

  /// Gives a map room: the largest scale that leaves plots and strip in shape, else any that shows
  /// the whole map.
  private static func adapt(
    _ measures: inout Measures, to map: Size, in rect: Rect, ofActions: Bool
  ) {
    guard measures.strip > 0 else { return }
    let column = StepNumbers.columnWidth
    // Least plots, strip and workers beside a map of that scale, and whether any scale will do.
    for (plots, strip, workers, isAny) in [
      (8, 7, 40, false), (7, leastStrip, 38, true), (leastPlots, leastStrip, 34, true),
    ] {
      for scale in GridProjection.scales(ofActions: ofActions)
      where isAny || scale.rows > 1 {
        let width = map.columns * scale.columns
        let height = map.rows * scale.rows
        for (columns, rows) in [(width + 3 + column, height + 3), (width + 2, height + 6)]
        where columns <= rect.width - workers && rows <= rect.height - plots - strip {
          let most = rect.height - max(rows, leastStage)
          measures.stageWidth = max(columns, min(measures.stageWidth, rect.width - workers))
          measures.plots = max(plots, min(measures.plots, most - strip, most * 6 / 10))
          measures.strip = min(most - measures.plots, max(measures.strip, strip))
          return
        }
      }
    }
  }

  private mutating func dividePlots(_ band: Rect) {
    if isOfActionValues {
      let parts = band.columns([.weight(1), .weight(1)])
      (returns, advantage) = (parts[0], parts[1])
      return
    }
    let parts = band.columns([.weight(1), .weight(1), .weight(1)])
    (returns, entropy, advantage) = (parts[0], parts[1], parts[2])
  }

  /// One above the other, the most telling first; the stage takes what is left.
  private mutating func stack(in rect: Rect) {
    let all: [(WritableKeyPath<StageLayout, Rect>, rows: Int)] = [
      (\.returns, 6), (\.workers, 8), (\.entropy, 6), (\.biasVariance, 4), (\.advantage, 6),
    ]
    let wanted = all.filter { pane, _ in
      !isOfActionValues || pane != \.entropy && pane != \.biasVariance
    }
    let order: [WritableKeyPath<StageLayout, Rect>] = [
      \.workers, \.returns, \.entropy, \.advantage, \.biasVariance,
    ]
    var heights: [WritableKeyPath<StageLayout, Rect>: Int] = [:]
    var left = rect.height
    for (pane, rows) in wanted where left - rows >= Self.leastStage + 2 {
      heights[pane] = rows
      left -= rows
    }
    stage = Rect(x: rect.x, y: rect.y, width: rect.width, height: left)
    var y = rect.y + left
    for pane in order {
      guard let rows = heights[pane] else { continue }
      self[keyPath: pane] = Rect(x: rect.x, y: y, width: rect.width, height: rows)
      y += rows
    }
  }
}

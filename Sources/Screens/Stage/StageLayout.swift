internal import CellCanvas

/// Where each pane of view 1 stands. A pane without room has an empty rectangle.
///
/// Wide screens have three bands: the stage beside the workers, three plots, the bias-variance
/// strip. As the height shrinks the strip becomes compact, then goes, then the plots go. Narrow
/// screens stack what fits. Panes touch and never overlap.
struct StageLayout: Equatable {
  var stage = Rect.empty
  var workers = Rect.empty
  var returns = Rect.empty
  var entropy = Rect.empty
  var advantage = Rect.empty
  var biasVariance = Rect.empty

  /// The least rows of the band with the stage, of the plots, of the strip.
  private static let leastStage = 9
  private static let leastPlots = 5
  private static let leastStrip = 4
  /// The least columns for panes side by side.
  private static let leastWide = 56

  /// The layout of a rectangle; `sceneRows` is the height the stage would like to have.
  init(in rect: Rect, sceneRows: Int? = nil) {
    guard rect.width >= Self.leastWide else {
      stack(in: rect)
      return
    }
    let hasPlots = rect.height >= Self.leastStage + Self.leastPlots
    let hasStrip = rect.height >= Self.leastStage + Self.leastPlots + Self.leastStrip
    var plots = hasPlots ? max(Self.leastPlots, min(16, rect.height * 10 / 36)) : 0
    var strip = hasStrip ? (rect.height < 27 ? Self.leastStrip : min(12, rect.height * 9 / 34)) : 0
    if let sceneRows, hasStrip, rect.height - plots - strip < sceneRows {
      strip = Self.leastStrip
      plots = max(7, min(plots, rect.height - strip - sceneRows))
      plots = min(plots, rect.height - strip - Self.leastStage)
    }
    let top = rect.height - plots - strip
    divideTop(Rect(x: rect.x, y: rect.y, width: rect.width, height: top))
    if hasPlots {
      dividePlots(Rect(x: rect.x, y: rect.y + top, width: rect.width, height: plots))
    }
    if hasStrip {
      biasVariance = Rect(x: rect.x, y: rect.y + top + plots, width: rect.width, height: strip)
    }
  }

  private mutating func divideTop(_ band: Rect) {
    let width = min(band.width - 24, max(band.width * 53 / 100, band.width - 92))
    stage = Rect(x: band.x, y: band.y, width: width, height: band.height)
    workers = Rect(
      x: band.x + width, y: band.y, width: band.width - width, height: band.height)
  }

  private mutating func dividePlots(_ band: Rect) {
    let third = band.width / 3
    let edges = [0, third, band.width - third, band.width]
    func part(_ k: Int) -> Rect {
      Rect(
        x: band.x + edges[k], y: band.y, width: edges[k + 1] - edges[k], height: band.height)
    }
    (returns, entropy, advantage) = (part(0), part(1), part(2))
  }

  /// One above the other, the most telling first; the stage takes what is left.
  private mutating func stack(in rect: Rect) {
    let wanted: [(WritableKeyPath<StageLayout, Rect>, rows: Int)] = [
      (\.returns, 6), (\.workers, 8), (\.entropy, 6), (\.biasVariance, 4), (\.advantage, 6),
    ]
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

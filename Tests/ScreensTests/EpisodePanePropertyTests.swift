import CellCanvas
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("What holds for every pane of a recorded step")
struct EpisodePanePropertyTests {
  private static let looks: [Look] = [
    Look(), Look(theme: .light, colors: .ansi16), Look(theme: .mono, colors: .none),
    EpisodePaneScreens.ascii,
  ]
  private static let samples = EpisodePaneScreens.names.map {
    ($0, EpisodePaneScreens.snapshot($0))
  }

  /// All small sizes, and a net over the others up to 200x60.
  private static let sizes: [(Int, Int)] =
    (0...24).flatMap { w in (0...14).map { (w, $0) } }
    + stride(from: 25, through: 200, by: 7).flatMap { w in
      stride(from: 0, through: 60, by: 4).map { (w, $0) }
    } + [(200, 60), (38, 9), (80, 20)]

  @Test("No size, sample or look makes it fail", arguments: EpisodePaneScreens.panes)
  func survives(pane: PaneID) {
    for (index, (width, height)) in Self.sizes.enumerated() {
      for turn in 0..<4 {
        let sample = Self.samples[(index + turn * 5) % Self.samples.count]
        var canvas = Canvas(size: Size(columns: width, rows: height), background: Style())
        EpisodePaneScreens.draw(
          pane, sample.1, in: canvas.bounds, on: &canvas,
          look: Self.looks[(index / 3 + turn) % Self.looks.count])
        #expect(canvas.size == Size(columns: width, rows: height))
      }
    }
  }

  @Test("Nothing is drawn outside the rectangle", arguments: EpisodePaneScreens.panes)
  func staysInside(pane: PaneID) {
    let sentinel = Cell("~", Style(attributes: .underline))
    for (name, snapshot) in Self.samples {
      for (width, height) in [
        (0, 0), (1, 1), (3, 2), (12, 4), (20, 6), (37, 9), (60, 18), (80, 21), (120, 33),
      ] {
        var canvas = Canvas(size: Size(columns: width + 8, rows: height + 6), background: Style())
        canvas.fill(canvas.bounds, sentinel.scalar, style: sentinel.style)
        let rect = Rect(x: 4, y: 3, width: width, height: height)
        EpisodePaneScreens.draw(pane, snapshot, in: rect, on: &canvas)
        for y in 0..<canvas.size.rows {
          for x in 0..<canvas.size.columns
          where !rect.contains(x: x, y: y) && canvas[x, y] != sentinel {
            Issue.record("\(name) \(width)x\(height) at \(x),\(y)")
          }
        }
      }
    }
  }

  @Test("The ASCII look is ASCII", arguments: EpisodePaneScreens.panes)
  func isASCII(pane: PaneID) {
    for (name, snapshot) in Self.samples {
      for (columns, rows) in [(38, 9), (60, 16), (80, 20), (120, 33)] {
        var canvas = Canvas(size: Size(columns: columns, rows: rows), background: Style())
        EpisodePaneScreens.draw(
          pane, snapshot, in: canvas.bounds, on: &canvas, look: EpisodePaneScreens.ascii)
        let strangers = Set(canvas.cells.lazy.map(\.scalar).filter { !$0.isASCII })
        #expect(strangers.isEmpty, "\(name) \(columns)x\(rows): \(strangers)")
        #expect(!canvas.plainText.joined().contains("?"), "\(name) \(columns)x\(rows)")
      }
    }
  }

  @Test("Numbers that are none are shown as such", arguments: EpisodePaneScreens.panes)
  func notANumber(pane: PaneID) throws {
    var snapshot = EpisodePaneScreens.snapshot("cartpole")
    var history = try #require(snapshot.history)
    let cursor = history.cursor
    history.episode?.steps[cursor].logits = [.nan, .infinity]
    history.episode?.steps[cursor].reward = .nan
    history.episode?.steps[cursor].value = .infinity
    history.episode?.steps[cursor].target = .nan
    history.episode?.steps[cursor].advantage = -.infinity
    history.effect?.before?.value = .nan
    history.effect?.after?.probabilities = [.nan, .nan]
    history.effect?.now.value = .infinity
    let place = try #require(history.step?.update)
    history.episode?.updates[place].gradientNorm = .infinity
    history.episode?.updates[place].policyLoss = .nan
    snapshot.history = history
    for (columns, rows) in [(38, 9), (60, 16), (120, 33)] {
      var canvas = Canvas(size: Size(columns: columns, rows: rows), background: Style())
      EpisodePaneScreens.draw(pane, snapshot, in: canvas.bounds, on: &canvas)
      let text = canvas.plainText.joined(separator: "\n")
      #expect(!text.contains("nan"))
      #expect(!text.contains("✓ "), "\(columns)x\(rows)")
      #expect(text.contains("–") || text.contains("∞"), "\(columns)x\(rows)")
    }
  }

  @Test("A number of probabilities that is not that of the actions is survived")
  func foreignEffect() throws {
    var snapshot = EpisodePaneScreens.snapshot("cartpole")
    snapshot.history?.effect?.now.probabilities = []
    snapshot.history?.effect?.after?.probabilities = [1]
    let cursor = try #require(snapshot.history?.cursor)
    snapshot.history?.episode?.steps[cursor].action = 7
    for pane in EpisodePaneScreens.panes {
      var canvas = Canvas(size: Size(columns: 120, rows: 33), background: Style())
      EpisodePaneScreens.draw(pane, snapshot, in: canvas.bounds, on: &canvas)
      #expect(!canvas.plainText.joined().isEmpty)
    }
  }

  @Test("Numbers keep their columns from step to step", arguments: [(38, 9), (60, 16), (80, 20)])
  func numbersStandStill(columns: Int, rows: Int) throws {
    let history = SampleHistory.cartPole
    let track = history.index.tracks[0]
    var places: [PaneID: Set<[Int]>] = [:]
    for number in track.steps.dropFirst(20).prefix(60) {
      let snapshot = history.snapshot(of: 0, at: .step(worker: 0, number: number))
      let report = try #require(snapshot.history)
      let episode = try #require(report.episode)
      let outcome = RecordedOutcome(of: episode, at: report.cursor)
      // Rows come and go with the steps that are left in the rollout; their columns stay.
      guard outcome.kind == .goesOn, outcome.isLearnt else { continue }
      for pane in EpisodePaneScreens.panes {
        var canvas = Canvas(size: Size(columns: columns, rows: rows), background: Style())
        EpisodePaneScreens.draw(pane, snapshot, in: canvas.bounds, on: &canvas)
        // The target's V(s') stands in words, which end as the episode does.
        let next = pane == .target ? "δ" : "V(s')"
        let marks = ["V(s)", next, "adds", "weight", "|∇|", "(G-V)²", "now", "bit for bit"]
        let found = marks.map { mark in
          canvas.plainText.dropFirst().lazy.compactMap { line in
            line.firstRange(of: mark).map {
              line.distance(from: line.startIndex, to: $0.lowerBound)
            }
          }.first ?? -1
        }
        places[pane, default: []].insert(found)
      }
    }
    for pane in EpisodePaneScreens.panes {
      #expect(places[pane]?.count == 1, "\(pane): \(places[pane] ?? [])")
    }
  }

  @Test("The target says bit for bit only where it is so")
  func bitForBit() {
    func text(_ name: String) -> String {
      EpisodePaneScreens.screen(.target, name, columns: 120, rows: 20)
        .plainText.joined(separator: "\n")
    }
    #expect(text("cartpole").contains("✓ the learner's, bit for bit"))
    #expect(!text("cartpole-differs").contains("✓ the learner's"))
    #expect(text("cartpole-differs").contains("✗ the learner's differs by .25"))
  }

  @Test("Nothing of then is shown as long as it is that of another moment")
  func staleEffect() {
    var snapshot = EpisodePaneScreens.snapshot("cartpole")
    snapshot.history?.effect?.moment = .step(worker: 0, number: 1)
    var canvas = Canvas(size: Size(columns: 60, rows: 16), background: Style())
    EpisodePaneScreens.draw(.update, snapshot, in: canvas.bounds, on: &canvas)
    let text = canvas.plainText.joined(separator: "\n")
    #expect(text.contains("being worked out"))
    #expect(!text.contains("of the way"))
  }
}

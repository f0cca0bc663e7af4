import CellCanvas
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("View 4 on the screen: an episode")
struct EpisodeViewTests {
  private static let ascii = Look(theme: .mono, glyphs: .ascii, colors: .none)
  private static let looks = [
    Look(), Look(theme: .light, colors: .ansi16), Look(theme: .mono, colors: .none), ascii,
  ]

  private static func history(_ name: String) -> SampleHistory {
    name == "maze" ? .maze : .cartPole
  }

  /// A step in the middle of the recording.
  private static func moment(_ history: SampleHistory) -> Moment {
    let track = history.index.tracks[1]
    let episode = track.episodes[track.episodes.count / 2]
    return .step(worker: 1, number: episode.first + episode.count * 2 / 3)
  }

  private func screen(
    _ history: SampleHistory, _ moment: Moment?, columns: Int, rows: Int, look: Look = Look(),
    adjust: (inout InterfaceState) -> Void = { _ in }
  ) -> Canvas {
    var state = InterfaceState(columns: columns, rows: rows)
    state.isUnicode = look.glyphs.isUnicode
    state.view = .episode
    state.moment = moment
    if case .step(let worker, _) = moment { state.focusedWorker = worker }
    adjust(&state)
    return frame(
      state: state, snapshot: history.snapshot(of: state.focusedWorker, at: moment),
      catalogue: InterfaceBench.catalogue, size: Size(columns: columns, rows: rows), look: look)
  }

  @Test(
    "At the main sizes", arguments: ["cartpole", "maze"],
    [(40, 12), (80, 24), (120, 36), (200, 50)])
  func sizes(name: String, size: (Int, Int)) {
    let history = Self.history(name)
    expectGoldenScreen(
      screen(history, Self.moment(history), columns: size.0, rows: size.1),
      named: "episode-\(name)-\(size.0)x\(size.1)")
  }

  @Test("In the present, with nothing recorded, with a kept episode, without Unicode and colours")
  func states() {
    expectGoldenScreen(
      screen(.cartPole, nil, columns: 80, rows: 24), named: "episode-present-80x24")
    expectGoldenScreen(
      screen(.cartPole, .kept(id: 0, index: 12), columns: 120, rows: 36) {
        $0.episodePane = .episodes
      }, named: "episode-kept-120x36")
    expectGoldenScreen(
      screen(.cartPole, Self.moment(.cartPole), columns: 80, rows: 24, look: Self.ascii),
      named: "episode-ascii-80x24")
    var state = InterfaceState(columns: 80, rows: 24)
    state.view = .episode
    expectGoldenScreen(
      frame(
        state: state, snapshot: SampleSnapshots.cartPoleAtStart(),
        catalogue: InterfaceBench.catalogue, size: Size(columns: 80, rows: 24), look: Look()),
      named: "episode-nothing-80x24")
  }

  @Test("No size, moment, pane or look makes it fail, and every cell can be clicked")
  func survives() {
    let moments: [Moment?] = [
      nil, Self.moment(.cartPole), .kept(id: 1, index: 3), .kept(id: 99, index: -4),
      .step(worker: 2, number: 0), .step(worker: 0, number: .max),
    ]
    var place = 0
    for (columns, rows) in StagePropertyTests.sizes {
      for moment in moments {
        place += 1
        let canvas = screen(
          .cartPole, moment, columns: columns, rows: rows, look: Self.looks[place % 4]
        ) {
          $0.episodePane = PaneID.ofEpisode[place % 4]
          $0.isZoomed = place % 5 == 0
          $0.keptRow = place % 9 - 2
        }
        #expect(canvas.size == Size(columns: columns, rows: rows))
      }
    }
    var state = InterfaceState(columns: 80, rows: 24)
    state.view = .episode
    let view = EpisodeView(snapshot: SampleHistory.cartPole.snapshot(of: 0), state: state)
    let body = FrameLayout(size: Size(columns: 80, rows: 24)).body
    for y in body.y..<body.maxY {
      for x in 0..<80 { #expect(view.hitTest(x: x, y: y, in: body) != nil, "\(x),\(y)") }
    }
  }

  @Test("The pane in focus is on the screen at every size of a view")
  func focus() {
    for columns in stride(from: 40, through: 160, by: 13) {
      for rows in stride(from: 10, through: 48, by: 5) {
        for pane in PaneID.ofEpisode {
          let layout = EpisodeLayout(
            in: Rect(x: 0, y: 0, width: columns, height: rows), focus: pane, isZoomed: false)
          #expect(layout.panes.contains { $0.pane == pane && $0.area.height >= 4 })
          let cells = layout.panes.reduce(0) { $0 + $1.area.width * $1.area.height }
          #expect(cells + layout.scrubber.height * columns == columns * rows)
        }
      }
    }
  }

  @Test("The plots of view 1 have their cursor where the step in view was learnt from")
  func cursor() {
    let history = SampleHistory.cartPole
    var state = InterfaceState(columns: 120, rows: 36)
    let moment = Self.moment(history)
    func lines(_ moment: Moment?) -> [String] {
      state.moment = moment
      let looked = HistoryInterest(moment: moment)
      return frame(
        state: state,
        snapshot: history.snapshot(Interest(worker: 1, history: moment == nil ? nil : looked)),
        catalogue: InterfaceBench.catalogue, size: Size(columns: 120, rows: 36), look: Look()
      ).plainText
    }
    let bars = lines(moment).map { $0.count { $0 == "│" } }.reduce(0, +)
    #expect(bars > lines(nil).map { $0.count { $0 == "│" } }.reduce(0, +))
  }
}

import CellCanvas
import Estimators
import Telemetry
import TestSupport

@testable import Screens

/// The pages Rollout, Gradient and Race of view 3 for the tests, without header, tabs and footer.
enum RolloutRaceScreens {
  static func page(
    _ page: EstimatorPage, _ snapshot: EngineSnapshot, in rect: Rect, on canvas: inout Canvas,
    look: Look = Look(), adjust: (inout InterfaceState) -> Void = { _ in }
  ) {
    var state = InterfaceState(columns: canvas.size.columns, rows: canvas.size.rows)
    state.view = .estimators
    state.estimators.page = page
    adjust(&state)
    let focus = state.estimators.pane
    switch page {
    case .rollout:
      let panes =
        state.isZoomed ? [(focus, rect)] : RolloutPageLayout(in: rect, focus: focus).panes
      for (pane, area) in panes {
        if pane == .pair {
          PairPane(snapshot: snapshot, state: state)
            .draw(in: area, isFocused: pane == focus, on: &canvas, look: look)
        } else {
          WeightsPane(snapshot: snapshot, state: state)
            .draw(in: area, isFocused: pane == focus, on: &canvas, look: look)
        }
      }
    case .gradient:
      GradientPane(snapshot: snapshot, state: state)
        .draw(in: rect, isFocused: true, on: &canvas, look: look)
    default:
      RacePane(snapshot: snapshot, state: state)
        .draw(in: rect, isFocused: true, on: &canvas, look: look)
    }
  }

  /// A page as large as it is on a screen of a size: header, tabs and footer take three rows.
  static func screen(
    _ sample: Sample, columns: Int, rows: Int, look: Look = Look(),
    adjust: (inout InterfaceState) -> Void = { _ in }
  ) -> Canvas {
    var canvas = Canvas(
      size: Size(columns: columns, rows: max(0, rows - 3)), background: look.ground)
    page(
      sample.page, sample.snapshot, in: canvas.bounds, on: &canvas, look: look, adjust: adjust)
    return canvas
  }

  static let ascii = Look(theme: .mono, glyphs: .ascii, colors: .none)

  /// A page with something on it.
  struct Sample: Sendable {
    var name: String
    var page: EstimatorPage
    var snapshot: EngineSnapshot
  }

  static let samples: [Sample] = rollouts + gradients + races

  static func sample(_ name: String) -> Sample {
    samples.first { $0.name == name } ?? samples[0]
  }

  private static let rollouts: [Sample] =
    [
      ("rollout-cartpole", SampleRollouts.cartPole()), ("rollout-td", SampleRollouts.cartPole(.td)),
      ("rollout-long", SampleRollouts.long), ("rollout-empty", nil),
    ].map { name, rollout in
      Sample(
        name: name, page: .rollout, snapshot: with(SampleSnapshots.cartPole(), rollout: rollout))
    } + [
      Sample(
        name: "rollout-maze", page: .rollout,
        snapshot: with(SampleSnapshots.maze(), rollout: SampleRollouts.maze))
    ]

  private static let gradients: [Sample] =
    [
      ("gradient-exact", SampleGradients.exact), ("gradient-empty", nil),
      ("gradient-perfect-critic", SampleGradients.perfectCritic),
    ].map { name, gradient in
      Sample(
        name: name, page: .gradient, snapshot: with(SampleSnapshots.maze(), gradient: gradient))
    } + [
      Sample(
        name: "gradient-measured", page: .gradient,
        snapshot: with(SampleSnapshots.cartPole(), gradient: SampleGradients.measured))
    ]

  private static let races: [Sample] =
    [
      ("race-finished", SampleRaces.finished), ("race-running", SampleRaces.running),
      ("race-begun", SampleRaces.justBegun), ("race-one-pair", SampleRaces.onePair),
      ("race-equals", SampleRaces.equals), ("race-none", nil),
    ].map { name, race in
      Sample(name: name, page: .race, snapshot: with(SampleSnapshots.cartPole(), race: race))
    } + [
      Sample(
        name: "race-maze", page: .race,
        snapshot: with(SampleSnapshots.maze(), race: SampleRaces.maze)
      )
    ]

  static func with(
    _ snapshot: EngineSnapshot, rollout: RolloutReport? = nil, gradient: GradientReport? = nil,
    race: RaceReport? = nil
  ) -> EngineSnapshot {
    var snapshot = snapshot
    var report = EstimatorReport()
    report.rollout = rollout
    report.gradient = gradient
    snapshot.estimators = report
    snapshot.race = race
    return snapshot
  }
}

import CellCanvas
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("What holds for every page of a rollout, a gradient and a race")
struct RolloutRacePropertyTests {
  private static let looks: [Look] = [
    Look(), Look(theme: .light, colors: .ansi16), Look(theme: .mono, colors: .none),
    RolloutRaceScreens.ascii,
  ]

  /// All small sizes, and a net over the others up to 200x60.
  private static let sizes: [(Int, Int)] =
    (0...24).flatMap { w in (0...14).map { (w, $0) } }
    + stride(from: 25, through: 200, by: 7).flatMap { w in
      stride(from: 0, through: 60, by: 4).map { (w, $0) }
    } + [(200, 60), (80, 21), (120, 33)]

  @Test("No size, sample or look makes it fail")
  func survives() {
    let samples = RolloutRaceScreens.samples
    for (index, (width, height)) in Self.sizes.enumerated() {
      for turn in 0..<4 {
        let sample = samples[(index + turn * 4) % samples.count]
        var canvas = Canvas(size: Size(columns: width, rows: height), background: Style())
        RolloutRaceScreens.page(
          sample.page, sample.snapshot, in: canvas.bounds, on: &canvas,
          look: Self.looks[(index / 3 + turn) % Self.looks.count]
        ) {
          $0.estimators.step = index % 80
          $0.estimators.slot = index % 2
          $0.estimators.isLogarithmic = index % 3 == 0
          $0.isZoomed = index % 5 == 0
          $0.estimators.pane =
            PaneID.panes(of: sample.page)[index % 2 % PaneID.panes(of: sample.page).count]
        }
        #expect(canvas.size == Size(columns: width, rows: height))
      }
    }
  }

  @Test("Nothing is drawn outside the rectangle")
  func staysInside() {
    let sentinel = Cell("~", Style(attributes: .underline))
    for sample in RolloutRaceScreens.samples {
      for (width, height) in [
        (0, 0), (1, 1), (3, 2), (20, 6), (37, 9), (60, 18), (80, 21), (120, 33),
      ] {
        var canvas = Canvas(size: Size(columns: width + 8, rows: height + 6), background: Style())
        canvas.fill(canvas.bounds, sentinel.scalar, style: sentinel.style)
        let rect = Rect(x: 4, y: 3, width: width, height: height)
        RolloutRaceScreens.page(sample.page, sample.snapshot, in: rect, on: &canvas)
        for y in 0..<canvas.size.rows {
          for x in 0..<canvas.size.columns
          where !rect.contains(x: x, y: y) && canvas[x, y] != sentinel {
            Issue.record("\(sample.name) \(width)x\(height) at \(x),\(y)")
          }
        }
      }
    }
  }

  @Test("The ASCII look is ASCII")
  func isASCII() {
    for sample in RolloutRaceScreens.samples {
      for (columns, rows) in [(40, 12), (60, 20), (80, 24), (120, 36), (200, 50)] {
        let canvas = RolloutRaceScreens.screen(
          sample, columns: columns, rows: rows, look: RolloutRaceScreens.ascii)
        let strangers = Set(canvas.cells.lazy.map(\.scalar).filter { !$0.isASCII })
        #expect(strangers.isEmpty, "\(sample.name) \(columns)x\(rows): \(strangers)")
        #expect(!canvas.plainText.joined().contains("?"), "\(sample.name) \(columns)x\(rows)")
      }
    }
  }

  @Test("Numbers that are none are shown as such, and no bar is drawn of them")
  func notANumber() {
    var rollout = SampleRollouts.cartPole()
    rollout.steps[1].reward = .nan
    rollout.steps[6].nextValue = .infinity
    var gradient = SampleGradients.measured
    gradient.entries[0].variance = .nan
    gradient.entries[3].variance = .infinity
    gradient.entries[4].varianceInterval = .nan
    gradient.age = .nan
    var race = SampleRaces.finished
    race.difference[19].middle = .nan
    race.first.curve[3].middle = .infinity
    race.secondsLeft = .nan
    race.progress = .nan
    let snapshot = RolloutRaceScreens.with(
      SampleSnapshots.cartPole(), rollout: rollout, gradient: gradient, race: race)
    for page in [EstimatorPage.rollout, .gradient, .race] {
      let sample = RolloutRaceScreens.Sample(name: "nan", page: page, snapshot: snapshot)
      for isLogarithmic in [false, true] {
        let text = RolloutRaceScreens.screen(sample, columns: 120, rows: 36) {
          $0.estimators.isLogarithmic = isLogarithmic
        }.plainText.joined(separator: "\n")
        #expect(!text.contains("nan"))
        #expect(text.contains("–"))
      }
    }
  }

  @Test("Numbers keep their columns while they change")
  func numbersStandStill() {
    var race = SampleRaces.running
    func marks() -> [String: Int] {
      let sample = RolloutRaceScreens.Sample(
        name: "", page: .race,
        snapshot: RolloutRaceScreens.with(SampleSnapshots.cartPole(), race: race))
      let lines = RolloutRaceScreens.screen(sample, columns: 120, rows: 36).plainText
      var places: [String: Int] = [:]
      for mark in ["left", "pairs", "episodes", "return"] {
        let line = lines.first { $0.contains(mark) } ?? ""
        let range = line.firstRange(of: mark)
        places[mark] = range.map { line.distance(from: line.startIndex, to: $0.lowerBound) }
      }
      return places
    }
    let before = marks()
    race.progress = 0.07
    race.secondsLeft = 9
    race.first.steps = 7
    race.first.episodes = 1_999_999
    race.first.recentReturn = -3
    #expect(marks() == before)
    #expect(before.count == 4)
  }
}

import CellCanvas
import Estimators
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("What holds for every page of a state and of the policy's states")
struct EstimatorPagePropertyTests {
  private static let pages = [EstimatorPage.state, .average]

  /// A frame with everything that can be varied chosen by a number.
  private static func frame(
    _ snapshot: EngineSnapshot, _ columns: Int, _ rows: Int, _ variant: Int, look: Look
  ) -> Canvas {
    EstimatorScreens.frame(snapshot, columns: columns, rows: rows, look: look) { state in
      state.estimators.page = pages[variant % 2]
      state.estimators.isLogarithmic = variant % 3 == 0
      state.isZoomed = variant % 4 == 1
      let panes = PaneID.panes(of: state.estimators.page)
      state.estimators.pane = panes[variant % panes.count]
      state.estimators.quantity = EstimatorsState.FieldQuantity.allCases[variant % 3]
      if variant % 5 == 2 {
        state.estimators.kept = (0..<variant % 9).map { KeptState(name: "state \($0)", state: [0]) }
        state.estimators.subject = variant % 2 == 0 ? .kept(0) : .cursor
        state.estimators.cursor = variant - 40
      }
    }
  }

  @Test("No size, run or look makes it fail", arguments: SampleEstimatorReports.all.map(\.name))
  func survives(name: String) {
    let snapshot = EstimatorScreens.sample(name)
    let sizes =
      stride(from: 0, through: 200, by: 13).flatMap { w in
        stride(from: 0, through: 60, by: 7).map { (w, $0) }
      } + [(40, 12), (66, 21), (80, 24), (120, 36), (200, 50)]
    for (variant, size) in sizes.enumerated() {
      let look = EstimatorScreens.looks[variant % EstimatorScreens.looks.count]
      let canvas = Self.frame(snapshot, size.0, size.1, variant, look: look)
      #expect(canvas.size == Size(columns: size.0, rows: size.1))
      if !look.glyphs.isUnicode {
        #expect(canvas.cells.allSatisfy { $0.scalar.isASCII }, "\(size)")
      }
    }
  }

  @Test("Frames of panes are never written over", arguments: SampleEstimatorReports.all.map(\.name))
  func framesStayWhole(name: String) {
    let snapshot = EstimatorScreens.sample(name)
    for (columns, rows) in [(40, 12), (66, 21), (80, 24), (100, 30), (120, 36), (200, 50)] {
      for page in Self.pages {
        let canvas = EstimatorScreens.frame(snapshot, columns: columns, rows: rows) {
          $0.estimators.page = page
        }
        let text = canvas.plainText.joined()
        let counts = ["╭", "╮", "╰", "╯"].map { corner in text.filter { $0 == corner }.count }
        #expect(Set(counts).count == 1 && counts[0] >= 1, "\(page) \(columns)x\(rows): \(counts)")
        for y in 2..<(rows - 1) {
          #expect("╭│╰".unicodeScalars.contains(canvas[0, y].scalar), "\(page) \(columns) row \(y)")
          #expect(
            "╮│╯".unicodeScalars.contains(canvas[columns - 1, y].scalar), "\(page) row \(y)")
        }
      }
    }
  }

  @Test("At 80x24 all panes of both pages are on the screen")
  func complete() {
    for (page, titles) in [
      (EstimatorPage.state, ["Bias and variance", "Targets", "State"]),
      (.average, ["Bias and variance", "Map"]),
    ] {
      for (name, snapshot) in SampleEstimatorReports.all {
        let text = EstimatorScreens.frame(snapshot, columns: 80, rows: 24) {
          $0.estimators.page = page
        }.plainText.joined(separator: "\n")
        for title in titles {
          #expect(text.contains(" \(title) ") || text.contains("▶\(title) "), "\(name) \(title)")
        }
      }
    }
  }

  @Test("The open page's name is on the screen however narrow it is")
  func tabs() {
    for page in EstimatorPage.allCases {
      for columns in 40...120 {
        let canvas = EstimatorScreens.frame(SampleEstimatorReports.maze, columns: columns, rows: 20)
        {
          $0.estimators.page = page
        }
        #expect(canvas.plainText[1].contains(page.title), "\(page) \(columns)")
      }
    }
  }

  @Test("The least error that is named is the least of the report")
  func least() throws {
    for (name, snapshot) in SampleEstimatorReports.all {
      guard let report = snapshot.estimators?.state else { continue }
      let curves = ErrorCurves(report, inUse: .td, isLogarithmic: false)
      for (family, entries) in zip(curves.families, [report.nStep, report.lambda]) {
        let errors = entries.map(\.meanSquaredError)
        let place = try #require(family.least)
        #expect(errors[place] == errors.filter(\.isFinite).min(), "\(name)")
      }
    }
    let report = try #require(SampleEstimatorReports.cartPole.estimators?.average)
    let best = try #require(report.nStep.min { $0.meanSquaredError < $1.meanSquaredError })
    let text = EstimatorScreens.frame(SampleEstimatorReports.cartPole, columns: 120, rows: 36) {
      $0.estimators.page = .average
    }.plainText.joined(separator: "\n")
    let number = NumberFormat.fixed(best.meanSquaredError, decimals: 3, width: 5)
    #expect(text.contains("least \(number) at n \(best.estimator.place(.unicode))"))
  }

  @Test("Both families are drawn on one scale that holds the greatest error, linear or not")
  func scale() throws {
    for (_, snapshot) in SampleEstimatorReports.all {
      guard let report = snapshot.estimators?.state else { continue }
      for isLogarithmic in [false, true] {
        let curves = ErrorCurves(report, inUse: .td, isLogarithmic: isLogarithmic)
        let plot = curves.plot(Look())
        #expect(plot.scale.isLogarithmic == isLogarithmic)
        for point in plot.families.flatMap({ $0.points.flatMap { $0 } }) where point.value.isFinite
        {
          #expect(plot.scale.share(point.value) <= 1 + 1e-9)
        }
      }
    }
  }

  @Test(
    "The setting in use is marked at its place, or between its neighbours",
    arguments: [
      (.td, 0.0), (.nStep(1), 0), (.nStep(5), 3), (.nStep(4), 2.5), (.nStep(100), 7.5),
      (.monteCarlo, 8), (.nStep(ReturnEstimator.unlimitedSteps), 8), (.lambda(0), 0),
      (.lambda(0.95), 10), (.lambda(0.97), 10.5), (.lambda(1), 12),
    ] as [(ReturnEstimator, Double)])
  func inUse(estimator: ReturnEstimator, place: Double) throws {
    let report = try #require(SampleEstimatorReports.maze.estimators?.state)
    let curves = ErrorCurves(report, inUse: estimator, isLogarithmic: false)
    let marked = try #require(curves.families[estimator.isLambda ? 1 : 0].current)
    #expect(abs(marked - place) < 1e-9)
    #expect(curves.families[estimator.isLambda ? 0 : 1].current == nil)
  }

  @Test("Progress, rollouts and age are told")
  func origin() {
    let text = EstimatorScreens.frame(SampleEstimatorReports.cartPole, columns: 120, rows: 36)
      .plainText.joined(separator: "\n")
    #expect(text.contains("measured, 881 rollouts, 43 % · 41 updates old · 0.4 s"))
    let narrow = EstimatorScreens.frame(SampleEstimatorReports.maze, columns: 80, rows: 24)
    #expect(narrow.plainText.joined().contains("2 updates old"))
  }

  @Test("Every dot is a pair of errors, and all pictures have one scale")
  func clouds() throws {
    let report = try #require(SampleEstimatorReports.maze.estimators)
    let truth = try #require(report.state?.trueValue)
    let clouds = TargetClouds(report.clouds, trueValue: truth)
    #expect(clouds.clouds.allSatisfy { $0.dots.count == 128 })
    let first = try #require(report.clouds.first)
    #expect(clouds.clouds[0].dots[1].x == first.targets[2] - truth)
    #expect(clouds.clouds[0].dots[1].y == first.targets[3] - truth)
    #expect(clouds.clouds[0].bias == first.mean - truth)
    let errors = report.clouds.flatMap(\.targets).map { abs($0 - truth) }
    let inside = errors.count { $0 <= clouds.reach }
    #expect(Double(inside) >= 0.95 * Double(errors.count))
  }

  @Test("The words follow from the four's own figures: most is high, little is low")
  func words() throws {
    func cloud(_ mean: Double, _ deviation: Double) -> TargetCloud {
      TargetCloud(
        estimator: .td, targets: [mean, mean], mean: mean, standardDeviation: deviation)
    }
    let clouds = TargetClouds(
      [cloud(1 - 0.9, 0), cloud(1.5, 0.1), cloud(1.1, 0.5), cloud(1, 1)], trueValue: 1
    ).clouds
    #expect(clouds.map(\.biasAmount) == [.high, .middling, .low, .none])
    #expect(clouds.map(\.varianceAmount) == [.none, .low, .middling, .high])
    let sample = try #require(SampleEstimatorReports.maze.estimators)
    let found = TargetClouds(sample.clouds, trueValue: try #require(sample.state?.trueValue))
    #expect(found.clouds[0].biasAmount == .high && found.clouds[0].varianceAmount == .low)
    #expect(found.clouds[3].biasAmount == .none && found.clouds[3].varianceAmount == .high)
  }
}

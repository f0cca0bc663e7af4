import CellCanvas
import Estimators
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("Return and baseline")
struct BaselinePaneTests {
  private static let sizes = [(80, 24), (120, 36), (200, 50)]

  /// A pole that fell after 60 steps, with a V that has learnt most of it.
  private static func report(averaged: Int = 20, spreads: Int = 3) -> BaselineReport {
    let steps = (0..<60).map { t in
      let target = (1 - pow(0.99, Double(60 - t))) / 0.01
      return BaselineReport.Step(target: target, baseline: 0.8 * target + 3 * sin(Double(t) / 4))
    }
    let all = [
      BaselineReport.Spread(
        baseline: "none", isInUse: false, variance: 1_843, meanVariance: 2_104.5),
      BaselineReport.Spread(
        baseline: "constant", isInUse: false, variance: 412.25, meanVariance: 508),
      BaselineReport.Spread(
        baseline: "value", isInUse: true, variance: 61.75, meanVariance: 97.125),
    ]
    return BaselineReport(
      steps: steps, spreads: Array(all.prefix(spreads)), episodes: spreads == 0 ? 1 : 4,
      averaged: averaged)
  }

  private static func snapshot(_ report: BaselineReport?) -> EngineSnapshot {
    var snapshot = SampleSnapshots.cartPole(workers: 1)
    snapshot.settings.agent = .reinforce
    snapshot.settings.estimator = .monteCarlo
    snapshot.settings.workers = 1
    snapshot.baselines = report
    return snapshot
  }

  private func text(_ report: BaselineReport?, columns: Int = 120, rows: Int = 36) -> String {
    StageScreens.frame(Self.snapshot(report), columns: columns, rows: rows).plainText
      .joined(separator: "\n")
  }

  @Test("As recorded at every size", arguments: sizes)
  func golden(columns: Int, rows: Int) {
    expectGoldenScreen(
      StageScreens.frame(Self.snapshot(Self.report()), columns: columns, rows: rows),
      named: "stage-reinforce-\(columns)x\(rows)")
  }

  @Test("As recorded without colours and Unicode", arguments: sizes)
  func ascii(columns: Int, rows: Int) {
    let canvas = StageScreens.frame(
      Self.snapshot(Self.report()), columns: columns, rows: rows, look: StageScreens.ascii)
    #expect(canvas.plainText.allSatisfy { $0.utf8.allSatisfy { $0 < 128 } })
    expectGoldenScreen(canvas, named: "stage-reinforce-ascii-\(columns)x\(rows)")
  }

  @Test(
    "Every baseline has its variance, that in use is marked, and it is said of how many updates")
  func numbers() {
    let all = text(Self.report())
    #expect(all.contains("of 20 updates of 4 episodes"))
    for number in ["b = 0", "b = mean G", "▶b = V(s)", "1.84 k", "2.10 k", "412", "508"] {
      #expect(all.contains(number), "\(number)")
    }
    #expect(text(Self.report(averaged: 7)).contains("of 7 updates of 4 episodes"))
  }

  @Test("What has no variance yet, or can have none, is said")
  func without() {
    #expect(text(nil).contains("returns appear with the first update"))
    #expect(text(Self.report(spreads: 0)).contains("one episode an update has no variance"))
    var report = Self.report(spreads: 0)
    report.episodes = 4
    #expect(text(report).contains("measuring the gradient's variance"))
  }
}

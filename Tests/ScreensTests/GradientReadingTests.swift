import Estimators
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("What the page of the gradient reads off its report")
struct GradientReadingTests {
  private let settings = SampleSnapshots.maze().settings

  private func reading(
    _ report: GradientReport = SampleGradients.exact,
    change: (inout LiveSettings) -> Void = { _ in }
  ) -> GradientReading {
    var settings = settings
    change(&settings)
    return GradientReading(report: report, settings: settings)
  }

  @Test("An update is made of one rollout, behind a barrier of one of every worker")
  func stepsOfAnUpdate() {
    #expect(reading().steps == 5)
    #expect(reading { $0.agent = .a2c }.steps == 40)
  }

  @Test("The best alignment is the greatest there is, and depends on the steps of an update")
  func best() throws {
    for agent in [AgentName.a3c, .a2c] {
      let reading = reading { $0.agent = agent }
      let best = try #require(reading.best)
      let most = try #require(reading.alignment(best))
      for index in reading.report.entries.indices {
        #expect(try #require(reading.alignment(index)) <= most)
      }
    }
    #expect(reading(SampleGradients.measured).best == nil)
  }

  @Test(
    "The estimate in use is the estimator's own row",
    arguments: [
      (ReturnEstimator.nStep(5), Optional("n 5")), (.td, "n 1"), (.lambda(0.95), "λ .95"),
      (.monteCarlo, "n ∞"), (.nStep(7), nil),
    ])
  func inUse(estimator: ReturnEstimator, name: String?) {
    let reading = reading { $0.estimator = estimator }
    #expect(reading.inUse.map(reading.name) == name)
  }

  @Test("G alone is divided by itself once, and V takes variance away without a bias")
  func baseline() throws {
    let reading = reading()
    #expect(reading.reduction(0) == 1)
    #expect(try #require(reading.reduction(2)) > 1)
    #expect(reading.words[0][0].contains("it costs no bias"))
  }

  @Test("That a baseline costs no bias is said only where the figures say so")
  func biasIsNotDenied() {
    var report = SampleGradients.exact
    report.entries[2].cosine = 0.97
    let words = reading(report).words[0]
    #expect(words.allSatisfy { !$0.contains("no bias") })
    #expect(words[0].contains("cosine is 0.970"))
    #expect(reading(SampleGradients.measured).words[0].allSatisfy { !$0.contains("bias") })
    report.entries[2].variance = 2 * report.entries[0].variance
    #expect(reading(report).words[0][0].contains("variance × 2.00"))
  }

  @Test("Where not all rows fit, those in use, best and of the returns stay", arguments: 5...20)
  func rows(room: Int) throws {
    let reading = reading()
    let rows = GradientTable(reading: reading, isLogarithmic: false).rows(room)
    #expect(rows.count == min(room, reading.report.entries.count))
    #expect(rows == rows.sorted())
    #expect(
      Set(rows).isSuperset(of: [0, 1, 2, try #require(reading.inUse), try #require(reading.best)]))
  }
}

import CellCanvas
import Estimators
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("Choosing the estimators of a page")
struct EstimatorSlotTests {
  private static func bench(_ page: EstimatorPage) -> InterfaceBench {
    var bench = InterfaceBench(SampleEstimatorReports.maze)
    bench.state.view = .estimators
    bench.state.estimators.page = page
    return bench
  }

  @Test("{ and } go through the whole ladder and stop at its ends")
  func ladder() {
    var bench = Self.bench(.average)
    var seen = [bench.state.estimators.field]
    for _ in 0..<40 {
      bench.press(.character("}"))
      if bench.state.estimators.field != seen.last { seen.append(bench.state.estimators.field) }
    }
    #expect(seen == EstimatorLadder.rungs)
    #expect(bench.state.message?.kind == .refusal)
    for _ in 0..<40 { bench.press(.character("{")) }
    #expect(bench.state.estimators.field == .td)
  }

  @Test(
    "From between two rungs the nearer one of the same kind is next",
    arguments: [
      (ReturnEstimator.nStep(4), ReturnEstimator.nStep(3), ReturnEstimator.nStep(5)),
      (.nStep(1), nil, .nStep(2)), (.nStep(70), .nStep(50), .monteCarlo),
      (.lambda(0.97), .lambda(0.95), .lambda(0.99)), (.lambda(0), .monteCarlo, .lambda(0.1)),
    ] as [(ReturnEstimator, ReturnEstimator?, ReturnEstimator)])
  func between(start: ReturnEstimator, below: ReturnEstimator?, above: ReturnEstimator) {
    #expect(EstimatorLadder.next(start, up: false) == below)
    #expect(EstimatorLadder.next(start, up: true) == above)
  }

  @Test("i goes round the dots' estimators, and the keys change that one alone")
  func clouds() {
    var bench = Self.bench(.state)
    bench.press(.character("i"))
    bench.press(.character("i"))
    bench.press(.character("}"))
    #expect(
      bench.state.estimators.clouds == [.td, .nStep(5), .lambda(0.99), .monteCarlo])
    #expect(bench.state.interest?.estimators?.clouds == bench.state.estimators.clouds)
    #expect(bench.state.message?.text == "estimator 3: λ-return .99")
    bench.press(.character("i"))
    bench.press(.character("i"))
    #expect(bench.state.estimators.slot == 0)
  }

  @Test("On the pages of the pair they change the pair, and forget a race that was typed")
  func pair() {
    for page in [EstimatorPage.rollout, .race] {
      var bench = Self.bench(page)
      bench.state.estimators.race = RaceRequest(first: .discount(0.9), second: .discount(0.99))
      bench.press(.character("i"))
      bench.press(.character("{"))
      #expect(bench.state.estimators.pair == [.nStep(5), .lambda(0.9)])
      #expect(bench.state.estimators.race == nil)
    }
  }

  @Test("x changes the axis, v the quantity of the map")
  func axisAndQuantity() {
    var bench = Self.bench(.average)
    bench.press(.character("x"))
    #expect(bench.state.estimators.isLogarithmic)
    bench.press(.character("x"))
    #expect(!bench.state.estimators.isLogarithmic)
    for quantity in [EstimatorsState.FieldQuantity.variance, .meanSquaredError, .bias] {
      bench.press(.character("v"))
      #expect(bench.state.estimators.quantity == quantity)
    }
  }
}

import CellCanvas
import Estimators
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("A target taken apart")
struct WeightedReturnsTests {
  /// Targets of a report in double precision, by the function the learner uses.
  private func targets(_ rollout: RolloutReport, _ estimator: ReturnEstimator) -> [Double] {
    estimateReturns(
      estimator, discount: rollout.discount, rewards: rollout.steps.map { Double($0.reward) },
      nextValues: rollout.steps.map { Double($0.nextValue) },
      terminated: rollout.steps.map(\.terminated), truncated: rollout.steps.map(\.truncated))
  }

  private static let rollouts = (1...60).map { SampleRollouts.random(seed: UInt64($0), count: $0) }

  @Test("The weights sum to 1", arguments: [0, 0.3, 0.9, 0.95, 0.999, 1])
  func weightsSumToOne(lambda: Double) throws {
    for rollout in Self.rollouts {
      for t in rollout.steps.indices {
        let returns = try #require(
          WeightedReturns(of: rollout, at: t, weighing: .lambda(lambda)))
        let sum = returns.terms.reduce(0) { $0 + $1.weight }
        #expect(abs(sum - 1) < 1e-12)
        #expect(returns.terms.allSatisfy { (0...1).contains($0.weight) })
      }
    }
  }

  @Test("Weighted and summed they are the λ-return to 1e-12", arguments: [0, 0.3, 0.9, 0.95, 1])
  func sumIsTheLambdaReturn(lambda: Double) throws {
    for rollout in Self.rollouts {
      let expected = targets(rollout, .lambda(lambda))
      for t in rollout.steps.indices {
        let returns = try #require(
          WeightedReturns(of: rollout, at: t, weighing: .lambda(lambda)))
        let size = returns.terms.reduce(1) { max($0, abs($1.value)) }
        #expect(abs(returns.sum - expected[t]) <= 1e-12 * size)
      }
    }
  }

  @Test("The k-step return is the n-step return of n = k")
  func stepReturns() throws {
    for rollout in Self.rollouts.suffix(20) {
      for t in rollout.steps.indices {
        let returns = try #require(WeightedReturns(of: rollout, at: t, weighing: .td))
        for term in returns.terms {
          let expected = targets(rollout, .nStep(term.steps))[t]
          #expect(abs(term.value - expected) <= 1e-12 * max(1, abs(expected)) * 30)
        }
      }
    }
  }

  @Test(
    "An estimator of one return has all its weight there, or on what the rollout leaves",
    arguments: [
      (ReturnEstimator.td, 1), (.nStep(1), 1), (.nStep(3), 3), (.nStep(9), 5),
      (.nStep(ReturnEstimator.unlimitedSteps), 5), (.monteCarlo, 5),
    ])
  func oneReturn(estimator: ReturnEstimator, place: Int) throws {
    let rollout = SampleRollouts.cartPole(estimator)
    let returns = try #require(WeightedReturns(of: rollout, at: 0, weighing: estimator))
    #expect(returns.terms.map(\.weight) == (1...5).map { $0 == place ? 1 : 0 })
    #expect(returns.agrees(with: rollout.steps[0].target))
  }

  @Test("The sum is what the learner used, and another estimator's sum is not")
  func agreesWithTheLearner() throws {
    for rollout in [SampleRollouts.cartPole(), SampleRollouts.long, SampleRollouts.maze] {
      for t in rollout.steps.indices {
        let own = try #require(
          WeightedReturns(of: rollout, at: t, weighing: rollout.estimator))
        #expect(own.agrees(with: rollout.steps[t].target))
      }
      let other = try #require(WeightedReturns(of: rollout, at: 0, weighing: .lambda(0.5)))
      #expect(!other.agrees(with: rollout.steps[0].target))
    }
  }

  @Test("A step the rollout does not have has no returns")
  func noSuchStep() {
    let rollout = SampleRollouts.cartPole()
    #expect(WeightedReturns(of: rollout, at: 8, weighing: .td) == nil)
    #expect(WeightedReturns(of: rollout, at: -1, weighing: .td) == nil)
  }

  @Test("What is folded keeps weight and sum, whatever the rows", arguments: [3, 4, 7, 20, 60])
  func folding(rows: Int) throws {
    let returns = try #require(
      WeightedReturns(of: SampleRollouts.long, at: 10, weighing: .lambda(0.95)))
    let lines = WeightsTable.lines(returns.terms, rows: rows)
    #expect(lines.count == min(rows, returns.terms.count))
    var (weight, sum, count) = (0.0, 0.0, 0)
    for line in lines {
      switch line {
      case .term(let term):
        weight += term.weight
        sum += term.contribution
        count += 1
      case .folded(let steps, let folded, let contribution):
        weight += folded
        sum += contribution
        count += steps.count
      }
    }
    #expect(count == returns.terms.count)
    #expect(abs(weight - 1) < 1e-12)
    #expect(abs(sum - returns.sum) < 1e-9)
    #expect(lines.last == returns.terms.last.map { .term($0) })
  }

  @Test(
    "The estimator looked into is the λ-return in use, else one of the pair, else the one in use",
    arguments: [
      (
        ReturnEstimator.lambda(0.8), [ReturnEstimator.td, .lambda(0.5)], 0,
        ReturnEstimator.lambda(0.8)
      ),
      (.nStep(5), [.td, .lambda(0.5)], 0, .lambda(0.5)),
      (.nStep(5), [.lambda(0.9), .lambda(0.5)], 1, .lambda(0.5)),
      (.nStep(5), [.td, .monteCarlo], 0, .nStep(5)),
    ])
  func weighed(
    inUse: ReturnEstimator, pair: [ReturnEstimator], slot: Int, expected: ReturnEstimator
  ) {
    #expect(ReturnEstimator.weighed(inUse: inUse, pair: pair, slot: slot) == expected)
  }
}

@Suite("Two estimators on one rollout")
struct RolloutComparisonTests {
  @Test("The targets of the one in use are the learner's own, bit for bit")
  func isTheLearners() {
    for estimator in [ReturnEstimator.td, .nStep(3), .lambda(0.9), .monteCarlo] {
      let rollout = SampleRollouts.random(seed: 9, count: 40, estimator: estimator)
      let comparison = RolloutComparison(rollout, estimator, .nStep(7))
      #expect(comparison.first == rollout.steps.map(\.target))
    }
  }

  @Test("Mean and largest difference are those of the steps")
  func summary() throws {
    let comparison = RolloutComparison(SampleRollouts.cartPole(), .nStep(5), .lambda(0.95))
    let sizes = zip(comparison.first, comparison.second).map { abs(Double($1) - Double($0)) }
    let largest = try #require(comparison.largest)
    #expect(largest.size == sizes.max())
    #expect(sizes[largest.step] == largest.size)
    #expect(abs(comparison.meanSize - sizes.reduce(0, +) / 8) < 1e-12)
    let same = RolloutComparison(SampleRollouts.long, .td, .nStep(1))
    #expect(same.meanSize == 0)
  }

  @Test("A rollout without steps has neither")
  func empty() {
    var rollout = SampleRollouts.maze
    rollout.steps = []
    let comparison = RolloutComparison(rollout, .td, .monteCarlo)
    #expect(comparison.meanSize == 0)
    #expect(comparison.largest == nil)
  }

  @Test("Segments end where the world ended, where time was up, and where the rollout was cut")
  func ends() {
    let long = SampleRollouts.long
    #expect(long.close(at: 58) == nil)
    #expect(long.close(at: 59) == .terminated)
    #expect(long.close(at: 71) == .truncated)
    #expect(SampleRollouts.cartPole().close(at: 7) == .cut)
    var both = SampleRollouts.cartPole()
    both.steps[4].truncated = true
    #expect(both.close(at: 4) == .terminated)
  }

  @Test("The learner's own target has a column only where it is neither A's nor B's")
  func columnInUse() {
    func text(_ estimator: ReturnEstimator) -> String {
      let sample = RolloutRaceScreens.Sample(
        name: "", page: .rollout,
        snapshot: RolloutRaceScreens.with(
          SampleSnapshots.cartPole(), rollout: SampleRollouts.cartPole(estimator)))
      return RolloutRaceScreens.screen(sample, columns: 80, rows: 24).plainText[2]
    }
    #expect(text(.td).contains("in use"))
    #expect(!text(.nStep(5)).contains("in use"))
    #expect(!text(.lambda(0.95)).contains("in use"))
  }
}

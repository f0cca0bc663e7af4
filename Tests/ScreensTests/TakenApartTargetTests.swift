import Estimators
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("A target and its parts")
struct TakenApartTargetTests {
  private static let estimators: [ReturnEstimator] = [
    .monteCarlo, .td, .nStep(1), .nStep(2), .nStep(5), .nStep(ReturnEstimator.unlimitedSteps),
    .lambda(0), .lambda(0.3), .lambda(0.95), .lambda(1),
  ]
  private static let discounts = [0, 0.5, 0.97, 0.99, 1]

  @Test(
    "Of every step of random rollouts it is the learner's target, bit for bit",
    arguments: estimators, discounts)
  func isTheLearners(estimator: ReturnEstimator, discount: Double) throws {
    var ends: Set<String> = []
    for seed in 1...40 {
      let rollout = SampleRollouts.random(
        seed: UInt64(seed), count: 5 + seed, estimator: estimator, discount: discount)
      for (t, step) in rollout.steps.enumerated() {
        let segment = try #require(TargetSegment(of: rollout, at: t))
        let apart = TakenApartTarget(of: segment, by: estimator)
        #expect(apart.isExactly(step.target))
        #expect(apart.advantage.bitPattern == step.advantage.bitPattern)
        ends.insert("\(segment.end)")
      }
    }
    #expect(ends == ["terminated", "truncated", "cut"])
  }

  @Test(
    "The parts add up to the target but for rounding", arguments: estimators, discounts)
  func partsAddUp(estimator: ReturnEstimator, discount: Double) throws {
    for seed in 1...20 {
      let rollout = SampleRollouts.random(
        seed: UInt64(seed), count: 40, estimator: estimator, discount: discount)
      let targets = estimateReturns(
        estimator, discount: discount, rewards: rollout.steps.map { Double($0.reward) },
        nextValues: rollout.steps.map { Double($0.nextValue) },
        terminated: rollout.steps.map(\.terminated), truncated: rollout.steps.map(\.truncated))
      for t in rollout.steps.indices {
        let segment = try #require(TargetSegment(of: rollout, at: t))
        let apart = TakenApartTarget(of: segment, by: estimator)
        let size = apart.parts.reduce(1) { max($0, abs($1.value)) }
        #expect(abs(apart.sum - targets[t]) <= 1e-13 * size * Double(apart.parts.count))
      }
    }
  }

  @Test(
    "Of every recorded step it is the recorded target, bit for bit",
    arguments: ["cartpole", "maze", "a2c", "kept"])
  func isTheRecorded(name: String) throws {
    let episodes = EpisodePaneScreens.episodes(name)
    var learnt = 0
    for episode in episodes {
      for (index, step) in episode.steps.enumerated() {
        guard let segment = TargetSegment(of: episode, at: index) else {
          #expect(step.update == nil)
          continue
        }
        let place = try #require(step.update)
        let apart = TakenApartTarget(of: segment, by: episode.updates[place].estimator)
        #expect(apart.isExactly(step.target))
        #expect(apart.advantage.bitPattern == step.advantage.bitPattern)
        learnt += 1
      }
    }
    #expect(learnt > 20)
  }

  @Test("A target that differs in its last bit is not the same")
  func lastBit() throws {
    let rollout = SampleRollouts.cartPole()
    let segment = try #require(TargetSegment(of: rollout, at: 0))
    let apart = TakenApartTarget(of: segment, by: rollout.estimator)
    #expect(apart.isExactly(rollout.steps[0].target))
    #expect(!apart.isExactly(rollout.steps[0].target.nextUp))
    #expect(!apart.isExactly(rollout.steps[0].target.nextDown))
    #expect(!apart.isExactly(.nan))
  }

  /// Three steps of rewards 1, 2, 4; V of the states they led to 10, 20, 40.
  private func segment(_ end: SegmentEnd) -> TargetSegment {
    TargetSegment(
      rewards: [1, 2, 4], nextValues: [10, 20, 40], value: 3, end: end, discount: 0.5)
  }

  @Test("An n-step return is its rewards with their discounts, and V with its own")
  func nStepParts() {
    typealias Part = TakenApartTarget.Part
    let two = TakenApartTarget(of: segment(.cut), by: .nStep(2))
    #expect(
      two.parts == [
        Part(kind: .reward(0), factor: 1, value: 1), Part(kind: .reward(1), factor: 0.5, value: 2),
        Part(kind: .bootstrap(2), factor: 0.25, value: 20),
      ])
    #expect(two.target == 7)
    #expect(two.sum == 7)
    #expect(two.end == nil)
    #expect(two.temporalDifference == 1 + 0.5 * 10 - 3)
    #expect(two.advantage == 4)
    let all = TakenApartTarget(of: segment(.truncated), by: .monteCarlo)
    #expect(all.parts.last == Part(kind: .bootstrap(3), factor: 0.125, value: 40))
    #expect(all.end == .truncated)
    let ended = TakenApartTarget(of: segment(.terminated), by: .nStep(9))
    #expect(ended.parts.last == Part(kind: .bootstrap(3), factor: 0.125, value: 0))
    #expect(ended.target == 3)
    #expect(ended.end == .terminated)
  }

  @Test("A λ-return is the k-step returns with their weights")
  func lambdaParts() {
    typealias Part = TakenApartTarget.Part
    let apart = TakenApartTarget(of: segment(.cut), by: .lambda(0.5))
    #expect(
      apart.parts == [
        Part(kind: .stepReturn(1), factor: 0.5, value: 6),
        Part(kind: .stepReturn(2), factor: 0.25, value: 7),
        Part(kind: .stepReturn(3), factor: 0.25, value: 8),
      ])
    #expect(apart.target == 6.75)
    #expect(apart.end == .cut)
  }

  @Test("A part of no weight adds nothing, whatever it is multiplied with")
  func noWeight() {
    let part = TakenApartTarget.Part(kind: .reward(3), factor: 0, value: .infinity)
    #expect(part.product == 0)
  }

  @Test("V of the state reached by a terminated step never counts, though it be not a number")
  func terminatedValue() {
    let segment = TargetSegment(
      rewards: [1], nextValues: [.nan], value: 0.5, end: .terminated, discount: 0.9)
    for estimator in Self.estimators {
      let apart = TakenApartTarget(of: segment, by: estimator)
      #expect(apart.target == 1)
      #expect(apart.sum == 1)
    }
  }

  @Test("A step beyond the record, or not learnt from, has no segment")
  func noSegment() {
    let episode = SampleHistory.cartPole.episode(of: 0, at: .max)
    #expect(TargetSegment(of: episode, at: -1) == nil)
    #expect(TargetSegment(of: episode, at: episode.steps.count) == nil)
    #expect(TargetSegment(of: episode, at: episode.steps.count - 1) == nil)
  }

  @Test(
    "Rows that do not fit are folded in the middle",
    arguments: [(9, 5), (3, 3), (5, 9), (100, 3), (4, 2), (4, 0)])
  func folding(count: Int, rows: Int) {
    let shown = FoldedRows(count, in: rows)
    let lines = shown.head.count + (shown.folded.isEmpty ? 0 : 1) + shown.tail.count
    #expect(lines == min(count, rows))
    if rows >= 3 {
      #expect(shown.head.count + shown.folded.count + shown.tail.count == count)
    }
    #expect(shown.tail.upperBound == count)
  }
}

import Testing

@testable import Training

@Suite("Comparisons by learning")
struct LearningComparisonTests {
  private func run(_ returns: [Double?], stepsToGoal: Int? = nil) -> LearningRun {
    LearningRun(
      returns: returns, stepsToGoal: stepsToGoal,
      secondsToGoal: stepsToGoal.map { Double($0) / 10 },
      seconds: 1)
  }

  @Test("the estimates are those of the runs that did not diverge, the count says how many did")
  func divergence() {
    let summary = LearningSummary([run([1, 2]), run([3, 6]), run([5, nil]), run([nil, nil])])
    #expect(summary.diverged == 2)
    #expect(summary.score == .init(mean: 4, interval: 2...6))
    #expect(summary.curve[0] == .init(mean: 3, interval: 1...5))
    let none = LearningSummary([run([nil]), run([nil])])
    #expect(none.score == .init(mean: nil, interval: nil))
  }

  @Test("medians to the goal count all seeds, those that never reached it as later")
  func medians() {
    func median(_ steps: Int?...) -> Double? {
      LearningSummary(steps.map { run([0], stepsToGoal: $0) }).medianSteps
    }
    #expect(median(30, 10, 20) == 20)
    #expect(median(30, nil, 10) == 30)
    #expect(median(10, 30) == 20)
    #expect(median(10, nil) == nil)
    #expect(median(nil, nil, 10) == nil)
    let summary = LearningSummary([run([0], stepsToGoal: 40), run([0])])
    #expect(summary.reached == 1 && summary.medianSeconds == nil)
  }
}

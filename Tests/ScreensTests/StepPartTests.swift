import Estimators
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("A step's part in its update")
struct StepPartTests {
  private static let ln2 = 0.693_147_180_559_945_3

  static func step(
    logits: [Float], action: Int = 0, value: Float = 0, target: Float = .nan
  ) -> EpisodeRecord.Step {
    EpisodeRecord.Step(
      state: [], observation: [], logits: logits, action: action, reward: 0, value: value,
      nextValue: 0, terminated: false, truncated: false, target: target,
      advantage: target - value, update: nil)
  }

  @Test("Of equal logits all is known in closed form", arguments: 1...6)
  func equalLogits(count: Int) {
    let part = StepPart(
      Self.step(logits: Array(repeating: -3, count: count), value: 1, target: 3))
    let most = NaturalLogarithm.of(count)
    #expect(abs(part.logProbability + most) < 1e-12)
    #expect(abs(part.entropy - most) < 1e-12)
    #expect(abs(part.policyLoss - 2 * most) < 1e-12)
    #expect(part.valueLoss == 4)
    #expect(part.probabilities.allSatisfy { abs($0 - 1 / Double(count)) < 1e-12 })
  }

  @Test("Logits ln 3 apart are probabilities of 3/4 and 1/4")
  func quarters() {
    let part = StepPart(Self.step(logits: [1.098_612_3, 0], action: 1, value: 2, target: 1))
    #expect(abs(part.probabilities[0] - 0.75) < 1e-7)
    #expect(abs(part.logProbability + 2 * Self.ln2) < 1e-7)
    #expect(abs(part.entropy - (2 * Self.ln2 - 0.75 * 1.098_612_288_668_11)) < 1e-7)
    #expect(abs(part.policyLoss + 2 * Self.ln2) < 1e-7)
  }

  @Test("Great logits do not overflow, and an action of no probability adds no entropy")
  func greatLogits() {
    let part = StepPart(Self.step(logits: [30_000, -30_000], value: 0, target: 0))
    #expect(part.logProbability == 0)
    #expect(part.entropy == 0)
    #expect(part.probabilities == [1, 0])
  }

  @Test(
    "The means over a rollout's steps are those of its update", arguments: ["cartpole", "maze"])
  func means(name: String) throws {
    var compared = 0
    for episode in EpisodePaneScreens.episodes(name) {
      for (place, update) in episode.updates.enumerated() where update.count == update.batch {
        let steps = episode.steps.filter { $0.update == place }
        guard steps.count == update.count else { continue }
        let parts = steps.map { StepPart($0) }
        let count = Double(parts.count)
        func agree(_ values: [Double], _ mean: Double) -> Bool {
          let sum = values.reduce(0, +) / count
          return abs(sum - mean) <= 1e-6 * max(1, abs(mean))
        }
        #expect(agree(parts.map(\.policyLoss), update.policyLoss))
        #expect(agree(parts.map(\.valueLoss), update.valueLoss))
        #expect(agree(parts.map(\.entropy), update.entropy))
        #expect(agree(parts.map { $0.total(with: update) }, update.totalLoss))
        compared += 1
      }
    }
    #expect(compared > 10)
  }

  // MARK: What the update made of the state

  private func movement(
    from before: (Double, Double), to after: (Double, Double), target: Float, advantage: Float
  ) throws -> UpdateMovement {
    var step = Self.step(logits: [0, 0], value: 0, target: target)
    step.advantage = advantage
    func reading(_ numbers: (Double, Double)) -> MomentEffect.Reading {
      .init(version: 1, probabilities: [numbers.0, 1 - numbers.0], value: numbers.1)
    }
    return try #require(
      UpdateMovement(
        step,
        MomentEffect(
          moment: nil, before: reading(before), after: reading(after), now: reading(after))))
  }

  private func percent(_ share: Double) -> String {
    "\(Int((share * 100).rounded())) %"
  }

  @Test("How far V moved is said as a share of the way to the target")
  func share() throws {
    let towards = try movement(from: (0.5, 10), to: (0.6, 14), target: 20, advantage: 1)
    #expect(towards.shareOfTheWay == 0.4)
    #expect(
      towards.valueWords(percent: percent)[0] == "V moved towards the target: 40 % of the way")
    let away = try movement(from: (0.5, 10), to: (0.6, 9), target: 20, advantage: 1)
    #expect(away.valueWords(percent: percent)[0].hasPrefix("V moved away from the target, by 10 %"))
    let past = try movement(from: (0.5, 10), to: (0.6, 8), target: 9, advantage: 1)
    #expect(past.valueWords(percent: percent)[0] == "V moved past the target: 200 % of the way")
    let there = try movement(from: (0.5, 20), to: (0.6, 20), target: 20, advantage: 1)
    #expect(there.shareOfTheWay == nil)
  }

  @Test(
    "Whether the action became likelier is judged by its advantage",
    arguments: [
      (0.6, 1, "A > 0, and the action became likelier"),
      (0.4, -1, "A < 0, and the action became less likely"),
      (0.4, 1, "A > 0, yet the action became less likely: other steps or momentum weighed more"),
      (0.6, -1, "A < 0, yet the action became likelier: other steps or momentum weighed more"),
      (0.5, 1, "the action's probability stayed"),
    ])
  func probability(after: Double, advantage: Float, words: String) throws {
    let change = try movement(from: (0.5, 0), to: (after, 0), target: 1, advantage: advantage)
    #expect(change.probabilityWords[0] == words)
  }

  @Test("Without the parameters of then nothing is said of what they did")
  func gone() {
    let now = MomentEffect.Reading(version: 9, probabilities: [1, 0], value: 0)
    let effect = MomentEffect(moment: nil, before: nil, after: now, now: now)
    #expect(UpdateMovement(Self.step(logits: [0, 0]), effect) == nil)
  }
}

@Suite("What became of a recorded step")
struct RecordedOutcomeTests {
  /// Five steps, learnt from in two rollouts of two; the last is of an open one.
  private func episode(
    adjust: (inout [EpisodeRecord.Step]) -> Void = { _ in }
  ) -> EpisodeRecord {
    var steps = (0..<5).map { index in
      var step = StepPartTests.step(logits: [0, 0], value: Float(index), target: 1)
      step.nextValue = Float(index) + 0.5
      step.update = index < 4 ? index / 2 : nil
      return step
    }
    adjust(&steps)
    return EpisodeRecord(
      worker: 0, episode: 0, start: nil, firstNumber: 40, omitted: 0, omittedReturn: 0,
      steps: steps, updates: [], reached: .init(state: [], observation: []))
  }

  @Test("A step goes on within its rollout, and is cut at its end")
  func withinAndCut() {
    let episode = episode()
    #expect(RecordedOutcome(of: episode, at: 0).kind == .goesOn)
    #expect(RecordedOutcome(of: episode, at: 1).kind == .cut)
    #expect(RecordedOutcome(of: episode, at: 1).nextValue == 1.5)
    #expect(RecordedOutcome(of: episode, at: 3).kind == .cut)
    #expect(RecordedOutcome(of: episode, at: 5).kind == .none)
    #expect(RecordedOutcome(of: episode, at: -1).kind == .none)
  }

  @Test("An end of the world has no bootstrap, a time limit that of the state reached")
  func ends() {
    let terminated = RecordedOutcome(of: episode { $0[3].terminated = true }, at: 3)
    #expect(terminated.kind == .terminated)
    #expect(terminated.nextValue == 0)
    let truncated = RecordedOutcome(of: episode { $0[3].truncated = true }, at: 3)
    #expect(truncated.kind == .truncated)
    #expect(truncated.nextValue == 3.5)
    #expect(truncated.words(nextValue: "3.5")[0].contains("not of the reset"))
    let both = RecordedOutcome(
      of: episode {
        $0[3].terminated = true
        $0[3].truncated = true
      }, at: 3)
    #expect(both.kind == .terminated)
  }

  @Test("Before it is learnt from, V of the next state is that of the next step, if there is one")
  func pending() {
    let open = episode {
      $0[3].update = nil
      $0[3].nextValue = 99
      $0[4].nextValue = 99
    }
    #expect(!RecordedOutcome(of: open, at: 3).isLearnt)
    #expect(RecordedOutcome(of: open, at: 3).kind == .goesOn)
    #expect(RecordedOutcome(of: open, at: 3).nextValue == 4)
    #expect(RecordedOutcome(of: open, at: 4).nextValue == nil)
    let limit = RecordedOutcome(of: episode { $0[4].truncated = true }, at: 4)
    #expect(limit.kind == .truncated)
    #expect(limit.nextValue == nil)
  }

  @Test("A step that waits says for what")
  func waits() {
    var snapshot = SampleHistory.cartPole.snapshot(of: 0)
    let history = SampleHistory.cartPole.report()
    snapshot.workers[0].rolloutStep = 2
    #expect(PendingStep(history, in: snapshot).words[0].contains("2 of 5 steps"))
    snapshot.workers[0].rolloutStep = 5
    #expect(PendingStep(history, in: snapshot).words[0].contains("comes next"))
    snapshot.settings.estimator = .monteCarlo
    #expect(PendingStep(history, in: snapshot).words[0].contains("the episode's end"))
    var kept = history
    kept.moment = .kept(id: 0, index: 3)
    #expect(PendingStep(kept, in: snapshot).words[0].contains("no target was made"))
  }
}

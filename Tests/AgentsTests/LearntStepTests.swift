import Environments
import Estimators
import Networks
import TestSupport
import Testing

@testable import Agents

@Suite("Steps that were learnt from")
struct LearntStepTests {
  /// Episodes that end, are cut, do both, and are longer than a rollout.
  static let script: [[StepOutcome]] = [
    [.going(1), .going(-2), .truncated(3)], [.terminated(4)], [.going(5), .both(-6)],
    [.going(0.25), .going(7), .going(8), .going(9), .going(0.1), .going(-3), .terminated(1)],
  ]
  static let estimators: [ReturnEstimator] = [
    .td, .nStep(1), .nStep(3), .nStep(100), .lambda(0.3), .lambda(0.95), .monteCarlo,
  ]

  /// Follows one actor through a script that is played over and over, and checks each of its rollouts.
  private struct Follower {
    let table: Table
    let estimator: ReturnEstimator
    var episode = 0
    var step = 0
    var seen = 0

    mutating func check(_ rollout: Rollout, _ k: Int, discount: Double) {
      var steps: [LearntStep] = []
      rollout.forEachLearntStep(of: k) { steps.append($0) }
      #expect(!steps.isEmpty)
      for step in steps { follow(step) }
      let with = rollout.learntWith
      #expect(with?.estimator == estimator && with?.discount == discount)
      let targets = estimateReturns(
        estimator, discount: discount, rewards: steps.map(\.reward),
        nextValues: steps.map(\.nextValue), terminated: steps.map(\.terminated),
        truncated: steps.map(\.truncated))
      #expect(targets.map(\.bitPattern) == steps.map(\.target.bitPattern))
      #expect(steps.allSatisfy { $0.advantage == $0.target - $0.value })
    }

    private mutating func follow(_ found: LearntStep) {
      let script = LearntStepTests.script
      let outcome = script[episode][step]
      #expect(found.reward == Float(outcome.reward))
      #expect(found.terminated == outcome.terminated && found.truncated == outcome.truncated)
      #expect(Double(found.value) == table.value(episode, step))
      #expect(
        Double(found.nextValue) == (outcome.terminated ? 0 : table.value(episode, step + 1)))
      step += 1
      if outcome.ended { (episode, step) = ((episode + 1) % script.count, 0) }
      seen += 1
    }
  }

  static func table() -> Table {
    Table(ScriptedWorld(script)) { Float($0 * $0) / 7 - 3 }
  }

  /// An actor at the beginning of episode `index`, modulo their number.
  static func actor(_ index: Int, _ table: Table) -> Actor {
    var actor = table.actor(index)
    for _ in 0..<index % script.count {
      while !actor.take(0).ended {}
      actor.beginEpisode(workers: 9)
    }
    return actor
  }

  @Test("A3C: they are what happened, and give the targets bit for bit", arguments: estimators)
  func asynchronous(estimator: ReturnEstimator) {
    let table = Self.table()
    let settings = settings(estimator, length: 4, learningRate: 0)
    let worker = A3CWorker(
      actor: table.actor(), network: table.network, shared: table.shared(.sgd),
      clock: StepClock(), settings: settings)
    #expect(worker.rollout.learntWith == nil)
    var follower = Follower(table: table, estimator: estimator)
    var pushes = 0
    while pushes < 60 {
      guard worker.turn(settings, observer: nil) else { continue }
      pushes += 1
      follower.check(worker.rollout, 0, discount: settings.discount)
    }
    #expect(follower.seen > 100)
  }

  @Test(
    "A2C: so they are for each actor of a group, however many waited", arguments: estimators)
  func synchronous(estimator: ReturnEstimator) {
    let table = Self.table()
    let settings = settings(estimator, length: 5, learningRate: 0, workers: 9)
    let team = A2CTeam(
      workers: 9, threads: 1, network: table.network, shared: table.shared(.sgd),
      clock: StepClock())
    // They begin in different episodes, so that theirs end at different times.
    let actors = A2CTeam.groups(workers: 9).map { $0.map { Self.actor($0, table) } }
    let member = A2CMember(
      team: team, thread: 0, actors: actors, network: table.network, settings: settings)
    var followers = actors.map { group in
      group.map { actor in
        Follower(table: table, estimator: estimator, episode: actor.index % Self.script.count)
      }
    }
    for _ in 0..<30 {
      while !member.isComplete { member.act() }
      _ = member.update(next: settings, observer: nil) { true }
      for (group, rollout) in member.rollouts.enumerated() {
        for k in 0..<rollout.width {
          followers[group][k].check(rollout, k, discount: settings.discount)
        }
      }
    }
    #expect(followers.joined().allSatisfy { $0.seen > 60 })
  }

  @Test("They stay while the next rollout is under way, also when its room grows")
  func staying() {
    let table = Table(ScriptedWorld(length: 37)) { Float($0) / 3 }
    let rollout = table.rollout(capacity: 2)
    func steps() -> [LearntStep] {
      var steps: [LearntStep] = []
      rollout.forEachLearntStep(of: 0) { steps.append($0) }
      return steps
    }
    rollout.run(.nStep(2), length: 2, theta: table.theta.pointer)
    rollout.begin()
    let kept = steps()
    #expect(kept.count == 2)
    for _ in 0..<9 {
      rollout.act(table.theta.pointer, estimator: .monteCarlo, workers: 1)
      #expect(steps() == kept)
    }
    while !rollout.isComplete(estimator: .monteCarlo, rolloutLength: 1) {
      rollout.act(table.theta.pointer, estimator: .monteCarlo, workers: 1)
    }
    rollout.estimate(.monteCarlo, discount: 1, theta: table.theta.pointer)
    rollout.begin()
    #expect(steps().count == 35 && steps().map(\.target) == (0..<35).map { Float(35 - $0) })
    for _ in 0..<3 { rollout.run(.monteCarlo, length: 1, theta: table.theta.pointer) }
    #expect(steps().count == 37)
  }
}

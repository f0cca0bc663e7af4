import Environments
import Estimators
import Networks
import TestSupport
import Testing
import Threads

@testable import Agents

@Suite("A3C workers and A2C members, phase by phase")
struct WorkerPhaseTests {
  private static let world = ScriptedWorld([
    [.going(1), .going(-1), .terminated(2)],
    [.going(1), .going(0), .going(3), .going(1), .truncated(1)],
  ])

  private static let estimators: [ReturnEstimator] = [.nStep(2), .lambda(0.8), .td, .monteCarlo]

  private func worker(
    _ table: Table, _ shared: SharedParameters, _ settings: LearningSettings, index: Int = 0,
    clock: StepClock = StepClock()
  ) -> A3CWorker {
    A3CWorker(
      actor: table.actor(index), network: table.network, shared: shared, clock: clock,
      settings: settings)
  }

  private func hash(_ shared: SharedParameters, _ table: Table) -> String {
    let copy = table.network.makeParameters()
    shared.pull(into: copy)
    return parametersHash(copy.pointer, count: copy.count)
  }

  @Test("Stepped by phase, freely, and both mixed: the same bits", arguments: estimators)
  func sameBits(estimator: ReturnEstimator) {
    let settings = settings(estimator, length: 4, entropy: 0.01)
    func run(_ turn: (A3CWorker, Int) -> Void) -> (hash: String, version: Int, steps: Int) {
      let table = Table(Self.world)
      let shared = table.shared(.rmsProp(RMSProp()))
      let clock = StepClock()
      let worker = worker(table, shared, settings, clock: clock)
      for number in 0..<90 { turn(worker, number) }
      return (hash(shared, table), shared.version, clock.steps)
    }
    func byPhase(_ worker: A3CWorker) {
      repeat { worker.advance(settings, observer: nil) } while worker.phase != .act
    }
    let free = run { worker, _ in _ = worker.turn(settings, observer: nil) }
    #expect(free.version > 20)
    #expect(run { worker, _ in byPhase(worker) } == free)
    let mixed = run { worker, number in
      guard number % 3 > 0 else { return byPhase(worker) }
      // Some phases by themselves, and the turn finishes what they began.
      for _ in 0..<number % 7 {
        worker.advance(settings, observer: nil)
        if worker.phase == .act { return }
      }
      _ = worker.turn(settings, observer: nil)
    }
    #expect(mixed == free)
  }

  @Test("A worker goes from phase to phase in the order of the loop")
  func order() {
    let table = Table(ScriptedWorld(length: 20))
    let settings = settings(.lambda(0.5), length: 3)
    let worker = worker(table, table.shared(.sgd), settings)
    for _ in 0..<4 {
      var phases: [A3CWorker.Phase] = []
      repeat {
        phases.append(worker.phase)
        let pushed = worker.advance(settings, observer: nil)
        #expect(pushed == (phases.last == .push))
      } while phases.last != .pull
      #expect(
        phases == [.act, .act, .act, .targets, .targets, .targets, .gradient, .push, .pull])
    }
  }

  @Test("Each phase does its own part and nothing else", arguments: estimators)
  func ownPart(estimator: ReturnEstimator) {
    let table = Table(Self.world)
    let shared = table.shared(.sgd)
    let settings = settings(estimator, length: 3)
    let clock = StepClock()
    let worker = worker(table, shared, settings, clock: clock)
    for _ in 0..<120 {
      let phase = worker.phase
      let (theta, own) = (hash(shared, table), worker.theta.array)
      let (version, steps) = (shared.version, clock.steps)
      let (length, done) = (worker.rollout.length, worker.rollout.targetsDone)
      let (terms, pulled) = (worker.report.terms, worker.pulledVersion)
      worker.advance(settings, observer: nil)
      #expect((hash(shared, table) == theta) == (phase != .push))
      #expect(shared.version == version + (phase == .push ? 1 : 0))
      #expect(clock.steps == steps + (phase == .push ? length : 0))
      #expect(worker.theta.array == own || phase == .pull)
      #expect(worker.pulledVersion == (phase == .pull ? version : pulled))
      #expect(worker.report.terms == terms || phase == .gradient)
      #expect(worker.rollout.length == (phase == .push ? 0 : length + (phase == .act ? 1 : 0)))
      #expect(
        worker.rollout.targetsDone == (phase == .push ? 0 : done + (phase == .targets ? 1 : 0)))
    }
  }

  @Test("Cells of the recursion become known from the rollout's end to its beginning")
  func cells() {
    let table = Table(ScriptedWorld(length: 20))
    let settings = settings(.nStep(2), length: 4)
    let worker = worker(table, table.shared(.sgd), settings)
    func present() -> [PresentStep] {
      var steps: [PresentStep] = []
      worker.rollout.forEachPresentStep(of: 0) { steps.append($0) }
      return steps
    }
    for step in 1...4 {
      worker.advance(settings, observer: nil)
      #expect(present().count == step)
      #expect(present().allSatisfy { $0.target == nil && $0.advantage == nil })
      // V of the last state is asked for with the first target.
      #expect(present().map(\.nextValue) == present().dropFirst().map(\.value) + [nil])
    }
    var targets: [Float?] = [nil, nil, nil, nil]
    for t in (0..<4).reversed() {
      worker.advance(settings, observer: nil)
      // V is 10 (t + 1), the rewards are 1 and the discount is that of the settings.
      let rest = Double(min(2, 4 - t))
      let discount = settings.discount
      let rewards = rest == 2 ? 1 + discount : 1
      let bootstrap = rest == 2 ? discount * discount : discount
      targets[t] = Float(rewards + bootstrap * 10 * (Double(t) + rest + 1))
      for (found, expected) in zip(present().map(\.target), targets) {
        #expect((found == nil) == (expected == nil))
        #expect(abs((found ?? 0) - (expected ?? 0)) < 1e-4)
      }
    }
    #expect(present().map(\.nextValue) == [20, 30, 40, 50])
    let learnt = present().compactMap(\.target)
    while worker.phase != .pull { worker.advance(settings, observer: nil) }
    var kept: [Float] = []
    worker.rollout.forEachLearntStep(of: 0) { kept.append($0.target) }
    #expect(kept == learnt && present().isEmpty)
  }

  @Test("Pushes by others between its phases make a worker stale")
  func staleness() {
    let table = Table(ScriptedWorld(length: 50))
    let shared = table.shared(.sgd)
    let settings = settings(length: 2)
    let worker = worker(table, shared, settings)
    let others = table.network.makeParameters()
    for round in 0..<3 {
      for phase in [A3CWorker.Phase.act, .act, .targets, .targets, .gradient, .push] {
        #expect(worker.phase == phase)
        if phase == .targets || phase == .push {
          _ = shared.push(others, scale: 1, learningRate: 0.5)
        }
        worker.advance(settings, observer: nil)
      }
      #expect(worker.report.staleness == 3)
      #expect(worker.sharedVersion == 4 * (round + 1))
      worker.advance(settings, observer: nil)
      #expect(worker.pulledVersion == worker.sharedVersion)
    }
  }

  @Test("A change of the settings in the middle of a turn waits for the next rollout")
  func settingsWait() {
    let table = Table(ScriptedWorld(length: 50))
    let (first, second) = (settings(.td, length: 2), settings(.lambda(1), length: 3))
    let worker = worker(table, table.shared(.sgd), first)
    for _ in 0..<3 { worker.advance(first, observer: nil) }
    while worker.phase != .pull {
      worker.advance(second, observer: nil)
      #expect(worker.settings == first)
    }
    #expect(worker.rollout.learntWith?.estimator == .td)
    worker.advance(second, observer: nil)
    #expect(worker.settings == second)
  }

  /// Follows one worker through its stages.
  private final class Follower: StageObserver {
    var stages: [WorkerStage] = []
    func worker(_ index: Int, enters stage: WorkerStage) { stages.append(stage) }
  }

  @Test("An observer is told the same of a worker that is stepped")
  func observed() {
    func stages(_ turn: (A3CWorker, Follower) -> Void) -> [WorkerStage] {
      let table = Table(Self.world)
      let worker = worker(table, table.shared(.sgd), settings(length: 3))
      let follower = Follower()
      for _ in 0..<20 { turn(worker, follower) }
      return follower.stages
    }
    let free = stages { _ = $0.turn(settings(length: 3), observer: $1) }
    #expect(Array(free.prefix(4)) == [.learn, .push, .pull, .act])
    let stepped = stages { worker, follower in
      repeat { worker.advance(settings(length: 3), observer: follower) } while worker.phase != .act
    }
    #expect(stepped == free)
  }

  // MARK: A2C

  private func member(
    _ table: Table, _ shared: SharedParameters, _ settings: LearningSettings
  ) -> A2CMember {
    let team = A2CTeam(
      workers: settings.workers, threads: 1, network: table.network, shared: shared,
      clock: StepClock())
    let actors = A2CTeam.groups(workers: settings.workers).map { $0.map { table.actor($0) } }
    return A2CMember(
      team: team, thread: 0, actors: actors, network: table.network, settings: settings)
  }

  @Test("A team member stepped by phase learns the same bits", arguments: estimators)
  func memberSameBits(estimator: ReturnEstimator) {
    let settings = settings(estimator, length: 4, workers: 5, entropy: 0.01)
    func run(_ learn: (A2CMember, Int) -> Void) -> String {
      let table = Table(Self.world)
      let shared = table.shared(.rmsProp(RMSProp()))
      let member = member(table, shared, settings)
      for number in 0..<20 {
        while !member.isComplete { member.act() }
        learn(member, number)
        #expect(member.update(next: settings, observer: nil) { true })
        #expect(member.phase == .act)
      }
      return hash(shared, table)
    }
    let free = run { _, _ in }
    #expect(
      run { member, _ in while member.phase != .update { member.advance(observer: nil) } } == free)
    #expect(
      run { member, number in for _ in 0..<number % 6 { member.advance(observer: nil) } } == free)
  }

  @Test("Theta of a team moves in the update alone; a target of every worker at a time")
  func memberPhases() {
    let table = Table(ScriptedWorld(length: 50))
    let shared = table.shared(.sgd)
    let settings = settings(.lambda(0.9), length: 3, workers: 5)
    let member = member(table, shared, settings)
    let before = hash(shared, table)
    for step in 1...3 {
      #expect(member.phase == .act)
      member.advance(observer: nil)
      #expect(member.rollouts.allSatisfy { $0.length == step })
    }
    for done in 1...3 {
      #expect(member.phase == .targets)
      member.advance(observer: nil)
      #expect(member.rollouts.allSatisfy { $0.targetsDone == done })
    }
    #expect(member.phase == .gradient)
    while member.phase != .update { member.advance(observer: nil) }
    #expect(hash(shared, table) == before && shared.version == 0)
    // The update takes all threads: it is not a member's own phase.
    member.advance(observer: nil)
    #expect(member.phase == .update && shared.version == 0)
    _ = member.update(next: settings, observer: nil) { true }
    #expect(hash(shared, table) != before && shared.version == 1)
    #expect(member.rollouts.allSatisfy { $0.length == 0 })
  }
}

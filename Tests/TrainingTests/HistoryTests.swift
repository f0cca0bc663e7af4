import Environments
import Estimators
import Networks
import Randomness
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Agents
@testable import Training

/// Takes down what the learners used, by another way than the recorder's, and hands on to it.
final class WitnessingRecorder: UpdateRecorder {
  /// One rollout of one worker.
  struct Rollout {
    var worker: Int
    var report: UpdateReport
    var steps: [PresentStep]
  }

  private(set) var rollouts: [Rollout] = []
  private let next: HistoryRing

  init(_ next: HistoryRing) { self.next = next }

  func record(_ rollout: Agents.Rollout, _ update: UpdateReport) {
    for k in 0..<rollout.width {
      var steps: [PresentStep] = []
      rollout.forEachPresentStep(of: k) { steps.append($0) }
      rollouts.append(
        Rollout(worker: rollout.actors[k].index, report: update, steps: steps))
    }
    next.record(rollout, update)
  }
}

@Suite("What is recorded")
struct HistoryTests {
  /// Episodes that end, are cut, do both, and are longer than a rollout.
  static let world = ScriptedWorld([
    [.going(1), .going(-2), .truncated(3)], [.terminated(4)], [.going(5), .both(-6)],
    [.going(0.25), .going(7), .going(8), .going(9), .going(0.1), .going(-3), .terminated(1)],
  ])
  static let estimators: [ReturnEstimator] = [.td, .nStep(3), .lambda(0.9), .monteCarlo]

  static func same(_ one: Float, _ other: Float?) -> Bool {
    one.bitPattern == other?.bitPattern
  }

  static func settings(_ estimator: ReturnEstimator, workers: Int) -> LearningSettings {
    var hyperparameters = ActorCriticHyperparameters()
    hyperparameters.estimator = estimator
    return LearningSettings(hyperparameters, budget: 1_000_000, workers: workers)
  }

  static func network(_ world: ScriptedWorld) -> ActorCriticNetwork {
    guard case .discrete(let states) = world.specification.observation else {
      preconditionFailure()
    }
    return ActorCriticNetwork(
      shape: NetworkShape(input: .oneHot(states), hidden: [8], actions: 2))
  }

  static func shared(_ network: ActorCriticNetwork) -> SharedParameters {
    SharedParameters(count: network.layout.count, optimiser: .rmsProp(.init())) { theta in
      var random = RandomStream(seed: 3, key: 0)
      network.initialise(theta, random: &random)
    }
  }

  /// Compares with the witness, and makes the targets again from the record.
  private func check(_ history: History, _ witness: WitnessingRecorder, workers: Int) {
    var seen = 0
    for worker in 0..<workers {
      let own = witness.rollouts.filter { $0.worker == worker }
      var number = 0
      var place = 0
      history.block(worker: worker, numbers: 0...Int.max / 2).forEach { record in
        let header = record.header
        let expected = own[place]
        #expect(header.firstNumber == number && Int(header.count) == expected.steps.count)
        #expect(header.update.version == expected.report.version)
        #expect(header.update.gradientNorm == expected.report.gradientNorm)
        let steps = (0..<Int(header.count)).map { record.step($0) }
        for (step, was) in zip(steps, expected.steps) {
          #expect(step.action == was.action && Self.same(step.reward, was.reward))
          #expect(Self.same(step.value, was.value) && Self.same(step.target, was.target))
          #expect(Self.same(step.nextValue, was.nextValue))
          #expect(Self.same(step.advantage, was.advantage))
          #expect(step.terminated == was.terminated && step.truncated == was.truncated)
        }
        let targets = estimateReturns(
          header.estimator, discount: header.discount, rewards: steps.map(\.reward),
          nextValues: steps.map(\.nextValue), terminated: steps.map(\.terminated),
          truncated: steps.map(\.truncated))
        #expect(targets.map(\.bitPattern) == steps.map(\.target.bitPattern))
        number += steps.count
        place += 1
      }
      #expect(place == own.count)
      seen += number
    }
    #expect(seen >= 10_000)
  }

  @Test(
    "10 000 steps of A3C are the learner's bit for bit, targets included", arguments: estimators)
  func asynchronous(estimator: ReturnEstimator) {
    let (world, network) = (Self.world, Self.network(Self.world))
    let (shared, clock) = (Self.shared(network), StepClock())
    let history = History(environment: world, threads: 1)
    let witness = WitnessingRecorder(history.rings[0])
    let settings = Self.settings(estimator, workers: 3)
    let workers = (0..<3).map {
      A3CWorker(
        actor: Actor(index: $0, environment: world, seed: 1, workers: 3), network: network,
        shared: shared, clock: clock, settings: settings, recorder: witness)
    }
    while clock.steps < 10_000 {
      for worker in workers { _ = worker.turn(settings, observer: nil) }
    }
    check(history, witness, workers: 3)
  }

  @Test(
    "10 000 steps of A2C are the learner's bit for bit, targets included", arguments: estimators)
  func synchronous(estimator: ReturnEstimator) {
    let (world, network) = (Self.world, Self.network(Self.world))
    let (shared, clock) = (Self.shared(network), StepClock())
    let history = History(environment: world, threads: 1)
    let witness = WitnessingRecorder(history.rings[0])
    let settings = Self.settings(estimator, workers: 9)
    let team = A2CTeam(workers: 9, threads: 1, network: network, shared: shared, clock: clock)
    let actors = A2CTeam.groups(workers: 9).map { group in
      group.map { Actor(index: $0, environment: world, seed: 1, workers: 9) }
    }
    let member = A2CMember(
      team: team, thread: 0, actors: actors, network: network, settings: settings,
      recorder: witness)
    while clock.steps < 10_000 {
      while !member.isComplete { member.act() }
      _ = member.update(next: settings, observer: nil) { true }
    }
    check(history, witness, workers: 9)
    let last = shared.version
    let updates = history.recordedUpdates(versions: last - 20..<last + 1)
    #expect(updates.map(\.report.version) == Array(last - 20...last))
    #expect(updates.allSatisfy { $0.isComplete && $0.parts.map(\.worker) == Array(0..<9) })
    #expect(updates.allSatisfy { $0.parts.map(\.groupFirst) == [0, 0, 0, 0, 4, 4, 4, 4, 8] })
  }

  @Test("A ring gives its records in order, forwards and back, however often it has gone round")
  func ring() {
    let layout = RecordLayout(stateSize: 1, observationWidth: 1, actions: 2)
    let ring = RecordRing(capacity: 10_000, layout: layout)
    var random = RandomStream(seed: 7, key: 0)
    var written: [Int] = []
    for number in 0..<5_000 {
      let rows = 1 + Int(random.uniform(from: 0, to: 12))
      let bytes = layout.compactBytes(steps: rows, ends: 0)
      let isIn = ring.append(bytes: bytes, steps: 1) {
        let header = $0.bindMemory(to: RolloutHeader.self, capacity: 1)
        header.initialize(to: RolloutHeader())
        header.pointee.bytes = Int32(bytes)
        header.pointee.firstNumber = number
      }
      #expect(isIn)
      written.append(bytes)
      var (forwards, backwards): ([Int], [Int]) = ([], [])
      ring.forEach { forwards.append($0.header.firstNumber) }
      ring.forEachBackwards {
        backwards.append($0.header.firstNumber)
        return true
      }
      #expect(forwards == Array(number + 1 - ring.count...number))
      #expect(backwards == forwards.reversed())
      #expect(written.suffix(ring.count).reduce(0, +) <= ring.capacity)
      if number > 100 { #expect(written.suffix(ring.count).reduce(0, +) > ring.capacity / 2) }
    }
    #expect(!ring.append(bytes: 2_501, steps: 1) { _ in })
  }

  @Test("A ring that has enough steps begins anew, and goes on holding as many")
  func enough() {
    let layout = RecordLayout(stateSize: 1, observationWidth: 1, actions: 2)
    let ring = RecordRing(capacity: 1 << 20, layout: layout, steps: 1_000)
    var random = RandomStream(seed: 9, key: 0)
    var written = 0
    for _ in 0..<5_000 {
      let steps = 1 + Int(random.next() % 20)
      let bytes = layout.compactBytes(steps: steps, ends: 0)
      _ = ring.append(bytes: bytes, steps: steps) { place in
        var header = RolloutHeader()
        (header.bytes, header.count, header.firstNumber) = (Int32(bytes), Int32(steps), written)
        place.bindMemory(to: RolloutHeader.self, capacity: 1).initialize(to: header)
      }
      written += steps
      var numbers: [Int] = []
      var held = 0
      ring.forEach {
        numbers.append($0.header.firstNumber)
        held += Int($0.header.count)
      }
      #expect(ring.steps == held && numbers == numbers.sorted() && numbers.count == ring.count)
      #expect(held <= 1_500 && (written < 1_000 || held >= 1_000))
      #expect(ring.newest.map { $0.header.firstNumber + Int($0.header.count) } == written)
    }
  }

  @Test("Whatever the world and the threads, the past takes at most 64 MiB")
  func memory() {
    for threads in [1, 2, 7, 64, 256] {
      for size in [1, 3, 5, 40, 10_000] {
        for actions in [2, 4, 500] {
          let layout = RecordLayout(stateSize: size, observationWidth: size, actions: actions)
          for enough in [HistoryBudget.enoughSteps, HistoryBudget.enoughQuickSteps] {
            let budget = HistoryBudget(layout: layout, threads: threads, enough: enough)
            #expect(budget.bytes <= 64 << 20)
          }
          // What the keyframes of two plans and of three held episodes take at most.
          #expect(HistoryBudget.keyframeBytes >= 2 * KeyframePlan.budget + 12 << 20)
        }
      }
    }
    // Steps enough even where every one is a rollout of its own; of ordinary ones many more.
    for size in [1, 5, 40] {
      for threads in [1, 2, 7, 64] {
        let layout = RecordLayout(stateSize: size, observationWidth: size, actions: 4)
        let bytes = threads * HistoryBudget(layout: layout, threads: threads).learntBytes
        // A section of four may be empty, and a record unused at the end of each.
        let sure = bytes / 4 * 3
        #expect(sure / layout.compactBytes(steps: 1, ends: 1) >= 10_000 - 4 * threads)
        #expect(sure / layout.compactBytes(steps: 5, ends: 0) * 5 >= HistoryBudget.enoughSteps)
        #expect(sure / layout.compactBytes(steps: 20, ends: 1) * 20 >= HistoryBudget.enoughSteps)
      }
    }
  }

  @Test("Best, worst and longest are those of all episodes that ended, the first of equals")
  func kept() throws {
    let (world, network) = (Self.world, Self.network(Self.world))
    let (shared, clock) = (Self.shared(network), StepClock())
    let history = History(environment: world, threads: 1)
    let settings = Self.settings(.nStep(5), workers: 1)
    let worker = A3CWorker(
      actor: Actor(index: 0, environment: world, seed: 1, workers: 1), network: network,
      shared: shared, clock: clock, settings: settings, recorder: history.rings[0])
    while clock.steps < 200 { _ = worker.turn(settings, observer: nil) }
    let kept = history.kept.summaries
    #expect(kept.map(\.id) == [1, 2, 3] && kept.map(\.reason) == [.best, .worst, .longest])
    #expect(kept.map(\.episode) == [3, 2, 3] && kept.map(\.length) == [7, 2, 7])
    #expect(abs(kept[0].undiscountedReturn - 22.35) < 1e-6 && kept[1].undiscountedReturn == -1)
  }
}

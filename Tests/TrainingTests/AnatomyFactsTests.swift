import Agents
import Environments
import Estimators
import Networks
import Randomness
import Telemetry
import TestSupport
import Testing

@testable import Training

@Suite("The anatomy of what learners really hold")
struct AnatomyFactsTests {
  private static let optimiser = Optimiser.rmsProp(RMSProp())

  private static func network(_ trunk: NetworkShape.Trunk = .shared) -> ActorCriticNetwork {
    ActorCriticNetwork(
      shape: NetworkShape(input: .features(4), hidden: [8], actions: 2, trunk: trunk))
  }

  private static func shared(_ network: ActorCriticNetwork) -> SharedParameters {
    SharedParameters(count: network.layout.count, optimiser: optimiser) { theta in
      var random = RandomStream(seed: 3, key: 0)
      network.initialise(theta, random: &random)
    }
  }

  private static func settings(_ estimator: ReturnEstimator, workers: Int = 1) -> LearningSettings {
    var hyperparameters = ActorCriticHyperparameters()
    hyperparameters.estimator = estimator
    return LearningSettings(hyperparameters, budget: 1_000_000, workers: workers)
  }

  private static func actor(_ index: Int) -> Actor {
    Actor(index: index, environment: CartPole(), seed: 11, workers: 4)
  }

  private static let estimators: [ReturnEstimator] = [
    .lambda(0.95), .lambda(0), .lambda(1), .td, .nStep(1), .nStep(2), .nStep(3), .nStep(5),
    .nStep(ReturnEstimator.unlimitedSteps), .monteCarlo,
  ]

  /// Every line that computes something computes what it shows.
  private static func check(
    _ report: AnatomyReport, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Int {
    var lines = 0
    for phase in report.phases {
      #expect(
        !phase.formula.isEmpty && !phase.reason.isEmpty, sourceLocation: sourceLocation)
      for line in phase.numbers {
        guard let arithmetic = AnatomyArithmetic(line) else { continue }
        let error = abs(arithmetic.computed - arithmetic.shown)
        #expect(
          error <= 2e-6 * max(1, abs(arithmetic.shown)), "\(phase.name): \(line)",
          sourceLocation: sourceLocation)
        lines += 1
      }
    }
    return lines
  }

  // MARK: A3C

  @Test(
    "A3C, phase by phase: in order, cells from the end backwards, every number right",
    arguments: estimators)
  func a3c(estimator: ReturnEstimator) throws {
    let network = Self.network()
    let shared = Self.shared(network)
    let settings = Self.settings(estimator, workers: 3)
    let clock = StepClock()
    let others = [0, 2].map {
      A3CWorker(
        actor: Self.actor($0), network: network, shared: shared, clock: clock, settings: settings)
    }
    let worker = A3CWorker(
      actor: Self.actor(1), network: network, shared: shared, clock: clock, settings: settings)
    var lines = 0
    var otherPushes: [AnatomyReport.Push] = []
    var (last, lastKnown): (Int?, Int) = (nil, 0)
    for _ in 0..<200 {
      if worker.phase == .act {
        for other in others where other.turn(settings, observer: nil) {
          otherPushes.append(
            .init(worker: other.rollout.actors[0].index, version: other.report.version))
        }
      }
      if worker.phase == .pull { otherPushes = [] }
      let expected = worker.phase.rawValue
      worker.advance(settings, observer: nil)
      let facts = try #require(
        AnatomyFacts(worker, optimiser: Self.optimiser, demand: .present))
      let report = facts.report
      // The phase just carried out is lit, the one that comes is next.
      #expect(report.last == expected && report.next == worker.phase.rawValue)
      #expect(report.worker == 1 && report.version == shared.version)
      #expect(report.phases.map(\.name) == ["pull", "act", "targets", "gradient", "push"])
      let known = report.cells.firstIndex { $0.target != nil } ?? report.cells.count
      #expect(report.cells[known...].allSatisfy { $0.target != nil })
      switch expected {
      case 0: #expect(report.cells.isEmpty && report.pulledVersion == shared.version)
      case 1: #expect(known == report.cells.count && report.phases[1].parts?.done == known)
      case 2:
        #expect(known == (last == 2 ? lastKnown - 1 : report.cells.count - 1))
        #expect(report.cells.last?.closes != nil)
      default: #expect(known == 0)
      }
      lastKnown = known
      let own = expected == 4 ? [AnatomyReport.Push(worker: 1, version: shared.version)] : []
      #expect(report.pushes == otherPushes + own)
      if expected == 4 {
        #expect(worker.report.staleness == otherPushes.count)
        #expect(report.phases[4].outputs[1].value == .line("\(whole: otherPushes.count)"))
        #expect(report.version == (report.pulledVersion ?? 0) + otherPushes.count + 1)
      }
      lines += Self.check(report)
      last = expected
    }
    #expect(lines > 200)

    func finished() -> AnatomyReport? {
      AnatomyFacts(worker, optimiser: Self.optimiser, demand: .finished)?.report
    }
    func check(finished report: AnatomyReport) {
      #expect(report.last == 4 && report.next == 0)
      #expect(report.cells.allSatisfy { $0.target != nil })
      #expect(Self.check(report) >= 4)
    }
    check(finished: try #require(finished()))
    while worker.phase != .act { worker.advance(settings, observer: nil) }
    worker.advance(settings, observer: nil)
    check(finished: try #require(finished()))
  }

  @Test("Before the first push nothing is finished; a present round there is from the start")
  func nothingYet() {
    let network = Self.network()
    let worker = A3CWorker(
      actor: Self.actor(0), network: network, shared: Self.shared(network), clock: StepClock(),
      settings: Self.settings(.td))
    #expect(AnatomyFacts(worker, optimiser: Self.optimiser, demand: .finished) == nil)
    let report = AnatomyFacts(worker, optimiser: Self.optimiser, demand: .present)?.report
    #expect(report?.last == 0 && report?.next == 1 && report?.cells.isEmpty == true)
  }

  @Test(
    "The ends of the world, of the time and of the rollout are told apart, each with its reason")
  func ends() throws {
    let world = ScriptedWorld([
      [.going(1), .terminated(2)], [.going(1), .truncated(2)],
      [
        .going(1), .going(1), .going(1), .going(1), .going(1), .going(1), .terminated(1),
      ],
    ])
    let network = ActorCriticNetwork(
      shape: NetworkShape(
        input: .features(world.specification.observation.width), hidden: [],
        actions: world.specification.actions.count))
    let worker = A3CWorker(
      actor: Actor(index: 0, environment: world, seed: 1, workers: 1), network: network,
      shared: Self.shared(network), clock: StepClock(), settings: Self.settings(.nStep(5)))
    var reasons: [String] = []
    var closes: [AnatomyReport.SegmentClose?] = []
    while closes.count < 3 {
      let isFirst = worker.phase == .targets && worker.rollout.targetsDone == 0
      worker.advance(worker.settings, observer: nil)
      guard isFirst else { continue }
      let report = try #require(AnatomyFacts(worker, optimiser: Self.optimiser, demand: .present))
        .report
      closes.append(report.cells.last?.closes)
      reasons.append(report.phases[2].reason)
      if closes.count == 1 { #expect(report.cells.last?.nextValue == 0) }
    }
    #expect(closes == [.terminated, .truncated, .cut])
    #expect(reasons[0].contains("world has ended"))
    #expect(reasons[1].contains("time limit"))
    #expect(reasons[2].contains("rollout ends here"))
  }

  // MARK: The others

  @Test("A2C, phase by phase, with the barrier before the update")
  func a2c() throws {
    let network = Self.network()
    let shared = Self.shared(network)
    let settings = Self.settings(.lambda(0.9), workers: 4)
    let team = A2CTeam(
      workers: 4, threads: 1, network: network, shared: shared, clock: StepClock())
    let actors = A2CTeam.groups(workers: 4).map { $0.map(Self.actor) }
    let member = A2CMember(
      team: team, thread: 0, actors: actors, network: network, settings: settings)
    func report(_ demand: AnatomyBoard.Demand = .present) -> AnatomyReport? {
      AnatomyFacts(member, member.rollouts[1], 1, optimiser: Self.optimiser, demand: demand)?.report
    }
    #expect(report()?.last == nil && report(.finished) == nil)
    var lines = 0
    for update in 1...3 {
      var seen: [Int] = []
      while member.phase != .update {
        let expected = member.phase.rawValue
        member.advance(observer: nil)
        let report = try #require(report())
        #expect(report.last == expected && report.next == member.phase.rawValue)
        #expect(report.worker == 3 && report.version == update - 1)
        seen.append(expected)
        lines += Self.check(report)
      }
      #expect(seen == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 3])
      _ = member.update(next: settings, observer: nil) { true }
      let report = try #require(report())
      #expect(report.last == 4 && report.next == 0 && report.version == update)
      #expect(report.phases[4].outputs[2].value == .line("\(whole: 20)"))
      #expect(report.phases[4].numbers == self.report(of: member, .finished)?.phases[4].numbers)
      lines += Self.check(report)
    }
    #expect(lines > 30)
  }

  private func report(of member: A2CMember, _ demand: AnatomyBoard.Demand) -> AnatomyReport? {
    AnatomyFacts(member, member.rollouts[1], 1, optimiser: Self.optimiser, demand: demand)?.report
  }

  @Test("The basic actor-critic, its five phases a step")
  func actorCritic() throws {
    let network = Self.network(.separate)
    let shared = Self.shared(network)
    let learner = ActorCriticLearner(
      actor: Self.actor(0), network: network, shared: shared, clock: StepClock(),
      settings: Self.settings(.td))
    func report(_ demand: AnatomyBoard.Demand = .present) -> AnatomyReport? {
      AnatomyFacts(learner, optimiser: Self.optimiser, demand: demand)?.report
    }
    #expect(report()?.last == nil && report()?.next == 0 && report(.finished) == nil)
    var lines = 0
    for step in 0..<60 {
      for expected in 0..<5 {
        _ = learner.advance(observer: nil)
        let report = try #require(report())
        #expect(report.last == expected && report.next == (expected + 1) % 5)
        #expect(report.phases.map(\.name) == ["policy", "act", "target", "critic", "actor"])
        #expect(report.version == step + (expected == 4 ? 1 : 0))
        // What has been computed in this step is there, what has not is not.
        for (index, phase) in report.phases.enumerated() {
          #expect(phase.numbers.isEmpty == (index > expected), "\(phase.name) after \(expected)")
        }
        lines += Self.check(report)
      }
    }
    // The target from its phase on, the advantage from the next on, the loss and the clipping at the end.
    #expect(lines == 60 * (3 + 2 + 2))
    #expect(report(.finished)?.last == 4)
  }
}

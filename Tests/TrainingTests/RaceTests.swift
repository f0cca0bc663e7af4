import Agents
import Estimators
import Networks
import Randomness
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Training

extension LoneLearner {
  /// Where it stands.
  fileprivate var standing: Origin {
    Origin(
      parameters: session.shared.checkpoint(), actors: crew.actors, steps: session.clock.steps)
  }
}

@Suite("Races of two settings")
struct RaceTests {
  private func configuration(
    _ agent: AgentName = .a3c, workers: Int = 4, maze: String = "four-by-three"
  ) throws -> RunConfiguration {
    var configuration = try Runs.configuration("\(agent.rawValue)-\(maze)")
    configuration.scheduler = .virtual
    if agent.hasWorkers { configuration.workers = workers }
    return configuration
  }

  /// Where a run has come to after some steps.
  private func origin(_ configuration: RunConfiguration, steps: Int = 500) -> Origin {
    let learner = LoneLearner(configuration)
    learner.advance(to: steps)
    return learner.standing
  }

  private func plan(
    _ first: SettingChange, _ second: SettingChange, steps: Int? = 2_000, pairs: Int = 3,
    _ configuration: RunConfiguration
  ) -> RacePlan {
    var plan = RacePlan(
      RaceRequest(first: first, second: second, steps: steps, pairs: pairs),
      origin: origin(configuration), configuration: configuration,
      settings: configuration.initialSettings, agent: configuration.agent)
    plan.leastSeconds = 0
    return plan
  }

  private static let agents = AgentName.allCases.filter { $0.hasPolicyNetwork || $0.hasTable }

  /// A race without a run.
  private func race(_ plan: RacePlan, threads: Int = 2) throws -> RaceReport {
    let mailbox = Mailbox<SessionMessage>()
    let race = Race(
      plan, report: try #require(plan.report), threads: threads, mailbox: mailbox)
    mailbox.wait(seconds: 60)
    race.stop()
    #expect(race.report.status == .finished)
    return race.report
  }

  private func hash(_ learner: LoneLearner) -> String {
    let theta = learner.session.model.makeParameters()
    learner.session.shared.pull(into: theta)
    return parametersHash(theta.pointer, count: theta.count)
  }

  // MARK: Learners

  @Test(
    "The learners of a pair with equal settings end with the same bits, those of pairs differ",
    arguments: agents)
  func equalLearners(agent: AgentName) throws {
    let plan = plan(.discount(0.9), .discount(0.9), try configuration(agent))
    let hashes = (0..<plan.learners).map { index in
      let learner = plan.makeLearner(index)
      #expect(hash(learner) == hash(plan.makeLearner(0)) && learner.steps == 0)
      learner.advance(to: 1_000)
      #expect(learner.steps >= 1_000 && learner.updates > 0)
      return hash(learner)
    }
    for pair in 0..<plan.pairs { #expect(hashes[2 * pair] == hashes[2 * pair + 1]) }
    #expect(Set(hashes).count == plan.pairs)
  }

  @Test(
    "A learner that begins where another stands at an update goes on as that would",
    arguments: [Optimiser.sgd, .rmsProp(.init()), .adam(.init())])
  func goingOn(optimiser: Optimiser) throws {
    var configuration = try configuration(.a2c)
    configuration.hyperparameters.optimiser = optimiser
    configuration.hyperparameters.learningRateSchedule = .linear
    configuration.budget = 1_500
    let first = LoneLearner(configuration)
    first.advance(to: 600)
    let begun = first.standing
    let second = LoneLearner(configuration, from: begun)
    #expect(second.steps == 0 && second.updates == 0)
    first.advance(to: 1_200)
    second.advance(to: 1_200 - begun.steps)
    #expect(hash(first) == hash(second))
    #expect(second.session.clock.steps == first.steps)
    #expect(second.session.shared.version == first.updates)
  }

  @Test(
    "Where a learner is interrupted changes nothing", arguments: agents)
  func slices(agent: AgentName) throws {
    let plan = plan(.estimator(.monteCarlo), .estimator(.td), try configuration(agent))
    for index in 0..<2 {
      let whole = plan.makeLearner(index)
      whole.advance(to: 1_000)
      let sliced = plan.makeLearner(index)
      var interruptions = 0
      var calls = 0
      while !sliced.advance(
        to: 1_000,
        while: {
          calls += 1
          return calls % 3 > 0
        })
      { interruptions += 1 }
      #expect(interruptions > 2)
      #expect(hash(whole) == hash(sliced) && whole.steps == sliced.steps)
    }
  }

  // MARK: Plans

  @Test("A contender has the settings in force and its own change")
  func contenders() throws {
    let base = try configuration(workers: 8)
    var settings = base.initialSettings
    settings.take(.entropyCoefficient(0.25))
    for (change, check) in [
      (.agent(.a2c), { $0.agent == .a2c }),
      (.workers(3), { $0.workers == 3 && $0.initialSettings.workers == 3 }),
      (.rolloutLength(17), { $0.hyperparameters.rolloutLength == 17 }),
      (.estimator(.lambda(0.5)), { $0.hyperparameters.estimator == .lambda(0.5) }),
      (.discount(7), { $0.hyperparameters.discount == 1 }),
      (.learningRate(0.25), { $0.hyperparameters.learningRate == 0.25 }),
    ] as [(SettingChange, (RunConfiguration) -> Bool)] {
      let plan = RacePlan(
        RaceRequest(first: change, second: .entropyCoefficient(0.5)), origin: origin(base),
        configuration: base, settings: settings, agent: .a3c)
      #expect(check(plan.first.configuration))
      #expect(plan.first.configuration.initialSettings.loss.entropyCoefficient == 0.25)
      #expect(plan.second.configuration.initialSettings.loss.entropyCoefficient == 0.5)
      #expect(plan.second.configuration.agent == .a3c)
      #expect(plan.second.settings.entropyCoefficient == 0.5)
      let learner = plan.makeLearner(0)
      #expect(
        learner.session.roster.withLock { $0.count } == plan.first.configuration.workers)
    }
  }

  @Test("Steps and pairs are what was asked for, within limits")
  func sizes() throws {
    var configuration = try configuration()
    configuration.budget = 500_000
    #expect(plan(.discount(1), .discount(0), steps: nil, configuration).steps == 125_000)
    configuration.budget = 10
    #expect(plan(.discount(1), .discount(0), steps: nil, configuration).steps == 20_000)
    let least = plan(.discount(1), .discount(0), steps: 0, pairs: -1, configuration)
    #expect(least.steps == 1 && least.pairs == 1 && least.checkpoints == [0, 1])
    let most = plan(.discount(1), .discount(0), steps: 1_000, pairs: 1_000, configuration)
    #expect(most.pairs == 100 && most.checkpoints == (0...20).map { $0 * 50 })
    // A thousand workers that each keep an episode of CartPole.
    configuration = try Runs.configuration("a3c-cartpole")
    let large = plan(
      .workers(1_000), .estimator(.monteCarlo), pairs: 100, configuration)
    #expect(large.pairs > 1 && large.pairs < 100 && large.isAffordable)
    configuration.workers = 10_000
    configuration.hyperparameters.estimator = .monteCarlo
    let contender = RacePlan(
      RaceRequest(first: .discount(1), second: .discount(0)),
      origin: Origin(parameters: large.origin.parameters, actors: [], steps: 0),
      configuration: configuration, settings: configuration.initialSettings,
      agent: .a3c)
    #expect(contender.pairs == 1 && !contender.isAffordable && contender.report == nil)
  }

  // MARK: Races

  @Test(
    "Equal settings differ by exactly nothing, at every point", arguments: agents)
  func equalSettings(agent: AgentName) throws {
    let report = try race(
      plan(.estimator(.nStep(3)), .estimator(.nStep(3)), try configuration(agent)))
    #expect(report.difference.count == (agent.hasTable ? 40 : 21))
    for point in report.difference { #expect(point.middle == 0 && point.interval == 0...0) }
    #expect(report.first == report.second)
  }

  @Test("The same race gives the same curves, on any number of threads")
  func repeats() throws {
    for agent in [AgentName.a3c, .a2c] {
      let plan = plan(.workers(9), .estimator(.lambda(0.9)), try configuration(agent))
      let reports = try [1, 1, 3].map { try race(plan, threads: $0) }
      for other in reports[1...] {
        #expect(other.first == reports[0].first && other.second == reports[0].second)
        #expect(other.difference == reports[0].difference)
      }
      #expect(reports[0].first.curve != reports[0].second.curve)
    }
  }

  @Test(
    "Estimators, agents and numbers of workers can be raced",
    arguments: [
      (SettingChange.estimator(.nStep(5)), SettingChange.estimator(.lambda(0.95))),
      (.agent(.a3c), .agent(.a2c)),
      (.workers(1), .workers(12)), (.estimator(.monteCarlo), .estimator(.td)),
      (.learningRate(0.01), .rolloutLength(1)),
    ])
  func curves(first: SettingChange, second: SettingChange) throws {
    let plan = plan(first, second, steps: 2_010, pairs: 4, try configuration())
    let report = try race(plan)
    for curve in [report.first.curve, report.second.curve, report.difference] {
      #expect(curve.map(\.step) == plan.checkpoints)
      for point in curve {
        #expect(point.middle.isFinite && point.interval?.contains(point.middle) == true)
      }
    }
    #expect(report.first.curve[0] == report.second.curve[0])
    #expect(report.difference[0].middle == 0)
    #expect(report.first.curve.map(\.middle) != report.second.curve.map(\.middle))
    #expect(report.progress == 1 && report.secondsLeft == nil && report.pairs == 4)
    #expect(report.fromUpdate == plan.origin.parameters.version && report.steps == 2_010)
    for contender in [report.first, report.second] {
      #expect(contender.steps >= 2_010 && contender.updates > 0 && contender.episodes > 0)
      #expect(contender.recentReturn?.isFinite == true)
    }
  }

  @Test("A point is what the learners reach there: interquartile means over the pairs, intervals")
  func points() throws {
    let plan = plan(
      .estimator(.nStep(5)), .discount(0.2), steps: 1_000, pairs: 5, try configuration())
    let report = try race(plan)
    var scores: [[Double]] = Array(repeating: [], count: plan.learners)
    for index in 0..<plan.learners {
      let learner = plan.makeLearner(index)
      for (key, steps) in plan.checkpoints.enumerated() {
        learner.advance(to: steps)
        scores[index].append(learner.evaluate(key: UInt64(key)).meanReturn)
      }
    }
    let bootstrap = InterquartileBootstrap(count: 5)
    for (at, step) in plan.checkpoints.enumerated() {
      let first = (0..<5).map { scores[2 * $0][at] }
      let second = (0..<5).map { scores[2 * $0 + 1][at] }
      let difference = zip(first, second).map { $1 - $0 }
      for (curve, scores) in [
        (report.first.curve, first), (report.second.curve, second),
        (report.difference, difference),
      ] {
        #expect(curve[at].step == step)
        #expect(curve[at].middle == interquartileMean(of: scores))
        #expect(curve[at].interval == bootstrap.interval(of: scores))
      }
    }
  }

  @Test("One pair has no interval; a contender that diverges ends like any other")
  func edges() throws {
    let plan = plan(.learningRate(1e30), .discount(0.5), pairs: 1, try configuration())
    let report = try race(plan)
    #expect(report.progress == 1 && report.first.curve.count == 21)
    #expect(report.difference.allSatisfy { $0.interval == nil && $0.middle.isFinite })
    let values = zip(report.first.curve, report.second.curve).map { $1.middle - $0.middle }
    #expect(report.difference.map(\.middle) == values)
  }

  @Test("The label says what was changed")
  func labels() throws {
    let configuration = try configuration()
    for (change, label) in [
      (.estimator(.lambda(0.95)), "λ-return λ .95"), (.estimator(.lambda(1)), "λ-return λ 1.0"),
      (.estimator(.td), "TD(0)"), (.estimator(.monteCarlo), "Monte Carlo"),
      (.estimator(.nStep(5)), "n-step return n 5"), (.workers(3), "×3"),
    ] as [(SettingChange, String)] {
      let plan = plan(change, change, configuration)
      #expect(plan.first.label == label && plan.report?.second.label == label)
    }
  }
}

import Agents
import Estimators
import Networks
import Randomness
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Training

@Suite("Races of agents with tables")
struct TableRaceTests {
  private func plan(
    _ first: AgentName, _ second: AgentName, steps: Int = 4_000, pairs: Int = 4,
    preset: String = "q-learning-cliff", after run: Int = 0
  ) throws -> RacePlan {
    let configuration = try Runs.configuration(preset)
    let learner = LoneLearner(configuration)
    learner.advance(to: run)
    let origin = Origin(
      parameters: learner.session.shared.checkpoint(), actors: learner.crew.actors,
      steps: learner.session.clock.steps)
    var plan = RacePlan(
      RaceRequest(first: .agent(first), second: .agent(second), steps: steps, pairs: pairs),
      origin: origin, configuration: configuration, settings: configuration.initialSettings,
      agent: configuration.agent)
    plan.leastSeconds = 0
    return plan
  }

  private func race(_ plan: RacePlan, threads: Int = 2) throws -> RaceReport {
    let mailbox = Mailbox<SessionMessage>()
    let race = Race(
      plan, report: try #require(plan.report), threads: threads, mailbox: mailbox)
    mailbox.wait(seconds: 60)
    race.stop()
    #expect(race.report.status == .finished)
    return race.report
  }

  @Test("Each is the agent it is called, from its own beginning, whatever the run has learnt")
  func contenders() throws {
    let plan = try plan(.sarsa, .expectedSarsa, after: 500)
    #expect(plan.first.configuration.agent == .sarsa && plan.first.label == "Sarsa")
    #expect(plan.second.configuration.agent == .expectedSarsa)
    #expect(plan.second.label == "Expected Sarsa" && plan.measure == .online)
    #expect(plan.checkpoints.first == 100 && plan.checkpoints.last == 4_000)
    for index in 0..<plan.learners {
      let learner = plan.makeLearner(index)
      #expect(learner.steps == 0 && learner.updates == 0 && learner.session.clock.steps == 0)
      #expect(learner.parameters().array.allSatisfy { $0 == 0 })
    }
    let report = try #require(plan.report)
    #expect(report.fromUpdate == 0 && report.measure == .online)
    // The same race from another moment of the run.
    let other = try self.plan(.sarsa, .expectedSarsa, after: 2_000)
    let hashes = [plan, other].map { plan in
      let learner = plan.makeLearner(3)
      learner.advance(to: 1_000)
      return learner.parameters().array
    }
    #expect(hashes[0] == hashes[1])
  }

  @Test("A point is the mean return of the episodes that ended since the one before")
  func points() throws {
    let plan = try plan(.qLearning, .sarsa)
    let report = try race(plan)
    var scores: [[Double]] = []
    for index in 0..<plan.learners {
      let learner = plan.makeLearner(index)
      var episodes = 0
      var sum = 0.0
      var returns: [Double] = []
      for checkpoint in plan.checkpoints {
        var ended: [Double] = []
        // Step by step, so that every episode is seen as it ends.
        while learner.steps < checkpoint {
          learner.advance(to: learner.steps + 1)
          let now = learner.session.episodes.summary.episodes
          if now > episodes { ended.append(learner.session.episodes.meanReturn(ofLatest: 1) ?? 0) }
          episodes = now
        }
        sum = ended.reduce(0, +)
        returns.append(
          ended.isEmpty ? learner.crew.firstActor?.episodeReturn ?? 0 : sum / Double(ended.count))
      }
      scores.append(returns)
    }
    for (at, step) in plan.checkpoints.enumerated() {
      let first = (0..<4).map { scores[2 * $0][at] }
      let second = (0..<4).map { scores[2 * $0 + 1][at] }
      for (curve, scores) in [(report.first.curve, first), (report.second.curve, second)] {
        #expect(curve[at].step == step)
        #expect(abs(curve[at].middle - interquartileMean(of: scores)) < 1e-9)
      }
      let difference = zip(first, second).map { $1 - $0 }
      #expect(abs(report.difference[at].middle - interquartileMean(of: difference)) < 1e-9)
    }
  }

  @Test(
    "On the cliff Q-learning finds the shortest way and earns less than Sarsa, which keeps away")
  func cliff() throws {
    let report = try race(plan(.qLearning, .sarsa, steps: 12_000, pairs: 10))
    let last = try #require(report.difference.last)
    #expect(last.middle > 0 && report.second.curve.last?.middle ?? -1e9 > -60)
    let shortest = try #require(report.first.actionValues?.path)
    #expect(shortest.states.count == 13 && shortest.end == .goal && shortest.reward == -13)
    #expect(!shortest.hasChance && !shortest.isFromHere)
    let careful = try #require(report.second.actionValues)
    #expect(careful.values.count == 48 && careful.values[0].count == 4)
    if let path = careful.path, path.end == .goal { #expect(path.states.count > 13) }
  }

  @Test("The values shown in the end are those of the first pair's tables")
  func tables() throws {
    let plan = try plan(.sarsa, .qLearning)
    let report = try race(plan)
    for (index, contender) in [report.first, report.second].enumerated() {
      let learner = plan.makeLearner(index)
      learner.advance(to: plan.steps)
      let table = learner.parameters()
      let shown = try #require(contender.actionValues)
      for state in 0..<48 {
        #expect(shown.values[state] == (0..<4).map { Double(table[4 * state + $0]) })
      }
    }
  }

  @Test("The same race gives the same curves, on any number of threads and at any pace")
  func repeats() throws {
    let plan = try plan(.expectedSarsa, .sarsa)
    var slow = plan
    slow.leastSeconds = 0.2
    let first = try race(plan, threads: 1)
    #expect(try race(plan, threads: 3).difference == first.difference)
    let began = MonotonicClock.seconds
    let paced = try race(slow)
    #expect(MonotonicClock.seconds - began >= 0.19)
    #expect(paced.difference == first.difference && paced.first.curve == first.first.curve)
  }

  @Test("Tables race one another, and nobody else does")
  func takers() {
    for agent in AgentName.allCases {
      for other in AgentName.allCases {
        let isPossible =
          agent.hasTable && other.hasTable || agent.hasWorkers && other.hasWorkers
          || agent == other && agent.hasPolicyNetwork
        #expect(agent.races(.agent(other)) == isPossible, "\(agent) \(other)")
      }
      #expect(agent.races(.discount(0.5)) == agent.hasPolicyNetwork)
    }
  }

  @Test("A race within a run of a table changes no bit of what it learns")
  func session() throws {
    var configuration = try Runs.configuration("sarsa-cliff", steps: 3_000)
    let expected = try Runs.finish(configuration)
    configuration.speed = .multiple(1)
    let session = try TrainingSession(configuration, watched: true)
    session.waitUntil("it learns") { session.progress.steps > 0 }
    session.pause()
    let before = session.progress
    session.send(
      .race(
        RaceRequest(
          first: .agent(.sarsa), second: .agent(.qLearning), steps: 300, pairs: 2)))
    session.waitUntil("the race ends") { session.snapshot().race?.status == .finished }
    #expect(session.progress.steps == before.steps)
    #expect(session.snapshot().race?.second.actionValues != nil)
    session.send(.setSpeed(.unlimited))
    session.send(.setPaused(false))
    let result = try Runs.finish(session)
    #expect(result.parametersHash == expected.parametersHash)
  }
}

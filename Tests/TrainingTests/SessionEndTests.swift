import Agents
import Estimators
import Networks
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Training

@Suite("How runs end")
struct SessionEndTests {
  @Test("At its limit of steps, A3C to the rollout and A2C to the update", arguments: [1, 2])
  func stepLimit(threads: Int) throws {
    for agent in [AgentName.a3c, .a2c] {
      var configuration = Runs.scripted(agent, workers: 8, threads: threads, length: 5)
      configuration.scheduler = .threads
      configuration.stepLimit = 2_000
      let result = try Runs.finish(configuration)
      #expect(result.progress.steps >= 2_000 && result.progress.steps < 2_000 + 8 * 5)
      #expect(result.progress.status == .finished("\(result.progress.steps) steps done"))
      #expect(result.progress.updates == result.progress.steps / (agent == .a2c ? 40 : 5))
      #expect(result.threads == threads && result.divergence == nil && result.reached == nil)
    }
  }

  @Test("At its limit of episodes, at full speed too", arguments: Runs.scriptedAgents)
  func episodeLimit(agent: AgentName) throws {
    for speed in [Speed.unlimited, .multiple(1_000)] {
      var configuration = Runs.scripted(agent, workers: 3, length: 4)
      configuration.episodeLimit = 50
      configuration.speed = speed
      let result = try Runs.finish(configuration)
      #expect((50..<56).contains(result.progress.episodes))
      #expect(result.progress.meanReturn == 5)
    }
  }

  @Test("At its goal, once it is held, and not before an evaluation is due")
  func goal() throws {
    var configuration = Runs.scripted()
    configuration.evaluationInterval = 100
    configuration.stepLimit = 10_000
    configuration.goal = .init(meanReturn: 5, hold: 3)
    let result = try Runs.finish(configuration)
    #expect(result.reached == true && result.stepsToReach == 300)
    #expect(result.evaluation.meanReturn == 5 && result.evaluation.meanLength == 5)
    #expect(result.progress.status == .finished("reached a mean return of 5.0"))
  }

  @Test("A goal that is reached at the very last step counts; one that is not, does not")
  func goalAtTheLimit() throws {
    var configuration = Runs.scripted()
    configuration.evaluationInterval = 100
    configuration.stepLimit = 100
    configuration.goal = .init(meanReturn: 5)
    #expect(try Runs.finish(configuration).stepsToReach == 100)
    configuration.goal = .init(meanReturn: 5.5)
    let result = try Runs.finish(configuration)
    #expect(result.reached == false && result.stepsToReach == nil)
    #expect(result.progress.status == .finished("100 steps done"))
  }

  @Test(
    "A run that diverges says so and keeps finite parameters",
    arguments: AgentName.allCases.filter(\.hasPolicyNetwork))
  func divergence(agent: AgentName) throws {
    for watched in [false, true] {
      var configuration = try Runs.configuration("\(agent.rawValue)-cartpole", steps: 100_000)
      configuration.hyperparameters.learningRate = 1e30
      configuration.hyperparameters.criticLearningRate = 1e30
      let session = try TrainingSession(configuration, watched: watched)
      let result = try Runs.finish(session)
      guard case .diverged(let reason) = result.progress.status else {
        Issue.record("ended with \(result.progress.status)")
        continue
      }
      #expect(result.divergence == reason && reason.contains("non-finite"))
      #expect(result.progress.steps < 100_000)
      let theta = session.state.model.makeParameters()
      session.state.shared.pull(into: theta)
      #expect(theta.allFinite)
      #expect(session.snapshot().stage.value.isFinite)
    }
  }

  @Test("When it is told to stop: while it pauses, at full speed, at a walk")
  func stop() throws {
    for speed in [Speed.unlimited, .multiple(1), .multiple(0), .multiple(.infinity)] {
      for pauses in [false, true] {
        for agent in Runs.scriptedAgents {
          var configuration = Runs.scripted(agent, workers: 4, threads: 2, length: 5)
          configuration.scheduler = .threads
          configuration.speed = speed
          let session = try TrainingSession(configuration, watched: true)
          if pauses { session.pause() }
          session.stop("enough")
          session.stop("more than enough")
          session.join()
          #expect(session.progress.hasEnded)
          #expect(session.result().progress.steps == session.snapshot().counters.steps)
        }
      }
    }
  }

  @Test("Two hundred workers on two threads", arguments: [AgentName.a3c, .a2c])
  func manyWorkers(agent: AgentName) throws {
    let name = agent == .a3c ? "a3c-cartpole" : "a2c-cartpole"
    var configuration = try Runs.configuration(name, threads: 2, steps: 10_000)
    configuration.workers = 200
    configuration.evaluationEpisodes = 2
    let session = try TrainingSession(configuration, watched: true)
    let result = try Runs.finish(session)
    #expect(result.workers == 200 && result.progress.steps >= 10_000)
    let pushes = session.snapshot().workers.map(\.pushes)
    #expect(pushes.count == 200)
    // A team's workers push together; of A3C's, those of a thread that got no core may have had no turn.
    let updates = result.progress.updates
    #expect(agent == .a3c ? pushes.reduce(0, +) == updates : pushes.allSatisfy { $0 == updates })
  }

  @Test("More threads than workers, and more workers than starts")
  func oddNumbers() throws {
    for agent in [AgentName.a3c, .a2c] {
      var configuration = Runs.scripted(agent, workers: 2, threads: 7, length: 3)
      configuration.scheduler = .threads
      configuration.stepLimit = 500
      #expect(try Runs.finish(configuration).threads == 2)
      let arena = agent == .a3c ? "a3c-arena" : "a2c-arena"
      var maze = try Runs.configuration(arena, steps: 2_000)
      maze.workers = 13
      #expect(try Runs.finish(maze).progress.steps >= 2_000)
    }
  }
}

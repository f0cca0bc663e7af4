import Agents
import Environments
import Estimators
import Networks
import Telemetry
import TestSupport
import Testing
import Training

@testable import Screens

@Suite("The targets of a real recording, through what the view shows them with")
struct RecordedTargetTests {
  /// A run and how its episodes end.
  struct Run: Sendable, CustomTestStringConvertible {
    var agent: AgentName
    var estimator: ReturnEstimator
    var isCartPole = false
    var baseline = Baseline.value

    var testDescription: String {
      "\(agent) \(estimator) \(baseline)\(isCartPole ? " CartPole" : "")"
    }
  }

  /// Episodes of many lengths that end in both ways, between the ends of rollouts of five.
  private static let world = ScriptedWorld(
    [3, 12, 1, 7, 26, 5].enumerated().map { index, length in
      (1...length).map { step -> StepOutcome in
        let reward = Double((7 * step + 3 * index) % 11) / 3 - 1
        guard step == length else { return .going(reward) }
        return index % 2 == 0 ? .terminated(reward) : .truncated(reward)
      }
    })

  private func configuration(_ run: Run, steps: Int) -> RunConfiguration {
    var hyperparameters = ActorCriticHyperparameters()
    hyperparameters.estimator = run.estimator
    hyperparameters.hidden = [16]
    if !run.agent.hasWorkers {
      hyperparameters.rolloutLength = 1
      hyperparameters.trunk = .separate
      hyperparameters.baseline = run.baseline
    }
    let world: any Environment = run.isCartPole ? CartPole() : Self.world
    var configuration = RunConfiguration(
      environment: world, agent: run.agent, preset: "test", hyperparameters: hyperparameters,
      workers: run.agent.hasWorkers ? 3 : 1, threads: run.agent.hasWorkers ? 2 : 1,
      budget: steps)
    configuration.stepLimit = steps
    configuration.seed = 5
    return configuration
  }

  @Test(
    "10 000 recorded steps and more: taken apart and summed, each target is the learner's own, bit for bit",
    arguments: [
      Run(agent: .a3c, estimator: .lambda(0.95)),
      Run(agent: .a3c, estimator: .nStep(3)),
      Run(agent: .a2c, estimator: .lambda(0.9)),
      Run(agent: .a2c, estimator: .nStep(ReturnEstimator.unlimitedSteps)),
      Run(agent: .a3c, estimator: .monteCarlo),
      Run(agent: .actorCritic, estimator: .td),
      Run(agent: .reinforce, estimator: .monteCarlo),
      Run(agent: .reinforce, estimator: .monteCarlo, baseline: .none),
      Run(agent: .reinforce, estimator: .monteCarlo, baseline: .constant),
      Run(agent: .a3c, estimator: .lambda(0.95), isCartPole: true),
    ])
  func targets(run: Run) throws {
    let session = try TrainingSession(configuration(run, steps: 11_000), watched: true)
    session.waitForEnd(seconds: 60)
    session.stop()
    session.join()
    var learnt = 0
    var kinds: Set<String> = []
    for episode in episodes(of: session) {
      for (index, step) in episode.steps.enumerated() {
        guard let place = step.update else { continue }
        let segment = try #require(TargetSegment(of: episode, at: index))
        let apart = TakenApartTarget(of: segment, by: episode.updates[place].estimator)
        let size = apart.parts.reduce(1) { max($0, abs($1.value)) }
        // One expectation for all: a hundred thousand would take longer than the run.
        guard apart.isExactly(step.target), apart.hasExactly(advantage: step.advantage),
          abs(apart.sum - Double(step.target)) <= 1e-6 * size
        else {
          Issue.record("\(run) step \(episode.firstNumber + index): \(apart.target) \(step.target)")
          return
        }
        kinds.insert("\(RecordedOutcome(of: episode, at: index).kind)")
        learnt += 1
      }
    }
    #expect(learnt >= 10_000)
    let expected: Set<String> =
      run.isCartPole ? ["cut", "terminated"] : ["terminated", "truncated"]
    #expect(kinds.isSuperset(of: expected))
  }

  /// Every episode of every worker, as the view is given them.
  private func episodes(of session: TrainingSession) -> [EpisodeRecord] {
    func report(_ worker: Int, _ moment: Moment?) -> HistoryReport? {
      session.send(
        .show(Interest(worker: worker, history: HistoryInterest(moment: moment, isOpen: true))))
      return session.snapshot().history
    }
    let tracks = report(0, nil)?.index.tracks ?? []
    return tracks.enumerated().flatMap { worker, track in
      track.episodes.compactMap {
        report(worker, .step(worker: worker, number: $0.first))?.episode
      }
    }
  }
}

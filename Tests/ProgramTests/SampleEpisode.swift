import Environments
import Estimators
import Randomness
import Telemetry

@testable import footlights

/// Episodes as a learner might have lived them, from a seed: the world is real, the critic's values are
/// drawn, and the targets are those of the values.
struct SampleEpisode {
  var environment: any Environment = CartPole()
  /// Steps at most; the episode's end may come before.
  var steps = 40
  var rolloutLength = 5
  /// Steps of the first rollout that belong to the episode before.
  var lead = 2
  /// Steps of the episode that are not recorded any more.
  var omitted = 0
  var seed: UInt64 = 1

  /// A maze of one's own, which is cut after 30 steps.
  static let maze = """
    ; title: Two rooms
    ; slip: 0.25
    ; step-limit: 30
    #########
    #S..#..P#
    #...#...#
    #.......#
    #S..#..G#
    #########

    """

  static func mazeWorld() throws -> any Environment {
    try EnvironmentRegistry().makeMaze(Array(maze.utf8), name: "rooms.txt", file: "rooms.txt")
  }

  /// The episodes the tests walk through: terminated, truncated, going on, and begun before the
  /// record.
  static func all() throws -> [EpisodeFile] {
    [
      SampleEpisode().file(named: "best"),
      SampleEpisode(environment: try mazeWorld(), lead: 0, seed: 3).file(named: "in the rooms"),
      SampleEpisode(steps: 13, omitted: 4, seed: 5).file(named: "unfinished"),
      SampleEpisode(environment: RandomWalk.five, rolloutLength: 1, lead: 0).file(named: "walk"),
    ]
  }

  func file(named name: String) -> EpisodeFile {
    let specification = environment.specification
    let run = RunDescription(
      environment: specification.name, task: specification.summary, agent: "a3c",
      preset: "sample", scheduler: "threads", seed: .max, threads: 2,
      actions: specification.actions, observed: ObservedName.of(specification),
      realTimeRate: specification.stepsPerSecond, solvedReturn: specification.solvedReturn,
      parameters: 4_610, network: "4-64-64, shared trunk, tanh", stepLimit: nil)
    let settings = LiveSettings(
      estimator: .nStep(3), agent: .a3c, discount: 0.99, entropyCoefficient: 0.01,
      learningRate: 7e-4, workers: 4, rolloutLength: rolloutLength)
    return EpisodeFile(
      record(), of: run, settings: settings, environment: environment, name: name)
  }

  private func record() -> EpisodeRecord {
    var world = environment
    var random = RandomStream(seed: seed)
    world.reset(start: nil, random: &random)
    var steps: [EpisodeRecord.Step] = []
    var isOver = false
    while steps.count < omitted + self.steps, !isOver {
      var step = EpisodeRecord.Step(
        state: world.saved, observation: world.observed,
        logits: environment.specification.actions.map { _ in Float(random.uniform()) - 0.5 },
        action: random.below(environment.specification.actions.count), reward: 0,
        value: Float(10 * random.uniform()), nextValue: 0, terminated: false, truncated: false,
        target: .nan, advantage: .nan, update: nil)
      let outcome = world.step(step.action, random: &random)
      step.reward = Float(outcome.reward)
      (step.terminated, step.truncated) = (outcome.terminated, outcome.truncated)
      step.nextValue = outcome.terminated ? 0 : Float(10 * random.uniform())
      isOver = outcome.ended
      steps.append(step)
    }
    let before = steps.prefix(omitted).reduce(0) { $0 + Double($1.reward) }
    var record = EpisodeRecord(
      worker: 3, episode: 182, start: environment.specification.starts > 1 ? 1 : nil,
      firstNumber: 20_000 + omitted, omitted: omitted, omittedReturn: before,
      steps: Array(steps.dropFirst(omitted)), updates: [],
      reached: EpisodeRecord.Reached(state: world.saved, observation: world.observed))
    learn(from: &record)
    return record
  }

  /// Learns from every rollout that is complete, each with another estimator than the last.
  private func learn(from record: inout EpisodeRecord) {
    let estimators: [ReturnEstimator] = [.nStep(3), .lambda(0.9), .td, .monteCarlo, .nStep(.max)]
    var first = -lead
    while first < record.steps.count {
      let place = record.updates.count
      let range = max(first, 0)..<min(first + rolloutLength, record.steps.count)
      guard range.upperBound == first + rolloutLength || record.hasEnded else { return }
      let estimator = estimators[place % estimators.count]
      let steps = record.steps[range]
      let targets = estimateReturns(
        estimator, discount: 0.99, rewards: steps.map(\.reward),
        nextValues: steps.map(\.nextValue), terminated: steps.map(\.terminated),
        truncated: steps.map(\.truncated))
      for (index, target) in zip(range, targets) {
        record.steps[index].target = target
        record.steps[index].advantage = target - record.steps[index].value
        record.steps[index].update = place
      }
      record.updates.append(
        UpdateRecord(
          version: 4_000 + 3 * place, pulledVersion: 3_998 + 3 * place, clock: 80_000 + 19 * place,
          firstNumber: record.firstNumber + first, count: rolloutLength, batch: rolloutLength,
          estimator: estimator, discount: 0.99, policyLoss: 0.25 / Double(place + 1),
          valueLoss: 3.5, entropy: 0.69, valueCoefficient: 0.5, entropyCoefficient: 0.01,
          gradientNorm: 1.75, clippingFactor: 0.5 / 1.75, learningRate: 7e-4))
      first += rolloutLength
    }
  }
}

extension Environment {
  fileprivate var saved: [Double] {
    var state = [Double](repeating: 0, count: stateSize)
    save(into: &state)
    return state
  }

  fileprivate var observed: [Float] {
    var observation = [Float](repeating: 0, count: specification.observation.width)
    observe(into: &observation)
    return observation
  }
}

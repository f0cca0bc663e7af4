internal import Estimators
public import Scenes
public import Telemetry

extension SampleSnapshots {
  /// A maze being learnt, with its layers and an exact report.
  public static func maze(_ map: GridMap = SampleScenes.smallMaze) -> EngineSnapshot {
    var chance = SampleChance(seed: 23)
    let floor = map.states.indices.filter { map.states[$0] >= 0 }
    let agent = floor[floor.count / 2]
    let run = RunDescription(
      environment: map.rows < 15 ? "Maze/forks" : "Maze/rooms",
      task: "Reach the goal; keep out of the pits.", agent: "a3c", preset: "maze-a3c",
      scheduler: "threads", seed: 1, threads: 2, actions: ["up", "right", "down", "left"],
      observed: [], realTimeRate: 10, solvedReturn: nil, parameters: 9_000,
      network: "one-hot 52-64, shared trunk, tanh", stepLimit: 200_000)
    let settings = LiveSettings(
      estimator: .nStep(5), agent: .a3c, discount: 0.95,
      entropyCoefficient: 0.02, learningRate: 1e-3, workers: 8, rolloutLength: 5)
    var stage = StageReport(
      worker: 2,
      scene: .grid(
        GridScene(map: map, agent: agent, previous: neighbour(of: agent, in: map))))
    stage.episode = 311
    stage.step = 14
    stage.episodeReturn = -0.14
    stage.observation = [Double(map.states[agent])]
    stage.action = 1
    stage.probabilities = [0.08, 0.71, 0.13, 0.08]
    stage.value = 0.547
    stage.reward = -0.01
    stage.advantage = 0.04
    stage.entropy = 0.91
    var snapshot = EngineSnapshot(
      run: run, settings: settings, status: .running, speed: .unlimited, stage: stage)
    snapshot.counters = counters(steps: 60_240)
    snapshot.counters.stepsPerSecond = 1_312_000
    snapshot.counters.meanReturn = 0.61
    fillCurves(&snapshot, buckets: 300, steps: 60_240, chance: &chance)
    snapshot.workers = (0..<8).map { index in
      var report = WorkerReport(index: index)
      report.phase = WorkerPhase.allCases[(index * 3 + 1) % 4]
      report.rolloutStep = index % 5
      report.episodes = 290 + chance.below(40)
      report.episodeStep = chance.below(40)
      report.episodeReturn = -0.01 * Double(report.episodeStep)
      report.recentReturns = (0..<16).map { _ in max(-1, min(0.9, 0.5 + 0.4 * chance.normal())) }
      report.staleness = chance.below(8)
      report.pushes = 1_480 + chance.below(50)
      report.entropy = 0.6 + 0.5 * chance.unit()
      report.gradientNorm = 0.2 + 0.3 * chance.unit()
      report.start = floor[index % 2 == 0 ? 0 : floor.count - 1]
      return report
    }
    snapshot.layers = SampleScenes.layers(of: map)
    snapshot.biasVariance = SampleReports.exact
    snapshot.biasVariance?.update = snapshot.counters.updates - 2
    return snapshot
  }

  private static func neighbour(of square: Int, in map: GridMap) -> Int? {
    [square - 1, square + 1, square - map.columns, square + map.columns].first { other in
      map.states.indices.contains(other) && map.states[other] >= 0
    }
  }

  /// Every sample by name, for tests that must hold for all of them.
  public static let all: [(name: String, snapshot: EngineSnapshot)] = {
    var empty = maze()
    empty.layers = nil
    empty.biasVariance = nil
    var stale = cartPole()
    stale.biasVariance = SampleReports.stale
    return [
      ("cartpole", cartPole()),
      ("cartpole-start", cartPoleAtStart()),
      ("cartpole-1-worker", cartPole(workers: 1, buckets: 1)),
      ("cartpole-200-workers", cartPole(workers: 200, buckets: 40)),
      ("cartpole-a2c", cartPole(agent: .a2c)),
      ("cartpole-paused", with(cartPole(), status: .paused)),
      ("cartpole-finished", with(cartPole(), status: .finished("500 000 steps done"))),
      ("cartpole-diverged", notANumber),
      ("cartpole-solved", solved),
      ("cartpole-stale", stale),
      ("maze", maze()),
      ("maze-large", maze(SampleScenes.largeMaze)),
      ("maze-without-layers", empty),
      ("walk", walk()),
    ]
  }()
}

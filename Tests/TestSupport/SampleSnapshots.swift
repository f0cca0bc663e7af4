internal import Estimators
internal import Scenes
public import Telemetry

/// Made-up but plausible states of a run, for tests and pictures of the screen: the same every time.
public enum SampleSnapshots {
  /// CartPole being learnt: `workers` of them, in the middle of a run at the given age of training.
  public static func cartPole(
    workers: Int = 8, buckets: Int = 300, agent: AgentName = .a3c
  ) -> EngineSnapshot {
    var chance = SampleChance(seed: 17)
    var snapshot = cartPoleAtStart(workers: workers)
    snapshot.settings.agent = agent
    let steps = buckets * 328
    snapshot.counters = counters(steps: steps)
    fillCurves(&snapshot, buckets: buckets, steps: steps, chance: &chance)
    snapshot.workers = (0..<workers).map { index in
      worker(index, of: workers, agent: agent, chance: &chance)
    }
    snapshot.stage = cartPoleStage(worker: min(3, workers - 1))
    if workers > 3 {
      snapshot.workers[3].phase = .act
      snapshot.workers[3].episodes = snapshot.stage.episode
      snapshot.workers[3].episodeReturn = snapshot.stage.episodeReturn
      snapshot.workers[3].episodeStep = snapshot.stage.step
    }
    snapshot.biasVariance = SampleReports.measured
    return snapshot
  }

  /// CartPole before anything has happened.
  public static func cartPoleAtStart(workers: Int = 8) -> EngineSnapshot {
    let run = RunDescription(
      environment: "CartPole-v1", task: "Keep the pole upright by pushing the cart.",
      agent: "a3c", preset: "cartpole-a3c", scheduler: "threads", seed: 1, threads: 2,
      actions: ["left", "right"],
      observed: [
        ObservedName(name: "cart position", symbol: "x", unit: "m"),
        ObservedName(name: "cart velocity", symbol: "ẋ", unit: "m/s"),
        ObservedName(name: "pole angle", symbol: "θ", unit: "rad"),
        ObservedName(name: "pole angular velocity", symbol: "ω", unit: "rad/s"),
      ],
      realTimeRate: 50, solvedReturn: 475, parameters: 4_739,
      network: "4-64-64, shared trunk, tanh", stepLimit: nil)
    let settings = LiveSettings(
      estimator: .lambda(0.95), agent: .a3c, discount: 0.99,
      entropyCoefficient: 0.01, learningRate: 7e-4, workers: workers, rolloutLength: 5)
    var stage = StageReport(
      worker: 0, scene: SampleScenes.cartPole(position: 0.02, angle: -0.03, push: 0))
    stage.observation = [0.02, -0.01, -0.03, 0.04]
    stage.probabilities = [0.5, 0.5]
    stage.entropy = 0.693
    var snapshot = EngineSnapshot(
      run: run, settings: settings, status: .running, speed: .multiple(8), stage: stage)
    snapshot.workers = (0..<workers).map { WorkerReport(index: $0) }
    return snapshot
  }

  /// A copy of a snapshot in another state.
  public static func with(
    _ snapshot: EngineSnapshot, status: RunStatus, speed: Speed? = nil
  ) -> EngineSnapshot {
    var copy = snapshot
    copy.status = status
    copy.speed = speed ?? copy.speed
    return copy
  }

  /// CartPole with its goal reached.
  public static var solved: EngineSnapshot {
    var snapshot = cartPole()
    snapshot.evaluation = EvaluationReport(
      step: 98_304, meanReturn: 487.3, standardDeviation: 31.2, episodes: 100,
      solvedAt: 98_304, solvedAfterSeconds: 29.4)
    return snapshot
  }

  /// A run in which every number that may be wrong is wrong.
  public static var notANumber: EngineSnapshot {
    var snapshot = with(
      cartPole(), status: .diverged("a parameter became NaN at update 4 711 (trunk.0.weight)"))
    snapshot.stage.observation = [.nan, .infinity, -.infinity, 1e300]
    snapshot.stage.probabilities = [.nan, .nan]
    snapshot.stage.value = .nan
    snapshot.stage.reward = .infinity
    snapshot.stage.advantage = .nan
    snapshot.stage.entropy = .nan
    snapshot.stage.scene = SampleScenes.cartPole(position: .nan, angle: .infinity, push: .nan)
    for index in snapshot.workers.indices {
      snapshot.workers[index].gradientNorm = .infinity
      snapshot.workers[index].entropy = .nan
      snapshot.workers[index].episodeReturn = -.infinity
      snapshot.workers[index].recentReturns = [.nan, .infinity, 3]
    }
    snapshot.counters.meanStaleness = .nan
    snapshot.counters.stepsPerSecond = .nan
    snapshot.counters.seconds = .infinity
    snapshot.advantageHistogram.low = -.infinity
    snapshot.advantageHistogram.high = .nan
    snapshot.biasVariance = SampleReports.notANumber
    return snapshot
  }

  static func counters(steps: Int) -> Counters {
    var counters = Counters()
    counters.steps = steps
    counters.updates = steps / 5
    counters.episodes = steps / 71
    counters.seconds = Double(steps) / 3_280
    counters.stepsPerSecond = 3_214
    counters.meanStaleness = 6.8
    counters.meanReturn = 187.3
    return counters
  }

  private static func cartPoleStage(worker: Int) -> StageReport {
    var stage = StageReport(
      worker: worker, scene: SampleScenes.cartPole(position: 0.62, angle: 0.11, push: 1))
    stage.episode = 182
    stage.step = 97
    stage.episodeReturn = 97
    stage.observation = [0.62, -0.31, 0.11, 0.44]
    stage.action = 1
    stage.probabilities = [0.384, 0.616]
    stage.value = 71.4
    stage.reward = 1
    stage.advantage = 0.83
    stage.entropy = 0.666
    return stage
  }

  private static func worker(
    _ index: Int, of count: Int, agent: AgentName, chance: inout SampleChance
  ) -> WorkerReport {
    var report = WorkerReport(index: index)
    let phases: [WorkerPhase] =
      agent == .a3c
      ? [.act, .act, .push, .act, .pull, .act, .learn, .act] : [.act, .wait, .wait, .act, .learn]
    report.phase = phases[index % phases.count]
    report.rolloutStep = report.phase == .act ? 1 + index % 5 : 5
    report.episodes = 171 + chance.below(24)
    report.episodeStep = 3 + chance.below(240)
    report.episodeReturn = Double(report.episodeStep)
    report.recentReturns = (0..<16).map { k in
      max(9, min(500, 40 + Double(k) * 16 + 90 * chance.normal()))
    }
    report.staleness = agent == .a3c ? chance.below(min(count, 12)) : 0
    report.pushes = 2_460 + chance.below(60)
    report.entropy = 0.58 + 0.05 * chance.normal() * 0.5
    report.gradientNorm = 0.44 + 0.2 * chance.unit()
    report.start = nil
    return report
  }

  /// Curves as of a run that learns, with a band and the marks of two changed settings.
  static func fillCurves(
    _ snapshot: inout EngineSnapshot, buckets: Int, steps: Int, chance: inout SampleChance
  ) {
    let ceiling = snapshot.run.solvedReturn ?? 1
    let most = SampleMath.log(Double(max(2, snapshot.run.actions.count)))
    var wander = 0.0
    for k in 0..<buckets {
      let at = steps * (k + 1) / buckets
      let progress = Double(k) / Double(max(1, buckets - 1))
      wander = 0.9 * wander + 0.03 * chance.normal()
      let learnt = 0.04 + 0.9 / (1 + SampleMath.exp(-9 * (progress - 0.55))) + wander
      let mean = ceiling * min(1.05, max(0.02, learnt))
      let spread = ceiling * (0.04 + 0.22 * learnt * (1 - 0.6 * progress))
      snapshot.returns.append(
        step: at, low: max(ceiling * 0.018, mean - spread), middle: mean,
        high: min(ceiling * 500 / 475, mean + spread * 1.3))
      let entropy = most * (0.99 - 0.28 * progress + 0.02 * chance.normal())
      snapshot.entropy.append(
        step: at, low: entropy - 0.05, middle: entropy, high: min(most, entropy + 0.04))
      let scale = 0.4 + 2.2 * progress * (1.2 - progress)
      let centre = 0.12 * chance.normal() + 0.15
      snapshot.advantages.append(
        step: at, low: centre - scale * (1 + 0.2 * chance.unit()), middle: centre,
        high: centre + scale * (1.4 + 0.3 * chance.unit()))
    }
    snapshot.advantageHistogram = Histogram(
      (0..<200).map { _ in 0.15 + 0.9 * chance.normal() }, bins: 24)
    snapshot.marks = [
      SettingMark(step: steps * 3 / 10, update: steps * 3 / 50, label: "n 5"),
      SettingMark(step: steps * 11 / 20, update: steps * 11 / 100, label: "λ .95"),
    ]
  }
}

/// Chance that is the same on every machine, for made-up numbers.
struct SampleChance {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func unit() -> Double { Double(bits() >> 11) / Double(1 << 53) }
  mutating func below(_ bound: Int) -> Int { bound > 0 ? Int(bits() % UInt64(bound)) : 0 }
  /// Nearly normal: the sum of twelve uniform numbers less six.
  mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + unit() } }
}

internal import Agents
internal import Environments
internal import Networks
internal import Scenes
internal import Telemetry
internal import Threads

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Puts together what a front end draws, from the boards and what the coordinator tells. It takes
/// no lock that a training thread holds: a board that is being written keeps its last report.
struct SnapshotCollector {
  private let session: SessionState
  private let run: RunDescription
  private var world: any Environment
  /// Finds the greedy way by values of actions; nil where the world is not tabular.
  private let way: LearntPath?
  private var workers: [WorkerReport] = []
  /// Each worker's staleness, added up, as last read.
  private var totals: [Int] = []
  /// The last rollout of the worker in focus, as last read.
  private var rollout: RolloutReport?
  /// What the anatomy of the worker in focus is made of, as last read.
  private var anatomy = AnatomyReader()
  /// What an agent that learns values of actions says, as last read.
  private var actionValues: ActionValueReport?
  /// What REINFORCE says of its baselines, as last read.
  private var baselines: BaselineReport?
  /// How often an action is taken at random, as last read.
  private var epsilon: Double?
  private var stage: StageReport
  private var returns = MetricSeries()
  private var latestReturns = Ring<Double>(capacity: Self.latestEpisodes, filler: 0)
  private var entropy = MetricSeries()
  private var advantages = MetricSeries()
  private var histogram = Histogram()
  private var lastStep = -1
  private var past: HistoryReader?
  /// Episodes the line of the return plot averages.
  private static let latestEpisodes = 20
  private var meter = RateMeter()
  private var staleness = StalenessMeter()

  init(session: SessionState) {
    self.session = session
    run = RunDescription(session)
    world = session.configuration.environment
    stage = StageReport(worker: 0, scene: world.scene(lastAction: nil))
    way = session.model.network == nil ? LearntPath(in: world) : nil
    past = session.history.map {
      HistoryReader(history: $0, environment: session.configuration.environment)
    }
  }

  mutating func snapshot(analysis: Analyst.Findings?) -> EngineSnapshot {
    let facts = session.facts.withLock { $0 }
    let boards = session.boards.withLock { $0 }
    read(boards, facts)
    measure(boards)
    var snapshot = EngineSnapshot(
      run: run, settings: LiveSettings(facts), status: facts.status, speed: facts.speed,
      stage: stage)
    snapshot.counters = counters(facts)
    snapshot.workers = workers
    snapshot.returns = returns
    snapshot.entropy = entropy
    snapshot.advantages = advantages
    snapshot.advantageHistogram = histogram
    snapshot.marks = facts.marks
    snapshot.race = facts.race?.report
    addHistory(facts, analysis, to: &snapshot)
    if facts.interest.actionValues { snapshot.actionValues = actionValues }
    if facts.interest.baselines { snapshot.baselines = baselines }
    if facts.interest.anatomy { snapshot.anatomy = anatomy.report(workers) }
    if let analysis { add(analysis, facts.interest, to: &snapshot) }
    if let interest = facts.interest.estimators { add(analysis, interest, to: &snapshot) }
    return snapshot
  }

  private func add(
    _ analysis: Analyst.Findings, _ interest: Interest, to snapshot: inout EngineSnapshot
  ) {
    let now = session.now
    snapshot.evaluation = analysis.evaluation
    if interest.layers {
      snapshot.layers = analysis.layers
      snapshot.layers?.age = now - analysis.layersMade
      if let values = analysis.layers?.actionValues?.values {
        snapshot.layers?.actionValues?.path = way?.path(by: values, world: world)
      }
    }
    if interest.biasVariance {
      snapshot.biasVariance = analysis.biasVariance
      snapshot.biasVariance?.age = now - analysis.biasVarianceMade
    }
    if interest.estimators != nil {
      snapshot.estimators = analysis.estimators
      let age = now - analysis.estimatorsMade
      snapshot.estimators?.state?.age = age
      snapshot.estimators?.average?.age = age
      snapshot.estimators?.field?.age = age
    }
  }

  private func add(
    _ analysis: Analyst.Findings?, _ interest: EstimatorInterest, to snapshot: inout EngineSnapshot
  ) {
    var report = snapshot.estimators ?? EstimatorReport()
    if interest.page == .rollout { report.rollout = rollout }
    if interest.page == .gradient, let analysis {
      report.gradient = analysis.gradient
      report.gradient?.age = session.now - analysis.gradientMade
    }
    snapshot.estimators = report
  }

  /// The moment in view is on the stage.
  private mutating func addHistory(
    _ facts: SessionFacts, _ findings: Analyst.Findings?, to snapshot: inout EngineSnapshot
  ) {
    guard let interest = facts.interest.history else { return }
    let report = past?.report(
      interest, focus: facts.interest.worker, workers: snapshot.workers.count,
      isStill: facts.status != .running)
    snapshot.history = report
    if let effect = findings?.effect, effect.moment == report?.moment,
      facts.status != .running
    {
      snapshot.history?.effect = effect
    }
    guard let report, report.moment != nil, let episode = report.episode else { return }
    snapshot.stage = episode.stage(at: report.cursor, in: session.configuration.environment)
    // The worker of a kept episode may be no more.
    snapshot.stage.worker = max(0, min(episode.worker, snapshot.workers.count - 1))
  }

  private mutating func counters(_ facts: SessionFacts) -> Counters {
    let summary = session.episodes.summary
    var counters = Counters()
    counters.steps = session.clock.steps
    counters.updates = session.shared.version
    counters.episodes = summary.episodes
    counters.meanReturn = summary.meanReturn
    counters.seconds = facts.stopwatch.seconds(at: session.now)
    counters.stepsPerSecond = meter.rate(
      steps: counters.steps, now: session.now, running: facts.status == .running)
    counters.meanStaleness = staleness.mean
    counters.epsilon = epsilon
    return counters
  }

  // MARK: Boards

  private mutating func read(_ boards: [WorkerBoard], _ facts: SessionFacts) {
    let interest = facts.interest
    if workers.count > boards.count { workers.removeLast(workers.count - boards.count) }
    for index in workers.count..<max(boards.count, workers.count) {
      workers.append(WorkerReport(index: index))
    }
    totals = boards.indices.map { totals.indices.contains($0) ? totals[$0] : 0 }
    let focus = min(interest.worker, boards.count - 1)
    for (index, board) in boards.enumerated() {
      board.ask()
      let hasScene = interest.scenes.contains(index) || index == focus
      let seen = board.readIfAvailable()
      guard let seen else { continue }
      fill(&workers[index], from: seen, lanes: interest.lanes && interest.scenes.contains(index))
      totals[index] = seen.totalStaleness
      epsilon = seen.epsilon
      workers[index].scene = nil
      if hasScene {
        board.askForView()
        let scene = self.scene(seen.view)
        if interest.scenes.contains(index) { workers[index].scene = scene }
        if index == focus { fillStage(seen, worker: index, scene: scene) }
      }
    }
    if interest.estimators?.page == .rollout { readRollout(boards[focus], worker: focus) }
    if interest.anatomy {
      anatomy.read(boards[focus].anatomy, of: focus, facts, now: session.now)
    }
    if interest.actionValues { Self.read(boards[focus].actionValues, into: &actionValues) }
    if interest.baselines { Self.read(boards[focus].baselines, into: &baselines) }
    staleness.note(
      pushes: workers.reduce(0) { $0 + $1.pushes }, total: totals.reduce(0, +))
  }

  private static func read<Report>(_ board: DemandBoard<Report>, into latest: inout Report?) {
    board.ask()
    latest = board.readIfAvailable() ?? latest
  }

  private mutating func readRollout(_ board: WorkerBoard, worker: Int) {
    board.askForRollout()
    if rollout?.worker != worker { rollout = nil }
    rollout = board.rollout.withLockIfAvailable { $0.report(worker: worker) } ?? rollout
  }

  private func fill(
    _ report: inout WorkerReport, from content: WorkerBoard.Content, lanes: Bool
  ) {
    report.phase = content.phase
    report.rolloutStep = content.rolloutStep
    report.episodes = content.episodes
    report.episodeStep = content.episodeStep
    report.episodeReturn = content.episodeReturn
    report.recentReturns = content.recentReturns.elements
    report.staleness = content.staleness
    report.pushes = content.pushes
    report.entropy = content.entropy
    report.gradientNorm = content.gradientNorm
    report.start = content.start
    report.lane = lanes ? content.lane.elements : []
  }

  private mutating func scene(_ view: WorkerBoard.View) -> Scene {
    if view.episodes > 0 || view.episodeStep > 0 || view.state.contains(where: { $0 != 0 }) {
      world.restore(from: view.state)
    }
    return view.continuousAction == nil
      ? world.scene(lastAction: view.action)
      : world.scene(lastContinuousAction: view.continuousAction)
  }

  private mutating func fillStage(
    _ content: WorkerBoard.Content, worker: Int, scene: Scene
  ) {
    let view = content.view
    stage = StageReport(worker: worker, scene: scene)
    stage.episode = view.episodes
    stage.step = view.episodeStep
    stage.episodeReturn = view.episodeReturn
    stage.observation = view.observation.map(Double.init)
    stage.action = view.action
    stage.continuousAction = view.continuousAction
    stage.value = Double(view.value)
    stage.reward = view.reward
    stage.advantage = view.advantage.map(Double.init)
    fillPolicy(view.probabilities.map(Double.init))
  }

  /// Probabilities of actions or, of a network's policy over a real number, mean and deviation.
  private mutating func fillPolicy(_ numbers: [Double]) {
    guard run.continuousAction != nil else {
      stage.probabilities = numbers
      stage.entropy = numbers.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 }
      return
    }
    guard session.model.network != nil, numbers.count == Gaussian.outputCount, numbers[1] > 0
    else { return }
    let policy = GaussianPolicy(mean: numbers[0], deviation: numbers[1])
    stage.gaussian = policy
    stage.entropy = policy.entropy
  }

  // MARK: Series

  private mutating func measure(_ boards: [WorkerBoard]) {
    let step = session.clock.steps
    let ended = session.episodes.takeUnseen()
    appendReturns(ended)
    guard step > lastStep else { return }
    lastStep = step
    let learning = workers.filter { $0.pushes > 0 }
    if let low = learning.map(\.entropy).min(), let high = learning.map(\.entropy).max() {
      let mean = learning.reduce(0) { $0 + $1.entropy } / Double(learning.count)
      entropy.append(step: step, low: low, middle: mean, high: high)
    }
    var pool: [Double] = []
    for board in boards {
      board.content.withLockIfAvailable { content in
        pool.append(contentsOf: content.advantages.elements.suffix(64).map(Double.init))
      }
    }
    guard pool.count >= 2 else { return }
    pool.sort()
    // A single fall of the pole would squeeze everything else into one bar.
    histogram = Histogram(pool[pool.count / 20..<pool.count - pool.count / 20], bins: 24)
    advantages.append(
      step: step, low: pool[pool.count * 5 / 100], middle: pool[pool.count / 2],
      high: pool[pool.count * 95 / 100])
  }

  /// The line is the mean of the latest episodes, the band their least and greatest: measured a few
  /// times between two snapshots when thousands of episodes end there.
  private mutating func appendReturns(_ ended: [EpisodeLog.Entry]) {
    let every = max(1, ended.count / 8)
    for (index, episode) in ended.enumerated() {
      latestReturns.append(episode.undiscountedReturn)
      guard (index + 1) % every == 0 else { continue }
      let latest = latestReturns.elements
      guard let low = latest.min(), let high = latest.max() else { continue }
      returns.append(
        step: episode.step, low: low, middle: latest.reduce(0, +) / Double(latest.count),
        high: high)
    }
  }
}

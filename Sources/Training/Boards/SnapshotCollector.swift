internal import Agents
internal import Environments
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
  private var workers: [WorkerReport] = []
  private var stage: StageReport
  private var returns = MetricSeries()
  private var entropy = MetricSeries()
  private var advantages = MetricSeries()
  private var histogram = Histogram()
  private var lastStep = -1
  private var meter = RateMeter()
  private var staleness = StalenessMeter()

  init(session: SessionState) {
    self.session = session
    run = RunDescription(session)
    world = session.configuration.environment
    stage = StageReport(worker: 0, scene: world.scene(lastAction: nil))
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
    if let analysis { add(analysis, facts.interest, to: &snapshot) }
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
    }
    if interest.biasVariance {
      snapshot.biasVariance = analysis.biasVariance
      snapshot.biasVariance?.age = now - analysis.biasVarianceMade
    }
  }

  private mutating func counters(_ facts: SessionFacts) -> Counters {
    let summary = session.episodes.summary
    var counters = Counters()
    counters.steps = session.clock.steps
    counters.updates = session.shared.version
    counters.episodes = summary.episodes
    counters.meanReturn = summary.meanReturn
    counters.seconds = facts.seconds + (facts.legBegan.map { session.now - $0 } ?? 0)
    counters.stepsPerSecond = meter.rate(
      steps: counters.steps, now: session.now, running: facts.status == .running)
    counters.meanStaleness = staleness.mean
    return counters
  }

  // MARK: Boards

  private mutating func read(_ boards: [WorkerBoard], _ facts: SessionFacts) {
    let interest = facts.interest
    if workers.count > boards.count { workers.removeLast(workers.count - boards.count) }
    for index in workers.count..<max(boards.count, workers.count) {
      workers.append(WorkerReport(index: index))
    }
    let focus = min(interest.worker, boards.count - 1)
    var pushes = 0
    var total = 0
    for (index, board) in boards.enumerated() {
      let hasScene = interest.scenes.contains(index) || index == focus
      let seen = board.content.withLockIfAvailable { $0 }
      guard let seen else { continue }
      fill(&workers[index], from: seen, lanes: interest.lanes && interest.scenes.contains(index))
      pushes += seen.pushes
      total += seen.totalStaleness
      workers[index].scene = nil
      if hasScene {
        board.askForView()
        let scene = self.scene(seen.view)
        if interest.scenes.contains(index) { workers[index].scene = scene }
        if index == focus { fillStage(seen, worker: index, scene: scene) }
      }
    }
    staleness.note(pushes: pushes, total: total)
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
    return world.scene(lastAction: view.action)
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
    stage.probabilities = view.probabilities.map(Double.init)
    stage.value = Double(view.value)
    stage.reward = view.reward
    stage.advantage = view.advantage.map(Double.init)
    stage.entropy = view.probabilities.reduce(0) { $1 > 0 ? $0 - Double($1) * log(Double($1)) : $0 }
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
    histogram = Histogram(pool, bins: 24)
    pool.sort()
    advantages.append(
      step: step, low: pool[pool.count * 5 / 100], middle: pool[pool.count / 2],
      high: pool[pool.count * 95 / 100])
  }

  /// Episodes in pieces of at most a tenth of those that ended, so that a curve is a curve also
  /// when thousands end between two snapshots.
  private mutating func appendReturns(_ ended: [EpisodeLog.Entry]) {
    guard !ended.isEmpty else { return }
    let size = max(1, min(ended.count, max(ended.count / 10, workers.count)))
    for first in stride(from: 0, to: ended.count, by: size) {
      let piece = ended[first..<min(first + size, ended.count)].map(\.undiscountedReturn)
      guard let low = piece.min(), let high = piece.max() else { continue }
      returns.append(
        step: ended[min(first + size, ended.count) - 1].step, low: low,
        middle: piece.reduce(0, +) / Double(piece.count), high: high)
    }
  }
}

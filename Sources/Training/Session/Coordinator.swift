internal import Agents
internal import Environments
internal import Estimators
internal import Networks
internal import Synchronization
internal import Telemetry
internal import Threads

/// Says what the training threads do next, while they wait for it: takes up commands, keeps the
/// time and the limits, evaluates. Runs on training thread 0.
final class Coordinator {
  private let session: SessionState
  private var settings: LearningSettings
  private var agent: AgentName
  private var engaged: (workers: Int, agent: AgentName)
  private var pace: Pace
  private var paused = false
  private var goal: StepGoal?
  private var showPending = false
  private var stopwatch = Stopwatch()
  private var ending: RunStatus?
  private var rolloutPosition = 0
  private var turnOf = 0
  private lazy var referee = Referee(session: session)
  private lazy var races = RaceDesk(session: session)
  private var actorsAreCopied = false
  private var hasLooked = false

  init(session: SessionState) {
    self.session = session
    settings = session.configuration.initialSettings
    agent = session.configuration.agent
    engaged = (settings.workers, agent)
    pace = Pace(
      speed: session.configuration.speed,
      realTimeRate: session.configuration.environment.specification.stepsPerSecond,
      now: session.now)
  }

  /// The next piece of work; sleeps while there is none.
  func next() -> Plan {
    if actorsAreCopied { beginRace() }
    while true {
      readMail()
      if races.settle() { pace.restart(now: session.now) }
      evaluate()
      lookForAnEnd()
      if let ending {
        // However a run ends, its parameters are finite or it says that they are not.
        guard session.shared.diverged || session.shared.checkFinite() else { continue }
        if let work = lastLook() { return begin(work) }
        return end(ending)
      }
      if let work = work() { return begin(work) }
    }
  }

  private func work() -> Plan.Work? {
    // Learning that has begun comes to its update first.
    if needsOtherCrews { return updateIsDue ? .update : .disband }
    engage()
    if races.isWanted { return .copyActors }
    if races.isBusy { return standingWork() }
    if paused { return pausedWork() }
    if let grain = session.configuration.stepGrain { return step(grain, of: 0) }
    if updateIsDue { return .update }
    switch pace.speed {
    case .unlimited: return .untilCalled(steps: legEnd)
    case .multiple: return pacedWork()
    }
  }

  private func evaluate() {
    guard ending == nil, !session.shared.diverged, referee.isDue(session.clock.steps) else {
      return
    }
    stopwatch.stop(at: session.now)
    guard let reached = referee.evaluate(seconds: stopwatch.seconds) else { return }
    ending = .finished("reached a mean return of \(reached)")
  }

  private var legEnd: Int {
    min(session.configuration.stepLimit ?? .max, referee.nextEvaluation)
  }

  /// Whether the crews that are out, whatever comes after them, wait for an update.
  private var updateIsDue: Bool {
    engaged.agent == .a2c && crewsAreOut && session.stage > 0
  }

  private func pacedWork() -> Plan.Work? {
    let due = pace.due(now: session.now)
    guard due >= 1 else {
      session.mailbox.wait(seconds: pace.secondsToNext(now: session.now))
      return nil
    }
    return turns(due)
  }

  /// As many turns as are due, at most to the end of an A2C rollout.
  private func turns(_ due: Int) -> Plan.Work {
    var count = due
    if agent == .a2c {
      count =
        settings.estimator == .monteCarlo
        ? 1 : max(1, min(due, settings.rolloutLength - rolloutPosition))
      rolloutPosition += count
    }
    pace.take(count)
    return .turns(count, steps: legEnd)
  }

  private func pausedWork() -> Plan.Work? {
    if let goal, !goal.isReached(in: session) { return step(goal.grain, of: goal.worker) }
    if goal != nil {
      goal = nil
      showPending = true
    }
    return standingWork()
  }

  /// What leads on towards the end of a grain, and not beyond it.
  private func step(_ grain: StepGrain, of worker: Int) -> Plan.Work {
    if grain == .phase { return .phase(of: worker, from: session.stage) }
    if updateIsDue { return .update }
    let endsWithUpdate = grain == .update || grain == .rollout
    return endsWithUpdate && agent != .a2c ? nextTurn() : turns(1)
  }

  /// The run stands still, paused or because of a race: who looks at it gets the present step.
  private func standingWork() -> Plan.Work? {
    if showPending {
      showPending = false
      session.askForViews()
      return .turns(0, steps: legEnd)
    }
    stopwatch.stop(at: session.now)
    publish(standing)
    session.mailbox.wait(seconds: 1)
    return nil
  }

  /// A run that waits for a race is not paused, unless it was.
  private var standing: RunStatus { paused && goal == nil ? .paused : .running }

  /// The crews wait and the roster is up to date: a race begins from there. They keep their rollouts,
  /// so that the run goes on as if nothing had been.
  private func beginRace() {
    actorsAreCopied = false
    races.begin(settings, agent)
  }

  /// One worker's turn, then the next one's: so that stepping stops right after an update.
  private func nextTurn() -> Plan.Work {
    defer { turnOf = (turnOf + 1) % settings.workers }
    return .turn(worker: min(turnOf, settings.workers - 1))
  }

  // MARK: Legs

  private var crewsAreOut = false

  private func begin(_ work: Plan.Work) -> Plan {
    switch work {
    case .disband: crewsAreOut = false
    case .update, .untilCalled: (crewsAreOut, rolloutPosition) = (true, 0)
    case .phase(_, let stage):
      crewsAreOut = true
      rolloutPosition = stage == 0 ? rolloutPosition + 1 : 0
    case .copyActors: (crewsAreOut, actorsAreCopied) = (true, true)
    default: crewsAreOut = true
    }
    chooseRecording(for: work)
    session.forgetStages()
    if standing == .running && !races.isBusy { stopwatch.start(at: session.now) }
    publish(standing)
    return Plan(work: work, settings: settings, agent: agent)
  }

  /// At full speed steps need not be copied while nobody looks at them.
  private func chooseRecording(for work: Plan.Work) {
    switch work {
    case .untilCalled:
      if session.mayStopCopying {
        session.stopCopyingSteps(workers: settings.workers)
      } else {
        copySteps()
      }
    case .turns, .turn, .phase: copySteps()
    case .update, .disband, .copyActors, .end: break
    }
  }

  /// Who looks at a run that has ended sees where it stopped: the steps not learnt from, too.
  private func lastLook() -> Plan.Work? {
    guard session.history != nil, crewsAreOut, !hasLooked else { return nil }
    hasLooked = true
    session.askForViews()
    return .turns(0, steps: legEnd)
  }

  private func end(_ status: RunStatus) -> Plan {
    races.end()
    stopwatch.stop(at: session.now)
    publish(status)
    session.ended.post(status)
    return Plan(work: .end, settings: settings, agent: agent)
  }

  /// What has to be made again for it is no training.
  private func copySteps() {
    guard session.history?.copiesSteps == false else { return }
    stopwatch.stop(at: session.now)
    session.copySteps(agent: engaged.agent, workers: engaged.workers)
  }

  private func publish(_ status: RunStatus) {
    // Who looks at a run that stands still finds its steps.
    if status != .running { copySteps() }
    session.facts.withLock { facts in
      facts.settings = settings
      facts.agent = agent
      facts.status = status
      facts.speed = pace.speed
      facts.stopwatch = stopwatch
    }
  }

  private func lookForAnEnd() {
    let configuration = session.configuration
    if session.shared.diverged {
      ending = .diverged(
        "a parameter became non-finite at update \(session.shared.version); "
          + "the last finite parameters are kept")
    } else if ending != nil {
      return
    } else if let limit = configuration.stepLimit, session.clock.steps >= limit {
      ending = .finished("\(session.clock.steps) steps done")
    } else if let limit = configuration.updateLimit, session.shared.version >= limit {
      ending = .finished("\(session.shared.version) updates done")
    } else if let limit = configuration.episodeLimit, !isWithinTeamRollout,
      session.episodes.summary.episodes >= limit
    {
      ending = .finished("\(session.episodes.summary.episodes) episodes done")
    }
  }

  /// A team ends with an update, at every speed and in every grain.
  private var isWithinTeamRollout: Bool {
    engaged.agent == .a2c && (rolloutPosition > 0 || updateIsDue)
  }

  // MARK: Commands

  private func readMail() {
    let messages = session.mailbox.take()
    for message in messages {
      switch message {
      case .stop(let reason): ending = .finished(reason)
      case .command(let command): obey(command)
      case .raceEnded: break
      }
    }
    // What was asked for is seen at once, however slow the world runs.
    if !messages.isEmpty { publish(standing) }
  }

  private func obey(_ command: EngineCommand) {
    switch command {
    case .setPaused(let value):
      paused = value
      goal = nil
      showPending = true
      pace.restart(now: session.now)
    case .step(let grain):
      guard !races.isBusy else { return }
      paused = true
      goal = StepGoal(grain, session: session, workers: settings.workers)
    case .setSpeed(let speed):
      pace.change(to: speed, now: session.now)
    case .change(let change):
      take(change)
    case .show(let interest):
      session.facts.withLock { facts in
        // What is looked at of the past was noted when it was sent, and may be another by now.
        let history = facts.interest.history
        facts.interest = interest
        facts.interest.history = history
      }
      // The anatomy says who waits, which the lanes know.
      let followed = interest.lanes || interest.anatomy
      if followed, !session.lanesWanted.load(ordering: .relaxed) { session.clearLanes() }
      session.lanesWanted.store(followed, ordering: .relaxed)
      showPending = true
    case .race(let request):
      races.ask(for: request)
    case .keepEpisode(let moment, let name): session.keepEpisode(at: moment, name: name)
    case .forgetEpisode(let id): session.history?.kept.forget(id: id)
    case .endRace:
      races.end()
      pace.restart(now: session.now)
    }
  }

  private func take(_ change: SettingChange) {
    guard agent.takes(change) else { return }
    let before = (settings, agent)
    settings.take(change)
    if case .agent(let value) = change { agent = value }
    guard before != (settings, agent) else { return }
    let mark = SettingMark(
      step: session.clock.steps, update: session.shared.version, label: change.label)
    // A new array: who reads the old one goes on reading it.
    session.facts.withLock { $0.marks = $0.marks + [mark] }
    showPending = true
  }

  // MARK: Crews

  private var needsOtherCrews: Bool {
    crewsAreOut && engaged != (settings.workers, agent)
  }

  private func engage() {
    guard engaged != (settings.workers, agent) else { return }
    engaged = (settings.workers, agent)
    rolloutPosition = 0
    session.engage(workers: settings.workers, agent: agent)
  }
}

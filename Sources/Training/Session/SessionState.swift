internal import Agents
internal import Environments
internal import Networks
internal import Randomness
internal import Synchronization
internal import Telemetry
internal import Threads

/// What the threads of a session share.
final class SessionState: Sendable {
  let configuration: RunConfiguration
  let model: AgentModel
  let shared: SharedParameters
  let clock: StepClock
  let mailbox = Mailbox<SessionMessage>()
  let rendezvous: Rendezvous
  /// Gets a message when the run has ended.
  let ended = Mailbox<RunStatus>()
  let episodes: EpisodeLog
  /// The actors while no crew holds them.
  let roster: Locked<[Actor]>
  let boards: Locked<[WorkerBoard]>
  let team: Locked<A2CTeam?>
  let plan: Locked<Plan>
  /// What the coordinator tells the front end.
  let facts: Locked<SessionFacts>
  /// How often each state was visited; for watched tabular worlds.
  let visits: VisitCounter?
  /// What is recorded of the run; nil where nobody looks on.
  let history: History?
  /// Training threads.
  let threads: Int
  /// Whether a front end looks on.
  let watched: Bool
  /// The updates after which the run ends.
  let updateLimit: Int
  /// When the session was made, on the monotonic clock.
  let origin = MonotonicClock.seconds
  /// The least stage of all crews after the last piece of work; the greatest number where no crew
  /// has said any.
  private let leastStage = Atomic<Int>(.max)
  let lanesWanted = Atomic<Bool>(false)
  /// Steps between keyframes from which learning can be done again; 0 where it cannot.
  let replayInterval = Atomic<Int>(0)
  /// Whether the limit of episodes has been reached.
  let hadEpisodes = Atomic<Bool>(false)
  /// Turns the coordinator has asked for and training thread 0 has seen done.
  let turns = Atomic<Int>(0)
  /// Phases the coordinator has asked for and training thread 0 has seen done.
  let phases = Atomic<Int>(0)

  /// - Parameter start: where it begins; nil for a new learner.
  init(_ configuration: RunConfiguration, watched: Bool, from start: Origin? = nil) {
    self.configuration = configuration
    clock = StepClock(steps: start?.steps ?? 0)
    self.watched = watched
    updateLimit = configuration.updateLimit ?? .max
    threads = configuration.threadsInUse
    rendezvous = Rendezvous(parties: threads)
    episodes = EpisodeLog(watched: watched)
    let model = configuration.model
    self.model = model
    let optimiser = model.network == nil ? nil : configuration.hyperparameters.optimiser
    if let start {
      shared = SharedParameters(start.parameters, optimiser: optimiser, clock: clock)
    } else {
      shared = SharedParameters(count: model.count, optimiser: optimiser, clock: clock) {
        model.initialise($0, seed: configuration.seed)
      }
    }
    if watched, case .discrete(let states) = configuration.environment.specification.observation {
      visits = VisitCounter(states: states)
    } else {
      visits = nil
    }
    history =
      model.network != nil && configuration.recordsHistory ?? watched
      ? History(
        environment: configuration.environment, threads: threads, parameters: shared,
        network: model.network) : nil
    roster = Locked(start?.actors ?? [])
    boards = Locked([])
    team = Locked(nil)
    let settings = configuration.initialSettings
    plan = Locked(
      Plan(work: .disband, settings: settings, agent: configuration.agent))
    facts = Locked(
      SessionFacts(
        settings: settings, agent: configuration.agent, speed: configuration.speed))
    engage(workers: settings.workers, agent: configuration.agent)
  }

  /// Whether the training threads should leave their work for the coordinator.
  var isCalled: Bool { mailbox.hasMail || isOver }

  /// Whether the run has diverged or has had its episodes or updates.
  var isOver: Bool {
    shared.diverged || hadEpisodes.load(ordering: .relaxed)
      || shared.version >= updateLimit
  }

  /// How far the crews have come through the phases: the least of them counts (`Crew.stage`).
  var stage: Int {
    let least = leastStage.load(ordering: .acquiring)
    return least == .max ? 0 : least
  }

  /// A piece of work begins, after which every crew says where it stands.
  func forgetStages() { leastStage.store(.max, ordering: .releasing) }

  /// A crew has come to a stage.
  func note(_ stage: Int?) {
    if let stage { leastStage.min(stage, ordering: .acquiringAndReleasing) }
  }

  /// Whether the run is over, or has done that many steps.
  func isOver(atStep steps: Int) -> Bool { isOver || clock.steps >= steps }

  /// Whether training, or a race, runs as fast as it can on every core there is.
  var wantsEveryCore: Bool {
    let facts = facts.withLock { $0 }
    // A race has threads of its own, even where the run has but one in virtual time.
    if let race = facts.race, race.isOn { return configuration.threads >= OSThread.cores }
    return threads >= OSThread.cores && facts.status == .running && facts.speed == .unlimited
  }

  /// Seconds since the session was made.
  var now: Double { MonotonicClock.seconds - origin }

  /// Brings the roster and the boards to a number of workers; none may be with a crew. Actors that
  /// stay go on where they are, new ones begin their first episode.
  func engage(workers: Int, agent: AgentName) {
    roster.withLock { actors in
      actors.sort { $0.index < $1.index }
      actors.removeLast(max(0, actors.count - workers))
      for index in actors.count..<max(workers, actors.count) {
        actors.append(
          Actor(
            index: index, environment: configuration.environment, seed: configuration.seed,
            workers: workers))
      }
    }
    let specification = configuration.environment.specification
    boards.withLock { boards in
      boards.removeLast(max(0, boards.count - workers))
      for _ in boards.count..<max(workers, boards.count) {
        boards.append(
          WorkerBoard(
            stateSize: configuration.environment.stateSize,
            observationWidth: specification.observation.width,
            actions: specification.policyOutputs))
      }
    }
    let network = agent == .a2c ? model.network : nil
    let newTeam = network.map {
      A2CTeam(workers: workers, threads: threads, network: $0, shared: shared, clock: clock)
    }
    team.withLock { $0 = newTeam }
    if history != nil { keepKeyframes(workers: workers, agent: agent) }
  }

  /// Asks the workers that are being looked at for their worlds, and for the last rollout, and the
  /// recorder for the rollouts under way: who looks at a run that pauses gets the present step.
  func askForViews() {
    history?.askForOpen()
    let interest = facts.withLock { $0.interest }
    let boards = boards.withLock { $0 }
    for (index, board) in boards.enumerated()
    where interest.scenes.contains(index) || index == min(interest.worker, boards.count - 1) {
      board.askForView()
      if interest.estimators?.page == .rollout { board.askForRollout() }
      if interest.anatomy { board.anatomy.ask(.present) }
      if interest.actionValues { board.actionValues.ask() }
      if interest.baselines { board.baselines.ask() }
    }
  }

  /// The worker on the stage.
  var focus: Int { facts.withLock { $0.interest.worker } }

  /// Forgets the lanes of all workers: nobody has followed them for a while.
  func clearLanes() {
    let now = now
    for board in boards.withLock({ $0 }) {
      board.content.withLock { content in
        content.lane.removeAll()
        content.phase = .act
        content.laneStart = now
      }
    }
  }

  /// Notes the episodes that ended in a rollout's last step.
  @inline(__always)
  func noteEnded(_ rollout: Rollout, _ recorder: HistoryRing?, reporter: (Int) -> Reporter) {
    rollout.forEachEnded { k, episode in
      recorder?.noteEnded(episode)
      log(episode)
      if watched { reporter(k).ended(episode) }
    }
  }

  /// Notes an episode that has just ended.
  func log(_ episode: EndedEpisode) {
    let total = episodes.append(
      EpisodeLog.Entry(
        step: clock.steps, worker: episode.worker,
        undiscountedReturn: episode.undiscountedReturn, length: episode.length))
    if let limit = configuration.episodeLimit, total >= limit {
      hadEpisodes.store(true, ordering: .relaxed)
    }
  }
}

/// What can be put into a session's mailbox.
enum SessionMessage: Sendable {
  /// A command of the front end.
  case command(EngineCommand)
  /// The end, as soon as possible.
  case stop(reason: String)
  /// The race has come to its end.
  case raceEnded
}

/// What the coordinator tells the front end.
struct SessionFacts: Sendable {
  var settings: LearningSettings
  var agent: AgentName
  var status = RunStatus.running
  var speed: Speed
  /// Seconds of training.
  var stopwatch = Stopwatch()
  var marks: [SettingMark] = []
  var interest = Interest()
  /// The first evaluation that reached the goal.
  var reached: Reached?
  /// The race that is on, or the last one.
  var race: Race?

  /// When the goal was reached.
  struct Reached: Sendable {
    var steps: Int
    var seconds: Double
    var evaluation: GreedyEvaluation.Result
  }
}

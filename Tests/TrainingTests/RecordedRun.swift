import Environments
import Networks
import Randomness
import Telemetry
import Testing
import Threads

@testable import Agents
@testable import Training

/// A run without a session that is recorded, and theta after every update beside it.
struct RecordedRun {
  let agent: AgentName
  let environment: any Environment
  let network: ActorCriticNetwork
  let optimiser: Optimiser
  let shared: SharedParameters
  let clock = StepClock()
  let history: History
  let learners: Learners
  /// Theta right after an update, by version.
  let thetas = Locked<[Int: [Float]]>([:])
  /// Rollouts whose update was clipped.
  let clipped = Locked(0)
  /// What the learners used, by rollout.
  let rollouts = RolloutWitness()

  /// Records what a thread learns, and copies theta.
  final class Recorder: UpdateRecorder {
    private let run: RecordedRun
    private let ring: HistoryRing
    private let copy: FloatBuffer
    private let tells: Bool

    init(_ run: RecordedRun, thread: Int) {
      self.run = run
      ring = run.history.rings[thread]
      copy = run.network.makeParameters()
      tells = thread == 0 || run.agent == .a3c
    }

    func record(_ rollout: Rollout, _ update: UpdateReport) {
      ring.record(rollout, update)
      run.rollouts.record(rollout, update)
      // The first thread of a team holds theta while the others wait: none else may ask then.
      if tells { run.keepTheta(copy) }
      if update.clippingFactor < 1 { run.clipped.withLock { $0 += 1 } }
    }
  }

  init(
    _ agent: AgentName, in environment: any Environment = CartPole(),
    optimiser: Optimiser = .rmsProp(RMSProp()), threads: Int = 1, plan: KeyframePlan?
  ) {
    self.agent = agent
    self.environment = environment
    self.optimiser = optimiser
    let specification = environment.specification
    let input: NetworkShape.Input =
      switch specification.observation {
      case .discrete(let states): .oneHot(states)
      case .box(let quantities): .features(quantities.count)
      }
    let policy = specification.continuousAction.map {
      NetworkShape.Policy.gaussian(bounds: Float($0.low)...Float($0.high))
    }
    let network = ActorCriticNetwork(
      shape: NetworkShape(
        input: input, hidden: [16], actions: specification.policyOutputs,
        policy: policy ?? .categorical, trunk: agent.hasWorkers ? .shared : .separate))
    self.network = network
    shared = SharedParameters(count: network.layout.count, optimiser: optimiser, clock: clock) {
      theta in
      var random = RandomStream(seed: 3, key: 0)
      network.initialise(theta, random: &random)
    }
    history = History(
      environment: environment, threads: threads, parameters: shared, network: network)
    learners = agent.learners
    shared.keepKeyframes(plan, of: learners)
    keepTheta(network.makeParameters())
  }

  private func keepTheta(_ copy: FloatBuffer) {
    let version = shared.pull(into: copy)
    thetas.withLock { $0[version] = copy.array }
  }

  /// Theta right after update number `version`, as it was.
  func theta(_ version: Int) -> [Float]? { thetas.withLock { $0[version] } }

  func replay() -> ThetaReplay {
    ThetaReplay(network: network, parameters: shared, optimiser: optimiser)
  }

  private func actor(_ index: Int, workers: Int) -> Actor {
    Actor(index: index, environment: environment, seed: 11, workers: workers)
  }

  func worker(
    _ index: Int, of workers: Int, thread: Int = 0, _ settings: LearningSettings
  ) -> A3CWorker {
    A3CWorker(
      actor: actor(index, workers: workers), network: network, shared: shared, clock: clock,
      settings: settings, recorder: Recorder(self, thread: thread))
  }

  /// Workers of A3C in turns that a delay deals out, as in virtual time.
  func a3c(
    workers: Int, steps: Int, delay: RunConfiguration.Delay = .exponential,
    settings: (Int) -> LearningSettings
  ) {
    let crew = (0..<workers).map { worker($0, of: workers, settings(0)) }
    var delays = RandomStream(seed: 8, key: 1)
    var due = Array(repeating: 0.0, count: workers)
    while clock.steps < steps {
      let next = due.indices.min { (due[$0], $0) < (due[$1], $1) } ?? 0
      _ = crew[next].turn(settings(clock.steps), observer: nil)
      let wait =
        switch delay {
        case .none: 1.0
        case .uniform: delays.uniform(from: 0.5, to: 1.5)
        case .exponential: 3 * delays.uniform() * delays.uniform() * delays.uniform()
        }
      due[next] += wait
    }
  }

  /// A team of A2C.
  func a2c(
    workers: Int, threads: Int, updates: Int,
    settings: @escaping @Sendable (Int) -> LearningSettings
  ) throws {
    let team = A2CTeam(
      workers: workers, threads: threads, network: network, shared: shared, clock: clock)
    let running = try (0..<threads).map { number in
      try OSThread {
        FlushToZero.enable()
        let all = A2CTeam.groups(workers: workers)
        let actors = A2CTeam.groups(of: number, threads: threads, workers: workers)
          .map { all[$0].map { actor($0, workers: workers) } }
        let member = A2CMember(
          team: team, thread: number, actors: actors, network: network, settings: settings(0),
          recorder: Recorder(self, thread: number))
        var goOn = true
        while goOn {
          while !member.isComplete { member.act() }
          goOn = member.update(next: settings(member.report.version + 1), observer: nil) {
            shared.version + 1 < updates
          }
        }
      }
    }
    for thread in running { thread.join() }
  }

  /// The basic actor-critic.
  func actorCritic(steps: Int, settings: LearningSettings) {
    actorCritic(steps: steps) { _ in settings }
  }

  /// The basic actor-critic, under settings by step.
  func actorCritic(steps: Int, _ settings: (Int) -> LearningSettings) {
    let learner = ActorCriticLearner(
      actor: actor(0, workers: 1), network: network, shared: shared, clock: clock,
      settings: settings(0), recorder: Recorder(self, thread: 0))
    for step in 0..<steps {
      learner.take(settings(step))
      learner.turn(observer: nil)
    }
  }

  /// REINFORCE.
  func reinforce(steps: Int, settings: LearningSettings) {
    let learner = ReinforceLearner(
      actor: actor(0, workers: 1), network: network, shared: shared, clock: clock,
      settings: settings, recorder: Recorder(self, thread: 0))
    while clock.steps < steps { learner.turn(settings, observer: nil) }
  }
}

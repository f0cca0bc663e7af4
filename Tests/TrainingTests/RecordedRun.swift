import Environments
import Estimators
import Networks
import Randomness
import Telemetry
import Testing
import Threads

@testable import Agents
@testable import Training

/// A run without a session that is taken down step by step, and theta after every update beside it.
struct RecordedRun {
  let network: ActorCriticNetwork
  let shared: SharedParameters
  let optimiser: Optimiser
  let clock = StepClock()
  let store = Store()
  let agent: AgentName

  /// What was taken down, by any thread.
  final class Store: Sendable {
    struct Entry {
      var report = UpdateReport()
      /// Each worker's rows.
      var rows: [Int: [Row]] = [:]
    }

    struct Row {
      var observation: [Float]
      var action: Int32
      var advantage: Float
      var target: Float
    }

    let entries = Locked<[Int: Entry]>([:])
    /// Theta right after an update, by version.
    let thetas = Locked<[Int: [Float]]>([:])
  }

  /// One thread's recorder.
  final class Recorder: UpdateRecorder {
    let store: Store
    let shared: SharedParameters
    let copy: FloatBuffer

    init(_ run: RecordedRun) {
      (store, shared) = (run.store, run.shared)
      copy = FloatBuffer(count: run.shared.count)
    }

    func record(_ rollout: Rollout, _ update: UpdateReport) {
      var rows: [Int: [Store.Row]] = [:]
      for row in 0..<rollout.length * rollout.width
      where rollout.record.actions[row] != StepRecord.skipped {
        let worker = rollout.actors[row % rollout.width].index
        let seen = UnsafeBufferPointer(
          start: rollout.workspace.observation(row), count: rollout.workspace.observationWidth)
        rows[worker, default: []].append(
          Store.Row(
            observation: Array(seen), action: rollout.record.actions[row],
            advantage: rollout.record.advantages[row], target: rollout.record.returns[row]))
      }
      store.entries.withLock { entries in
        entries[update.version, default: .init()].report = update
        entries[update.version]?.rows.merge(rows) { $1 }
      }
      let version = shared.pull(into: copy)
      store.thetas.withLock { $0[version] = copy.array }
    }
  }

  init(
    _ agent: AgentName, optimiser: Optimiser = .rmsProp(RMSProp()),
    input: NetworkShape.Input = .features(4), actions: Int = 2, plan: KeyframePlan?
  ) {
    self.agent = agent
    self.optimiser = optimiser
    let trunk: NetworkShape.Trunk = agent == .actorCritic ? .separate : .shared
    let network = ActorCriticNetwork(
      shape: NetworkShape(input: input, hidden: [16], actions: actions, trunk: trunk))
    self.network = network
    shared = SharedParameters(count: network.layout.count, optimiser: optimiser) { theta in
      var random = RandomStream(seed: 3, key: 0)
      network.initialise(theta, random: &random)
    }
    shared.keepKeyframes(plan, clock: clock)
    keepTheta()
  }

  func keepTheta() {
    let copy = network.makeParameters()
    let version = shared.pull(into: copy)
    store.thetas.withLock { $0[version] = copy.array }
  }

  func theta(_ version: Int) -> [Float]? { store.thetas.withLock { $0[version] } }

  /// The updates that made `versions`, as H3's reader gives them.
  func recorded(_ versions: ClosedRange<Int>) -> RecordedUpdates {
    var recorded = RecordedUpdates(observationWidth: network.makeWorkspace(rows: 1).observationWidth)
    let entries = store.entries.withLock { $0 }
    for version in versions {
      guard let entry = entries[version] else { continue }
      let workers = entry.rows.keys.sorted()
      recorded.append(
        RecordedUpdates.Update(
          version: version, pulledVersion: entry.report.pulledVersion, agent: agent,
          batch: entry.report.batch, loss: entry.report.loss,
          clippingFactor: entry.report.clippingFactor, learningRate: entry.report.learningRate,
          counts: workers.map { entry.rows[$0]?.count ?? 0 }, firstRow: recorded.rows))
      for worker in workers {
        for row in entry.rows[worker] ?? [] {
          recorded.appendRow(
            observation: row.observation, action: row.action, advantage: row.advantage,
            target: row.target)
        }
      }
    }
    return recorded
  }

  func replay() -> ThetaReplay {
    ThetaReplay(network: network, parameters: shared, optimiser: optimiser)
  }

  /// Workers of A3C in turns that a delay deals out, as in virtual time.
  func a3c(
    workers: Int, steps: Int, delay: RunConfiguration.Delay = .exponential,
    world: some Environment = CartPole(), settings: (Int) -> LearningSettings
  ) {
    let recorder = Recorder(self)
    let crew = (0..<workers).map { index in
      A3CWorker(
        actor: Actor(index: index, environment: world, seed: 11, workers: workers),
        network: network, shared: shared, clock: clock, settings: settings(0),
        recorder: recorder)
    }
    var delays = RandomStream(seed: 8, key: 1)
    var due = Array(repeating: 0.0, count: workers)
    while clock.steps < steps {
      let next = due.indices.min { (due[$0], $0) < (due[$1], $1) } ?? 0
      _ = crew[next].turn(settings(clock.steps), observer: nil)
      due[next] +=
        switch delay {
        case .none: 1
        case .uniform: delays.uniform(from: 0.5, to: 1.5)
        case .exponential: 0.2 + 3 * delays.uniform() * delays.uniform()
        }
    }
  }

  /// A team of A2C.
  func a2c(
    workers: Int, threads: Int, updates: Int, settings: @escaping @Sendable (Int) -> LearningSettings
  ) throws {
    let team = A2CTeam(
      workers: workers, threads: threads, network: network, shared: shared, clock: clock)
    let run = self
    let running = try (0..<threads).map { number in
      try OSThread {
        FlushToZero.enable()
        let all = A2CTeam.groups(workers: workers)
        let actors = A2CTeam.groups(of: number, threads: threads, workers: workers)
          .map {
            all[$0].map {
              Actor(index: $0, environment: CartPole(), seed: 11, workers: workers)
            }
          }
        let member = A2CMember(
          team: team, thread: number, actors: actors, network: run.network,
          settings: settings(0), recorder: Recorder(run))
        var goOn = true
        while goOn {
          while !member.isComplete { member.act() }
          goOn = member.update(next: settings(member.report.version + 1), observer: nil) {
            run.shared.version + 1 < updates
          }
        }
      }
    }
    for thread in running { thread.join() }
  }
}

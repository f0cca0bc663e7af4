internal import Agents
internal import Environments
internal import Estimators
internal import Randomness
internal import Telemetry

/// What is raced: two settings, a number of pairs of learners, and the points at which their greedy
/// policies are evaluated.
///
/// All learners begin at one origin; those with a table, which learn fast, begin anew. Pair 0 has the
/// run's own random streams, every other pair streams of its own; the two of a pair have the same (common
/// random numbers).
struct RacePlan: Sendable {
  /// One of the two.
  struct Contender: Sendable {
    /// What was changed for it.
    let label: String
    /// What its learners run by.
    let configuration: RunConfiguration
    /// All its settings.
    let settings: LiveSettings
  }

  let origin: Origin
  let first: Contender
  let second: Contender
  /// Pairs of learners.
  let pairs: Int
  /// Environment steps of every learner.
  let steps: Int
  /// Environment steps at which the learners are evaluated, from 0 to `steps`.
  let checkpoints: [Int]
  /// What the curves show.
  let measure: RaceReport.Measure
  /// Seconds it takes at least, so that it can be watched.
  var leastSeconds: Double

  /// Pairs that are played at most.
  static let mostPairs = 100
  /// Memory that all learners may take, in bytes: there are fewer pairs where they would take more.
  static let mostBytes = 2e9
  /// Memory that the one pair of the smallest race may take.
  static let mostBytesOfAPair = 4e9
  /// Evaluations after the one at the start.
  private static let evaluations = 20
  /// Points of a curve of online returns.
  private static let onlinePoints = 40
  /// Episodes of an evaluation.
  private static let episodes = 20
  /// The least number of steps where nobody asks for one.
  private static let fewestSteps = 20_000
  /// The fastest a learner with a table goes, which would have learnt within a blink: so many steps a
  /// second, but no race is held up for longer than this.
  private static let stepsPerSecondOfTables = 2_500.0
  private static let mostHoldUp = 8.0

  /// A race from `origin`, where a run by `configuration` had come to with the settings in force.
  /// Where nobody says how many, every learner does a quarter of the run's budget of steps, at least
  /// 20 000: enough to see a difference, and some seconds for ten pairs.
  init(
    _ request: RaceRequest, origin: Origin, configuration: RunConfiguration,
    settings: LearningSettings, agent: AgentName
  ) {
    self.origin = origin
    let contenders = [request.first, request.second].map {
      Contender($0, configuration, settings, agent, episodes: Self.episodes)
    }
    (first, second) = (contenders[0], contenders[1])
    let affordable = Self.mostBytes / Self.bytes(first, second)
    pairs = max(1, min(request.pairs, Self.mostPairs, Int(min(affordable, 1e9))))
    let steps = max(1, request.steps ?? max(Self.fewestSteps, configuration.budget / 4))
    self.steps = steps
    measure = agent.hasTable ? .online : .greedy
    leastSeconds =
      agent.hasTable ? min(Double(steps) / Self.stepsPerSecondOfTables, Self.mostHoldUp) : 0
    let count = min(measure == .online ? Self.onlinePoints : Self.evaluations, steps)
    // There is no return yet of who has not begun.
    checkpoints = ((measure == .online ? 1 : 0)...count).map {
      Int(Double(steps) * Double($0) / Double(count))
    }
  }

  /// Whether there is memory for a single pair.
  var isAffordable: Bool { Self.bytes(first, second) <= Self.mostBytesOfAPair }

  private static func bytes(_ first: Contender, _ second: Contender) -> Double {
    first.configuration.estimatedBytes + second.configuration.estimatedBytes
  }

  /// Number of learners: learner 2p is the first contender's of pair p, learner 2p + 1 the second's.
  var learners: Int { 2 * pairs }

  /// A learner at its beginning.
  func makeLearner(_ index: Int) -> LoneLearner {
    let pair = index / 2
    var configuration = (index % 2 == 0 ? first : second).configuration
    let isNew = configuration.agent.hasTable
    guard pair > 0 else { return LoneLearner(configuration, from: isNew ? nil : origin) }
    configuration.seed = seed(ofPair: pair)
    if isNew { return LoneLearner(configuration) }
    return LoneLearner(configuration, from: origin.reseeded(configuration.seed))
  }

  private static let seedKey: UInt64 = 0x5EED_0000_0000_0000

  /// Who begins anew does so with the same seeds, whenever the race is begun.
  private func seed(ofPair pair: Int) -> UInt64 {
    let version = measure == .online ? 0 : origin.parameters.version
    var stream = RandomStream(
      seed: first.configuration.seed ^ UInt64(version),
      key: Self.seedKey + UInt64(pair))
    return stream.next()
  }

  /// The report of a race that has not begun.
  var report: RaceReport? {
    guard let world = origin.actors.first else { return nil }
    let scene = world.scene
    var report = RaceReport(
      first: .init(label: first.label, settings: first.settings, scene: scene),
      second: .init(label: second.label, settings: second.settings, scene: scene),
      pairs: pairs, steps: steps,
      fromUpdate: measure == .online ? 0 : origin.parameters.version)
    report.measure = measure
    return report
  }
}

extension RacePlan.Contender {
  fileprivate init(
    _ change: SettingChange, _ configuration: RunConfiguration, _ settings: LearningSettings,
    _ agent: AgentName, episodes: Int
  ) {
    var (configuration, settings, agent) = (configuration, settings, agent)
    settings.take(change)
    if case .agent(let value) = change { agent = value }
    configuration.take(settings, agent)
    configuration.evaluationEpisodes = episodes
    label = change.name
    self.configuration = configuration
    self.settings = LiveSettings(settings, agent)
  }
}

extension SettingChange {
  /// The setting in words, with its value: `λ-return λ .95`.
  fileprivate var name: String {
    guard case .estimator(let estimator) = self else { return label }
    return switch estimator {
    case .monteCarlo: "Monte Carlo"
    case .td: "TD(0)"
    case .nStep: "n-step return \(label)"
    case .lambda(let lambda):
      lambda > 0 && lambda < 1
        ? "λ-return λ \("\(lambda)".drop { $0 == "0" })" : "λ-return \(label)"
    }
  }
}

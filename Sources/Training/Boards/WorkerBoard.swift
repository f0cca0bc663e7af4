internal import Agents
internal import Networks
internal import Synchronization
internal import Telemetry
internal import Threads

/// Where a worker leaves what its pane shows: written by its training thread, read by the front
/// end. A lock of its own, held for some tens of nanoseconds, keeps the two apart; the reader gives
/// up at once when it is taken.
final class WorkerBoard: Sendable {
  /// What is on the board. Arrays keep their size: writing allocates nothing.
  struct Content {
    var phase = WorkerPhase.act
    var rolloutStep = 0
    var episodes = 0
    var episodeStep = 0
    var episodeReturn = 0.0
    var start: Int?
    var staleness = 0
    var totalStaleness = 0
    var pushes = 0
    var entropy = 0.0
    var gradientNorm = 0.0
    /// How often an action is taken at random now; nil where the agent does not explore so.
    var epsilon: Double?
    var recentReturns = Ring<Double>(capacity: 16, filler: 0)
    /// Advantages of the latest steps the learner has finished with.
    var advantages = Ring<Float>(capacity: 256, filler: 0)
    var lane = Ring<LaneSpan>(capacity: 96, filler: LaneSpan(phase: .wait, start: 0, end: 0))
    var laneStart = 0.0
    var view = View()
  }

  /// The world and the present step, filled in when asked for.
  struct View {
    var state: [Double] = []
    var observation: [Float] = []
    /// Probabilities of the actions; where the action is a real number, mean and deviation.
    var probabilities: [Float] = []
    var value: Float = 0
    var action: Int?
    /// The action, where it is a real number.
    var continuousAction: Double?
    var reward: Double?
    var advantage: Float?
    var episodes = 0
    var episodeStep = 0
    var episodeReturn = 0.0
    /// The version of theta the step was looked at with.
    var version = 0
  }

  let content: Locked<Content>
  /// The last rollout that was learnt from, where it was asked for. Apart from the rest, which is
  /// copied at every look.
  let rollout = Locked(RolloutBoard())
  /// What the anatomy is made of, where it was asked for.
  let anatomy = AnatomyBoard()
  /// What an agent that learns values of actions says of the present state, where it was asked for.
  let actionValues = DemandBoard<ActionValueReport>()
  /// What REINFORCE says of the episodes it has learnt from, where it was asked for.
  let baselines = DemandBoard<BaselineReport>()
  private let rolloutWanted = Atomic<Bool>(false)
  private let asked = Atomic<Bool>(true)
  private let viewWanted = Atomic<Bool>(false)

  init(stateSize: Int, observationWidth: Int, actions: Int) {
    var content = Content()
    content.view.state = Array(repeating: 0, count: stateSize)
    content.view.observation = Array(repeating: 0, count: observationWidth)
    content.view.probabilities = Array(repeating: 0, count: actions)
    self.content = Locked(content)
  }

  /// What is on the board; nil at once where it is being written. The copy shares no memory with the
  /// board, so that who writes next writes in place, and allocates nothing.
  func readIfAvailable() -> Content? {
    content.withLockIfAvailable { content in
      var copy = content
      copy.recentReturns.separate()
      copy.advantages.separate()
      copy.lane.separate()
      copy.view.separate()
      return copy
    }
  }

  /// The world and the present step, as last given; shares no memory with the board.
  func readView() -> View {
    content.withLock { content in
      var copy = content.view
      copy.separate()
      return copy
    }
  }

  /// Asks the worker to write its board. At full speed it writes only when asked.
  func ask() { asked.store(true, ordering: .relaxed) }

  /// Whether the board was asked for since it was last written.
  var isAsked: Bool { asked.load(ordering: .relaxed) }

  /// Says that the board is being written.
  func answered() { asked.store(false, ordering: .relaxed) }

  /// Asks the worker for its world and present step, once.
  func askForView() { viewWanted.store(true, ordering: .relaxed) }

  /// Whether the view was asked for since it was last given.
  var wantsView: Bool { viewWanted.load(ordering: .relaxed) }

  /// Says that the view has been given.
  func viewGiven() { viewWanted.store(false, ordering: .relaxed) }

  /// Asks the worker for the last rollout it has learnt from, once.
  func askForRollout() { rolloutWanted.store(true, ordering: .relaxed) }

  /// Whether a rollout was asked for since one was last given.
  var wantsRollout: Bool { rolloutWanted.load(ordering: .relaxed) }

  /// Says that a rollout has been given.
  func rolloutGiven() { rolloutWanted.store(false, ordering: .relaxed) }
}

extension WorkerBoard.View {
  /// Moves its arrays to memory of its own.
  fileprivate mutating func separate() {
    state = state.separated
    observation = observation.separated
    probabilities = probabilities.separated
  }
}

extension Array {
  /// The same elements in memory that no other array shares.
  fileprivate var separated: [Element] { withUnsafeBufferPointer { Array($0) } }
}

/// The latest values in a fixed number of places, the oldest given up first.
struct Ring<Element: Sendable>: Sendable {
  private var places: [Element]
  private var next = 0
  private(set) var count = 0

  init(capacity: Int, filler: Element) {
    places = Array(repeating: filler, count: capacity)
  }

  mutating func append(_ element: Element) {
    places[next] = element
    next = next + 1 == places.count ? 0 : next + 1
    count = min(count + 1, places.count)
  }

  /// Moves its values to memory of its own.
  fileprivate mutating func separate() { places = places.separated }

  mutating func removeAll() {
    next = 0
    count = 0
  }

  /// The latest value.
  var last: Element? {
    count == 0 ? nil : places[(next - 1 + places.count) % places.count]
  }

  /// The values, oldest first.
  var elements: [Element] {
    (0..<count).map { places[(next - count + $0 + places.count) % places.count] }
  }
}

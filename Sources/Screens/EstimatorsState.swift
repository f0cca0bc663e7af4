public import Estimators
public import Telemetry

/// What view 3 remembers: the page, the state looked into, the estimators that were chosen.
public struct EstimatorsState: Sendable, Equatable {
  /// Which state is looked into.
  public enum Subject: Sendable, Equatable {
    /// Where the focused worker is now.
    case worker
    /// The state under the cursor (tabular worlds).
    case cursor
    /// One of the states that were kept.
    case kept(Int)
  }

  /// What colours the map.
  public enum FieldQuantity: Sendable, Hashable, CaseIterable {
    /// Mean of the target less the true value.
    case bias
    /// Variance of the target.
    case variance
    /// Squared bias plus variance.
    case meanSquaredError
  }

  /// The page that is open.
  public var page = EstimatorPage.state
  /// Which state is looked into.
  public var subject = Subject.worker
  /// The state under the cursor; nil until it was moved.
  public var cursor: Int?
  /// States kept from earlier, the oldest first; at most `mostKept`.
  public var kept: [KeptState] = []
  /// The estimators shown as dots: four.
  public var clouds: [ReturnEstimator] = [.td, .nStep(5), .lambda(0.95), .monteCarlo]
  /// The two estimators that are compared step by step, and raced.
  public var pair: [ReturnEstimator] = [.nStep(5), .lambda(0.95)]
  /// The estimator whose figures colour the map.
  public var field = ReturnEstimator.td
  /// What colours the map.
  public var quantity = FieldQuantity.bias
  /// Which of the page's estimators the keys change.
  public var slot = 0
  /// Whether errors are drawn on a logarithmic axis.
  public var isLogarithmic = false
  /// The step of the rollout that is taken apart.
  public var step = 0
  /// Two settings typed to be raced; nil for the pair of estimators.
  public var race: RaceRequest?
  /// The agent that one with a table is raced against; nil for the usual one.
  public var rival: AgentName?
  private var focus: [EstimatorPage: PaneID] = [:]

  /// Most states that are kept.
  public static let mostKept = 9

  /// View 3 as it opens first.
  public init() {}

  /// The pane of the present page that has the focus.
  public var pane: PaneID {
    get { focus[page] ?? PaneID.panes(of: page)[0] }
    set { focus[page] = newValue }
  }

  /// The estimator that the keys change; nil on a page without any. With another one for a race,
  /// settings typed for it are forgotten.
  var chosen: ReturnEstimator? {
    get {
      switch page {
      case .state: clouds.indices.contains(slot) ? clouds[slot] : nil
      case .average: field
      case .rollout, .race: pair.indices.contains(slot) ? pair[slot] : nil
      case .gradient: nil
      }
    }
    set {
      guard let newValue, chosen != nil else { return }
      switch page {
      case .state: clouds[slot] = newValue
      case .average: field = newValue
      case .rollout, .race:
        pair[slot] = newValue
        race = nil
      case .gradient: break
      }
    }
  }

  /// Keeps a state; the oldest one that went for it, where there were too many.
  mutating func keep(_ state: KeptState) -> KeptState? {
    kept.append(state)
    guard kept.count > Self.mostKept else { return nil }
    if case .kept(let place) = subject { subject = place > 0 ? .kept(place - 1) : .worker }
    return kept.removeFirst()
  }

  /// Forgets the states of a world that is not looked at any more.
  public mutating func forgetStates() {
    subject = .worker
    cursor = nil
    kept = []
    step = 0
  }

  /// The race that the keys start while an agent learns: of two estimators or, where the agent has a
  /// table, of itself and another that has one.
  public func raceRequest(of agent: AgentName) -> RaceRequest {
    guard agent.hasTable else {
      return race ?? RaceRequest(first: .estimator(pair[0]), second: .estimator(pair[1]))
    }
    if let race, agent.races(race.first), agent.races(race.second) { return race }
    return RaceRequest(first: .agent(agent), second: .agent(rival(of: agent)))
  }

  /// Whom an agent with a table is raced against.
  func rival(of agent: AgentName) -> AgentName {
    if let rival, rival != agent { return rival }
    return agent == .qLearning ? .sarsa : .qLearning
  }

  /// Number of estimators on the page that the keys change.
  public var slots: Int {
    switch page {
    case .state: clouds.count
    case .average: 1
    case .rollout, .race: pair.count
    case .gradient: 0
    }
  }
}

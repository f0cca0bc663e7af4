public import Environments
public import Networks

/// An agent with a table of action values: Sarsa, Expected Sarsa or Q-learning, as `TabularControl` says.
public final class TabularLearner: SingleLearner {
  /// The loop. In memory of its own: a property would be guarded, and the world copied, at each access.
  private let memory: UnsafeMutablePointer<TabularControl>

  /// Whether tables fit a world: its states are counted, and it has a few actions.
  public static func fits(_ specification: EnvironmentSpecification) -> Bool {
    guard case .discrete = specification.observation else { return false }
    return !specification.actions.isEmpty
  }

  /// A learner at the start of an episode.
  ///
  /// - Parameter budget: steps the whole run is meant to have, at least 1, over which exploration and step
  ///   size fall.
  /// - Precondition: tables fit the actor's world.
  public init(
    actor: Actor, target: TemporalDifferenceTarget, hyperparameters: TabularHyperparameters,
    budget: Int = .max
  ) {
    memory = .allocate(capacity: 1)
    memory.initialize(
      to: TabularControl(
        actor: actor, target: target, hyperparameters: hyperparameters, budget: budget))
  }

  deinit {
    memory.deinitialize(count: 1)
    memory.deallocate()
  }

  /// The loop as it stands: the phase that comes next, the step in work, the table.
  public var control: TabularControl { memory.pointee }

  /// Step size, exploration and discount. A change counts from the next phase on.
  public var hyperparameters: TabularHyperparameters {
    get { memory.pointee.hyperparameters }
    set { memory.pointee.hyperparameters = newValue }
  }

  /// The worker: its world, its random stream, its episode.
  public var actor: Actor { memory.pointee.actor }

  /// 0 to 3: the phases in their order.
  public var place: Int { memory.pointee.phase.rawValue }

  /// The table, row by row.
  public var parameters: FloatBuffer { memory.pointee.table.values }

  /// Updates made of the table.
  public var updates: Int { memory.pointee.updates }

  /// Whether a value has become infinite or no number.
  public var hasDiverged: Bool { memory.pointee.hasDiverged }

  /// Whether the last step ended an episode; the next begins with the next turn.
  public var hasEndedEpisode: Bool { memory.pointee.step.ended }

  /// The last TD error.
  public var lastError: Float? { updates > 0 ? Float(memory.pointee.step.error) : nil }

  /// The behaviour policy in the actor's state, and its value: of the greedy policy for Q-learning, of
  /// the behaviour policy for the others.
  public func look(probabilities: UnsafeMutablePointer<Float>) -> Float {
    memory.pointee.look(probabilities: probabilities)
  }

  /// Carries out the phase that comes next.
  @discardableResult
  public func advance() -> Bool { memory.pointee.advance() }

  /// The first of the greatest in each row of the table.
  public func greedyPolicy(rows: Int) -> any GreedyPolicy {
    GreedyInTable(actions: memory.pointee.table.actions, rows: rows)
  }
}

internal import Environments
internal import Networks

/// Control by temporal differences with a table of action values (Sutton and Barto, "Reinforcement
/// Learning: An Introduction", 2nd edition, 2018, sections 6.4 Sarsa, 6.5 Q-learning, 6.6 Expected Sarsa),
/// as a state machine of four phases. The three algorithms differ in one line, the target.
///
///     repeat
///       choose   a ~ pi(.|s), epsilon-greedy by Q(s, .); Sarsa after its first step: the a' it has drawn
///       act      take a; the world answers with r and s'
///       target   y = r + gamma Q(s', a'),  a' ~ pi(.|s')           Sarsa
///                y = r + gamma sum over a of pi(a|s') Q(s', a)     Expected Sarsa
///                y = r + gamma Q(s', a'),  a' = argmax Q(s', .)    Q-learning
///                y = r                                             where the world has ended
///       update   delta = y - Q(s, a);  Q(s, a) <- Q(s, a) + alpha delta
///       s <- s'; Sarsa: a <- a'
///
/// Where the time limit cuts an episode the target still counts on s', the state it was cut in; the a'
/// that Sarsa drew there goes with the episode. Sarsa takes the very a' of its target next, even where the
/// update has made another action better.
///
/// A copy shares the table with the one it is a copy of.
public struct TabularControl {
  /// A phase of a step, in the order of the loop.
  public enum Phase: Int, Sendable, Hashable, CaseIterable {
    /// Choose an action.
    case choose
    /// Take it, observe reward and next state.
    case act
    /// What Q(s, a) should have been.
    case target
    /// Move Q(s, a) towards it.
    case update
  }

  /// The target that Q(s, a) moves towards: which algorithm this is.
  public let target: TemporalDifferenceTarget
  /// Step size, exploration and discount. A change counts from the next phase on.
  public internal(set) var hyperparameters: TabularHyperparameters
  /// Steps the whole run is meant to have.
  private let budget: Double
  /// Q(s, a).
  public let table: ActionValueTable
  /// The worker: its world, its random stream, its episode.
  public private(set) var actor: Actor
  /// The phase that comes next.
  public private(set) var phase = Phase.choose
  /// The step in work; between two turns the last one.
  public private(set) var step = TabularStep()
  /// Updates made of the table.
  public private(set) var updates = 0
  /// Whether a value has become infinite or no number. It is not kept, and nothing is learnt any more.
  public private(set) var hasDiverged = false

  /// pi(.|s), from which a was drawn, and pi(.|s').
  private var behaviour: FloatBuffer
  private var behaviourNext: FloatBuffer
  private let observation = FloatBuffer(count: 1)

  /// The loop at the start of an episode.
  ///
  /// - Precondition: tables fit the actor's world.
  init(
    actor: Actor, target: TemporalDifferenceTarget, hyperparameters: TabularHyperparameters,
    budget: Int
  ) {
    let specification = actor.environment.specification
    guard case .discrete(let states) = specification.observation, TabularLearner.fits(specification)
    else {
      preconditionFailure("a table needs counted states and a few actions")
    }
    self.actor = actor
    self.target = target
    self.hyperparameters = hyperparameters
    self.budget = Double(budget)
    let actions = specification.actions.count
    table = ActionValueTable(
      states: states, actions: actions, initialValue: hyperparameters.initialValue)
    behaviour = FloatBuffer(count: actions)
    behaviourNext = FloatBuffer(count: actions)
    step.nextState = observe()
  }

  /// Carries out the phase that comes next.
  ///
  /// - Returns: whether it was the last of a turn, which is one step in the world and its update.
  mutating func advance() -> Bool {
    switch phase {
    case .choose:
      choose()
      phase = .act
    case .act:
      act()
      phase = .target
    case .target:
      estimate()
      phase = .update
    case .update:
      update()
      phase = .choose
      return true
    }
    return false
  }

  private mutating func choose() {
    if step.ended { begin() }
    let state = step.nextState
    let drawn = step.nextAction
    step = TabularStep()
    step.state = state
    step.nextState = state
    if target == .sarsa, let drawn {
      step.action = drawn
      swap(&behaviour, &behaviourNext)
    } else {
      step.action = draw(in: state, writing: behaviour)
    }
  }

  private mutating func act() {
    let outcome = actor.take(step.action)
    step.reward = outcome.reward
    step.terminated = outcome.terminated
    step.truncated = outcome.truncated
    step.nextState = observe()
  }

  private mutating func estimate() {
    step.target = step.reward
    if !step.terminated { step.target += hyperparameters.discount * nextValue() }
    step.oldValue = Double(table[step.state, step.action])
    step.error = step.target - step.oldValue
  }

  /// What the state reached is worth, by the target policy.
  private mutating func nextValue() -> Double {
    let state = step.nextState
    switch target {
    case .sarsa:
      let action = draw(in: state, writing: behaviourNext)
      step.nextAction = action
      return Double(table[state, action])
    case .expectedSarsa:
      policy.probabilities(
        of: table.row(state), count: table.actions, into: behaviourNext.pointer)
      return expectation(of: table.row(state), under: behaviourNext.pointer)
    case .qLearning:
      let action = table.greedyAction(in: state)
      step.nextAction = action
      return Double(table[state, action])
    }
  }

  private mutating func update() {
    step.stepSize = alpha
    let value = Float(step.oldValue + step.stepSize * step.error)
    if !value.isFinite { hasDiverged = true }
    if !hasDiverged {
      table[step.state, step.action] = value
      updates += 1
    }
    step.newValue = Double(table[step.state, step.action])
  }

  /// The next episode. What was drawn in the state the last one was cut in is dropped.
  private mutating func begin() {
    actor.beginEpisode(workers: 1)
    step = TabularStep()
    step.nextState = observe()
  }

  /// How often an action is taken at random now, 0 to 1.
  public var epsilon: Double { hyperparameters.epsilon(at: share) }

  /// The step size now.
  public var alpha: Double { hyperparameters.alpha(at: share) }

  /// The share of the run that is over.
  private var share: Double { Double(actor.steps) / budget }

  private var policy: EpsilonGreedy { EpsilonGreedy(epsilon: epsilon) }

  private mutating func draw(in state: Int, writing probabilities: FloatBuffer) -> Int {
    policy.choose(
      by: table.row(state), count: table.actions, probabilities: probabilities.pointer,
      random: &actor.random)
  }

  private func expectation(
    of values: UnsafePointer<Float>, under probabilities: UnsafePointer<Float>
  ) -> Double {
    var sum = 0.0
    for action in 0..<table.actions {
      sum += Double(probabilities[action]) * Double(values[action])
    }
    return sum
  }

  /// The state the world is in.
  private func observe() -> Int {
    actor.observe(into: observation.pointer)
    return Int(observation.pointer[0])
  }
}

extension TabularControl {
  /// pi(.|s): what the action of the step in work was drawn from, once it has been chosen.
  public var behaviourProbabilities: [Float] { behaviour.array }

  /// How the target weighs the actions in s', once it has been worked out: Q-learning all on the best
  /// one, the others as the behaviour policy would act there (of which Sarsa draws one). Nil before,
  /// and where the world has ended.
  public var targetProbabilities: [Float]? {
    guard phase == .update || phase == .choose, actor.steps > 0, !step.terminated else {
      return nil
    }
    guard target == .qLearning else { return behaviourNext.array }
    return (0..<table.actions).map { $0 == step.nextAction ? 1 : 0 }
  }
}

extension TabularControl {
  /// The action that is taken next in the state the world is in, where it has been drawn: of Sarsa the a'
  /// of its target, of each once it has chosen. Nil where an episode has ended.
  public var actionTakenNext: Int? {
    switch phase {
    case .act: step.action
    case .update, .choose: target == .sarsa && !step.ended ? step.nextAction : nil
    case .target: nil
    }
  }

  /// The behaviour policy in the actor's present state, and what the state is worth by the table: 0
  /// where the episode has ended there.
  func look(probabilities: UnsafeMutablePointer<Float>) -> Float {
    var state: Float = 0
    actor.observe(into: &state)
    let values = table.row(Int(state))
    policy
      .probabilities(of: values, count: table.actions, into: probabilities)
    if step.terminated { return 0 }
    switch target {
    case .qLearning: return values[table.greedyAction(in: Int(state))]
    case .sarsa, .expectedSarsa:
      return (0..<table.actions).reduce(0) { $0 + probabilities[$1] * values[$1] }
    }
  }
}

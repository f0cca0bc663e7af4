internal import Environments
public import Estimators
public import Networks

/// The steps of one or more actors under one and the same theta, and what they are worth.
///
/// Storage is time-major, `[t][actor]`: row `t * width + k` of the workspace and of every array is
/// step `t` of actor `k`. Forward passes run batched over the actors, and their activations are
/// kept, so that the gradient needs no second forward pass.
///
/// Conventions: the reward r_{t+1} follows the action a_t; terminated bootstraps with 0; truncated,
/// and the rollout's end, bootstrap with V of the state reached, never of the reset state.
///
/// What changes with every step is not checked for overlapping accesses: the object belongs to one
/// thread at a time, and nothing that reads it is called while it is changed.
public final class Rollout {
  /// The actors, `width` of them; the memory is the rollout's own.
  public let actors: UnsafeMutableBufferPointer<Actor>
  /// The first of them. Steps go through the pointer: through an array or a buffer they would copy
  /// the actor, and count references.
  let first: UnsafeMutablePointer<Actor>
  /// Number of actors.
  public let width: Int
  /// The version of theta its actors act with, as its learner says.
  var version = 0
  /// Steps taken of the present rollout.
  @exclusivity(unchecked) public private(set) var length = 0
  /// The rollout before, which stays readable until the next one begins.
  private var learnt: LearntRollout
  /// Real steps in the rollout over all actors (with `mc` an actor waits once its episode ended).
  @exclusivity(unchecked) public private(set) var steps = 0
  /// Episodes that ended within the last call of `act` or `rest`, as indices of actors.
  @exclusivity(unchecked) public private(set) var ended: [Int] = []

  let network: ActorCriticNetwork
  @exclusivity(unchecked) var workspace: ActorCriticWorkspace {
    didSet { uncounted = .passUnretained(workspace) }
  }
  /// The same, to be passed on with every step: counting references to it would be felt in a small
  /// world.
  @exclusivity(unchecked) private var uncounted: Unmanaged<ActorCriticWorkspace>
  let scratch: ActorCriticWorkspace
  @exclusivity(unchecked) var record: StepRecord
  /// Where it began and episodes ended, where a recorder wants to know.
  let origins: OriginRecord?
  /// Whether that is known of the present rollout.
  @exclusivity(unchecked) public private(set) var isRecorded = false
  /// What the last estimate was made with.
  var estimator = ReturnEstimator.td
  var discount = 1.0
  /// The estimator's recursion for every actor; none before it has begun.
  @exclusivity(unchecked) var recursions: [ReturnRecursion<Float>] = []
  /// Whole episodes of an actor in a rollout with `mc`.
  var episodes = 1
  /// What stands in the place of V of every state, with nothing to bootstrap from; nil for V itself.
  var baseline: Float?
  /// Whether the advantages wait until all targets are there, and `subtractBaseline`.
  var advantagesWait = false
  private let endsWithEpisode: Bool
  private var capacity: Int
  @exclusivity(unchecked) private var waiting: [Bool]
  /// Episodes of each actor that ended within the rollout.
  @exclusivity(unchecked) private var endedEpisodes: [Int]
  private let actions: Int
  private let policy: NetworkShape.Policy

  /// A rollout of `actors` with room for `capacity` steps.
  ///
  /// - Parameter endsWithEpisode: whether it ends with the episode of its one actor, as in the A3C
  ///   paper; else it goes on with the next episode.
  /// - Parameter isRecorded: whether it notes what a recorder wants to know.
  public init(
    actors: [Actor], network: ActorCriticNetwork, capacity: Int, endsWithEpisode: Bool = false,
    isRecorded: Bool = false
  ) {
    precondition(!actors.isEmpty && capacity >= 1, "a rollout needs an actor and a step")
    precondition(!endsWithEpisode || actors.count == 1, "several actors have several episodes")
    self.endsWithEpisode = endsWithEpisode
    first = .allocate(capacity: actors.count)
    self.actors = UnsafeMutableBufferPointer(start: first, count: actors.count)
    _ = self.actors.initialize(from: actors)
    self.network = network
    self.capacity = capacity
    width = actors.count
    actions = network.shape.actions
    policy = network.shape.policy
    workspace = network.makeWorkspace(rows: Self.rows(capacity, width))
    uncounted = .passUnretained(workspace)
    scratch = network.makeWorkspace(rows: 1)
    record = StepRecord(count: capacity * width)
    learnt = LearntRollout(record: StepRecord(count: capacity * width))
    origins = isRecorded ? OriginRecord(first, width: width, steps: capacity) : nil
    waiting = Array(repeating: false, count: width)
    endedEpisodes = Array(repeating: 0, count: width)
    ended.reserveCapacity(width)
    recursions.reserveCapacity(width)
    begin()
  }

  deinit {
    actors.deinitialize()
    actors.deallocate()
  }

  /// Rows of the workspace for so many steps and the state after them: whole fours, as a recorder copies.
  private static func rows(_ steps: Int, _ width: Int) -> Int { (steps + 4) / 4 * 4 * width }

  /// Begins a rollout in the states the actors are in.
  ///
  /// - Parameter recorded: whether a recorder wants it.
  public func begin(recorded: Bool = true) {
    swap(&record, &learnt.record)
    if record.count < capacity * width { record = StepRecord(count: capacity * width) }
    learnt.length = length
    learnt.estimator = estimator
    learnt.discount = discount
    length = 0
    steps = 0
    recursions.removeAll(keepingCapacity: true)
    for k in 0..<width {
      waiting[k] = false
      endedEpisodes[k] = 0
      first[k].observeInPlace(into: workspace.observation(k))
    }
    isRecorded = recorded && origins != nil
    if isRecorded { origins?.begin(first) }
  }

  /// The rollout under way is to be recorded after all.
  ///
  /// - Parameter origin: its actor where it began; needed where steps have been taken since, which have
  ///   ended no episode.
  public func resumeRecording(from origin: Actor?) {
    guard let origins, !isRecorded else { return }
    if length == 0 {
      origins.begin(first)
      isRecorded = true
    } else if var origin, width == 1, origin.steps + length == first[0].steps {
      origins.begin(&origin)
      isRecorded = true
    }
  }

  /// Whether the rollout is at its end: `rolloutLength` steps done, or the episode over where it
  /// ends with that. With `mc` every actor goes on to its episode's end (or
  /// to that of its last, where it plays several).
  public func isComplete(estimator: ReturnEstimator, rolloutLength: Int) -> Bool {
    guard length > 0 else { return false }
    if estimator == .monteCarlo { return waiting.allSatisfy { $0 } }
    if length >= rolloutLength { return true }
    return endsWithEpisode && record.ended(length - 1)
  }

  /// Every actor that has not ended its Monte-Carlo episode takes one step: policy and value of the
  /// present states, an action drawn from pi(a|s), and what the world answers.
  public func act(_ theta: UnsafePointer<Float>, estimator: ReturnEstimator, workers: Int) {
    decide(theta)
    take(theta, estimator: estimator, workers: workers)
  }

  /// The first half of a step: pi(.|s) and V(s) of the present states.
  func decide(_ theta: UnsafePointer<Float>) {
    if length == capacity { grow(theta) }
    let row = length * width
    uncounted._withUnsafeGuaranteedRef {
      network.forward(theta, rows: row..<row + width, workspace: $0)
    }
  }

  /// The second half: actions drawn from pi(a|s), and what the world answers.
  func take(_ theta: UnsafePointer<Float>, estimator: ReturnEstimator, workers: Int) {
    let row = length * width
    rest()
    for k in 0..<width {
      if waiting[k] {
        record.skip(row + k)
        continue
      }
      step(k, row: row + k, theta: theta, workers: workers)
      if estimator == .monteCarlo, endedEpisodes[k] == episodes { waiting[k] = true }
    }
    length += 1
  }

  /// Takes no step, where the others of a team still act: no episode ends.
  public func rest() {
    if !ended.isEmpty { ended.removeAll(keepingCapacity: true) }
  }

  /// Gives the episodes that ended within the last call of `act` or `rest`, with the indices of their
  /// actors.
  public func forEachEnded(_ body: (_ k: Int, _ episode: EndedEpisode) -> Void) {
    for place in ended.indices {
      // Through the pointer: an actor's world belongs to several threads, which would all count references.
      if let episode = first[ended[place]].lastEpisode { body(ended[place], episode) }
    }
  }

  private func step(_ k: Int, row: Int, theta: UnsafePointer<Float>, workers: Int) {
    let (action, outcome) = chooseAndTake(k, row: row)
    record.write(
      row, action: action, value: baseline ?? workspace.value(row), outcome: outcome)
    steps += 1
    if outcome.ended {
      endedEpisodes[k] += 1
      if outcome.truncated && !outcome.terminated && baseline == nil {
        record.nextValues[row] = value(ofPresentState: k, theta: theta)
      }
      ended.append(k)
      first[k].beginEpisode(workers: workers)
      if isRecorded { noteEnd(k, row: row) }
    }
    first[k].observeInPlace(into: workspace.observation(row + width))
  }

  /// An episode of actor `k` has ended with the step of `row`.
  private func noteEnd(_ k: Int, row: Int) {
    origins?.noteEnd(
      k,
      EpisodeEnd(
        row: Int32(truncatingIfNeeded: length),
        nextStart: Int32(truncatingIfNeeded: first[k].start ?? -1),
        undiscountedReturn: first[k].lastEpisode?.undiscountedReturn ?? 0,
        nextValue: record.nextValues[row]))
  }

  /// Draws an action from pi(a|s) and takes it. In place of a continuous one beyond its bounds the
  /// bound is taken; it is learnt from as it was drawn.
  @inline(__always)
  private func chooseAndTake(_ k: Int, row: Int) -> (action: Int32, outcome: StepOutcome) {
    switch policy {
    case .categorical:
      let action = Categorical.sample(
        workspace.logits(row), count: actions, using: &first[k].random)
      return (Int32(action), first[k].take(action))
    case .gaussian(let bounds):
      let action = Gaussian.sample(workspace.logits(row), using: &first[k].random)
      let done = Gaussian.limited(action, to: bounds)
      return (Gaussian.code(of: action), first[k].take(continuous: Double(done)))
    }
  }

  /// V of the state the actor is in now.
  private func value(ofPresentState k: Int, theta: UnsafePointer<Float>) -> Float {
    first[k].observeInPlace(into: scratch.observation(0))
    network.forward(theta, rows: 0..<1, workspace: scratch)
    return scratch.value(0)
  }

  /// The gradient of the loss, summed over the rollout's steps and divided by `meanOver`. Steps that
  /// were not taken (an actor waiting for the others) weigh nothing.
  ///
  /// - Returns: the terms of the loss as means over `meanOver` steps.
  public func gradient(
    of loss: ActorCriticLoss, theta: UnsafePointer<Float>, meanOver: Int,
    into gradient: UnsafeMutablePointer<Float>
  ) -> ActorCriticLoss.Terms {
    let rows = 0..<length * width
    let terms = loss.gradients(
      rows: rows, actions: record.actions, advantages: record.advantages, targets: record.returns,
      workspace: workspace, meanOver: meanOver)
    network.backward(theta, rows: rows, workspace: workspace, gradient: gradient)
    return terms
  }

  /// Gives the advantages of actor `k` in the last rollout that was learnt from, in order.
  public func forEachLearntAdvantage(of k: Int, _ body: (Float) -> Void) {
    for t in 0..<learnt.length {
      let advantage = learnt.record.advantages[t * width + k]
      if !advantage.isNaN { body(advantage) }
    }
  }

  /// Gives the steps of actor `k` in the last rollout that was learnt from, in order, to the last bit
  /// as the learner used them; steps that were not taken are left out.
  public func forEachLearntStep(of k: Int, _ body: (LearntStep) -> Void) {
    for t in 0..<learnt.length {
      let row = t * width + k
      if learnt.record.actions[row] != StepRecord.skipped { body(learnt.record.step(row)) }
    }
  }

  /// What the targets of the last rollout that was learnt from were made with; nil before the first.
  public var learntWith: (estimator: ReturnEstimator, discount: Double)? {
    learnt.length > 0 ? (learnt.estimator, learnt.discount) : nil
  }

  /// Gives the state's index at every step of the last rollout that was learnt from, while the next
  /// is at its beginning. The next one's first states already stand in place of the last one's: over
  /// a run each is given once.
  ///
  /// - Precondition: the world's observations are discrete.
  public func forEachLearntState(_ body: (Int) -> Void) {
    for row in 0..<learnt.length * width where learnt.record.actions[row] != StepRecord.skipped {
      body(Int(workspace.observation(row)[0]))
    }
  }

  /// Looks at the state actor `k` is in, with the parameters `theta`.
  ///
  /// - Returns: a workspace whose row 0 has its observation, logits and value until the next call.
  public func look(at k: Int, theta: UnsafePointer<Float>) -> ActorCriticWorkspace {
    _ = value(ofPresentState: k, theta: theta)
    return scratch
  }

  /// Doubles the room. Theta does not move within a rollout, so that the activations of the steps
  /// done so far can be computed again.
  private func grow(_ theta: UnsafePointer<Float>) {
    let larger = capacity * 2
    let roomier = network.makeWorkspace(rows: Self.rows(larger, width))
    let rows = length * width
    for row in 0..<rows + width {
      roomier.observation(row).update(
        from: workspace.observation(row), count: workspace.observationWidth)
    }
    network.forward(theta, rows: 0..<rows, workspace: roomier)
    workspace = roomier
    record = StepRecord(copying: record, count: larger * width)
    origins?.grow(steps: larger)
    capacity = larger
  }
}

/// A rollout that has been learnt from.
private struct LearntRollout {
  var record: StepRecord
  var length = 0
  var estimator = ReturnEstimator.td
  var discount = 1.0
}

public import Networks

/// An agent of one worker that learns by itself, as a loop of phases. The same object runs at full speed
/// and is stepped phase by phase.
public protocol SingleLearner: AnyObject {
  /// Its one worker: the world, the random stream, the episode.
  var actor: Actor { get }

  /// The place in the loop of the phase that comes next; 0 where a turn begins. A turn has one step in
  /// the world, and whatever is learnt after it.
  var place: Int { get }

  /// Everything it has learnt, and the copies of that it learns by: what is hashed, and evaluated.
  var parameters: FloatBuffer { get }

  /// Updates made of them.
  var updates: Int { get }

  /// Whether a parameter has become infinite or no number. Nothing is learnt any more then.
  var hasDiverged: Bool { get }

  /// Whether the last step in the world ended an episode. The actor stays in the state it ended in
  /// until the next turn begins.
  var hasEndedEpisode: Bool { get }

  /// What it learnt from in the last turn was off by: a TD error, or G less the baseline; nil where
  /// nothing was learnt.
  var lastError: Float? { get }

  /// Looks at the actor's present state without changing anything.
  ///
  /// - Parameter probabilities: gets those of the actions under the policy it explores with; as many
  ///   as there are actions, none where they are continuous.
  /// - Returns: what the state is worth by the learner's own estimate.
  func look(probabilities: UnsafeMutablePointer<Float>) -> Float

  /// Carries out the phase that comes next.
  ///
  /// - Returns: whether it was the last of the turn.
  @discardableResult
  func advance() -> Bool

  /// What its parameters say to do without exploring.
  func greedyPolicy(rows: Int) -> any GreedyPolicy
}

extension SingleLearner {
  /// What is left of the present turn: all of it, where no phase has been stepped by itself.
  @inlinable
  public func turn() {
    while !advance() {}
  }
}

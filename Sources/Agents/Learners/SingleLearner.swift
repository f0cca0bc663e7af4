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

internal import Agents
internal import Randomness

/// Where a learner begins that is not new: what another run had come to at one moment.
struct Origin: Sendable {
  /// Theta, the optimiser's state and their version.
  var parameters: SharedParameters.Checkpoint
  /// The actors in order: worlds, episodes and random streams. A rollout begins where they are.
  var actors: [Actor]
  /// Environment steps done; a schedule of the step size goes on from there.
  var steps: Int

  /// The same with other random streams: those a new run of that seed would have.
  func reseeded(_ seed: UInt64) -> Origin {
    var other = self
    for i in actors.indices {
      other.actors[i].random = RandomStream(seed: seed, key: UInt64(actors[i].index) + 1)
    }
    return other
  }
}

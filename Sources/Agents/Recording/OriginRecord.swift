internal import Randomness

/// Where the actors of a rollout stood when it began, and where their episodes ended. With the actions
/// that is enough to act it again (`RolloutReplay`), so that steps need not note where they lead.
final class OriginRecord {
  /// Where an actor stood when the rollout began, but for its world's state.
  struct Origin {
    /// The number of its next step over the whole run.
    var number = 0
    /// Episodes it had ended.
    var episode = 0
    /// Steps it had done of the episode.
    var episodeStep = 0
    /// Undiscounted return of these.
    var episodeReturn = 0.0
    /// The start of the episode; -1 where the world draws its own.
    var start: Int32 = -1
    /// What it was going to draw from.
    var random = RandomStream(seed: 0)
  }

  /// What changes with the steps.
  private struct Marks {
    var ends: UnsafeMutablePointer<EpisodeEnd>
    var endCount = 0
  }

  /// Numbers of a state.
  let size: Int
  /// By actor.
  let origins: UnsafeMutablePointer<Origin>
  /// The states the actors were in: that of actor k begins at `k * size`.
  let states: UnsafeMutablePointer<Double>
  private let width: Int
  // Behind a pointer no access has to be checked for being the only one.
  private let marks: UnsafeMutablePointer<Marks>

  init(size: Int, width: Int, rows: Int) {
    (self.size, self.width) = (size, width)
    origins = Self.room(width, of: Origin())
    states = Self.room(width * size, of: 0)
    marks = Self.room(1, of: Marks(ends: Self.room(rows, of: EpisodeEnd())))
  }

  deinit {
    marks.pointee.ends.deallocate()
    marks.deallocate()
    states.deallocate()
    origins.deallocate()
  }

  /// The ends of episodes in the order in which they came.
  @inline(__always)
  var ends: UnsafeMutablePointer<EpisodeEnd> { marks.pointee.ends }

  /// Ends so far.
  @inline(__always)
  var endCount: Int { marks.pointee.endCount }

  /// A rollout begins where the actors are.
  func begin(_ actors: UnsafeMutablePointer<Actor>) {
    marks.pointee.endCount = 0
    for k in 0..<width {
      origins[k].number = actors[k].steps
      origins[k].episode = actors[k].episodes
      origins[k].episodeStep = actors[k].episodeStep
      origins[k].episodeReturn = actors[k].episodeReturn
      origins[k].start = Int32(actors[k].start ?? -1)
      origins[k].random = actors[k].random
      actors[k].saveInPlace(into: states + k * size)
    }
  }

  /// With the step of that row an episode of that return has ended, and one from `nextStart` begins.
  func noteEnd(row: Int, undiscountedReturn: Double, nextStart: Int?) {
    let end = ends + endCount
    end.pointee.row = Int32(row)
    end.pointee.nextStart = Int32(nextStart ?? -1)
    end.pointee.undiscountedReturn = undiscountedReturn
    marks.pointee.endCount += 1
  }

  /// Makes room for more rows; what is noted stays.
  func grow(rows: Int) {
    let larger = Self.room(rows, of: EpisodeEnd())
    larger.update(from: ends, count: endCount)
    ends.deallocate()
    marks.pointee.ends = larger
  }

  private static func room<Element>(
    _ count: Int, of filler: Element
  ) -> UnsafeMutablePointer<Element> {
    let pointer = UnsafeMutablePointer<Element>.allocate(capacity: count)
    pointer.initialize(repeating: filler, count: count)
    return pointer
  }
}

/// The end of an episode within a recorded rollout.
public struct EpisodeEnd: Sendable, Equatable {
  /// The place of its last step: of a rollout's rows, or, once recorded, of the worker's steps.
  public var row: Int32 = 0
  /// The start of the next episode; -1 where the world draws its own.
  public var nextStart: Int32 = -1
  /// Undiscounted return of the episode.
  public var undiscountedReturn = 0.0
  /// V of the state reached, where that still counts: 0 where the world has ended.
  public var nextValue: Float = 0
}

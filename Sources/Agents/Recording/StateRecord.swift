/// The states of the worlds within a rollout: before every step, and where an episode ended.
final class StateRecord {
  /// Where an actor stood when the rollout began.
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
  }

  /// Numbers of a state.
  let size: Int
  /// The states before the steps: row `row` begins at `row * size`.
  private(set) var before: UnsafeMutablePointer<Double>
  /// The ends of episodes in the order in which they came.
  private(set) var ends: UnsafeMutablePointer<EpisodeEnd>
  /// The states reached there, in the same order.
  private(set) var reached: UnsafeMutablePointer<Double>
  /// Ends so far.
  private(set) var endCount = 0
  let origins: UnsafeMutablePointer<Origin>
  private let width: Int
  private var rows: Int

  init(size: Int, width: Int, rows: Int) {
    (self.size, self.width, self.rows) = (size, width, rows)
    before = Self.room(rows * size, of: 0)
    reached = Self.room(rows * size, of: 0)
    ends = Self.room(rows, of: EpisodeEnd())
    origins = Self.room(width, of: Origin())
  }

  deinit {
    before.deallocate()
    reached.deallocate()
    ends.deallocate()
    origins.deallocate()
  }

  /// A rollout begins where the actors are.
  func begin(_ actors: UnsafeMutablePointer<Actor>) {
    endCount = 0
    for k in 0..<width {
      origins[k].number = actors[k].steps
      origins[k].episode = actors[k].episodes
      origins[k].episodeStep = actors[k].episodeStep
      origins[k].episodeReturn = actors[k].episodeReturn
      origins[k].start = Int32(actors[k].start ?? -1)
    }
  }

  /// Where the state goes in which the step of that row is about to be taken. (Handed over as a
  /// parameter an actor would be copied.)
  @inline(__always)
  func before(_ row: Int) -> UnsafeMutablePointer<Double> { before + row * size }

  /// With the step of that row the actor's episode has ended.
  func noteEnd(_ actor: borrowing Actor, row: Int) {
    actor.save(into: reached + endCount * size)
    ends[endCount].row = Int32(row)
    ends[endCount].undiscountedReturn = actor.lastReturn ?? 0
    endCount += 1
  }

  /// After the end noted last an episode begins.
  func noteStart(_ start: Int?) {
    ends[endCount - 1].nextStart = Int32(start ?? -1)
  }

  /// Makes room for more rows; what is noted stays.
  func grow(rows larger: Int) {
    before = Self.moved(before, rows * size, to: larger * size, of: 0)
    reached = Self.moved(reached, rows * size, to: larger * size, of: 0)
    ends = Self.moved(ends, rows, to: larger, of: EpisodeEnd())
    rows = larger
  }

  private static func room<Element>(
    _ count: Int, of filler: Element
  ) -> UnsafeMutablePointer<Element> {
    let pointer = UnsafeMutablePointer<Element>.allocate(capacity: count)
    pointer.initialize(repeating: filler, count: count)
    return pointer
  }

  private static func moved<Element>(
    _ old: UnsafeMutablePointer<Element>, _ count: Int, to larger: Int, of filler: Element
  ) -> UnsafeMutablePointer<Element> {
    let new = room(larger, of: filler)
    new.update(from: old, count: count)
    old.deallocate()
    return new
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
}

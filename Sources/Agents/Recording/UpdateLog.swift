/// Who of A3C pushed to the shared parameters after a keyframe, by the place of the version it made: all that
/// a run with several threads leaves to chance. How many there are the version says: a count of its own
/// would be one more line that the threads take from each other. Fixed memory, freed with `deallocate`.
struct UpdateLog {
  /// A push, which made one version of theta.
  struct Note: Sendable {
    /// Who pushed.
    var worker: Int32
    /// Updates by others since its pull.
    var staleness: Int32
    /// Environment steps of all workers as the pusher counted them.
    var clock: Int
  }

  /// Room for so many pushes.
  let capacity: Int
  private let notes: UnsafeMutablePointer<Note>

  init(capacity: Int) {
    self.capacity = capacity
    notes = .allocate(capacity: capacity)
    notes.initialize(repeating: Note(worker: -1, staleness: 0, clock: 0), count: capacity)
  }

  func deallocate() { notes.deallocate() }

  /// The push at `place` after the keyframe, from 0; places without room are not noted.
  subscript(place: Int) -> Note? {
    get { place >= 0 && place < capacity ? notes[place] : nil }
    nonmutating set {
      if let newValue, place >= 0, place < capacity { notes[place] = newValue }
    }
  }

  /// A copy of the first of its pushes.
  func prefix(_ count: Int) -> [Note] {
    Array(UnsafeBufferPointer(start: notes, count: min(count, capacity)))
  }
}

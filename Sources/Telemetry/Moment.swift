/// A moment of the past that is looked at.
public enum Moment: Sendable, Hashable {
  /// Step `number` of a worker, counted from 0 over its whole run: the state before the action.
  case step(worker: Int, number: Int)
  /// Step `index`, from 0, of the kept episode with that `id`.
  case kept(id: Int, index: Int)
}

/// What is looked at of the past.
public struct HistoryInterest: Sendable, Equatable {
  /// The moment; nil for the present.
  public var moment: Moment?
  /// Whether the episode in view is wanted step by step (view 4), or only the stage of the moment.
  public var isOpen: Bool

  /// What is looked at.
  public init(moment: Moment? = nil, isOpen: Bool = false) {
    self.moment = moment
    self.isOpen = isOpen
  }
}

/// What is wrong with a state given from outside.
public enum WorldStateError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Another number of values is needed.
  case wrongCount(found: Int, expected: Int)
  /// A value is not a finite number.
  case notFinite(index: Int)
  /// No state has this index.
  case noSuchState(found: Double, states: Int)
  /// The episode has ended in the state of this index.
  case ended(Int)
  /// A value is none of those it can have.
  case outOfRange(index: Int, found: Double, accepted: String)

  /// One line: what was found and what is accepted.
  public var description: String {
    switch self {
    case .wrongCount(let found, let expected):
      "a state has \(expected) number\(expected == 1 ? "" : "s"), found \(found)"
    case .notFinite(let index):
      "number \(index) of the state is not finite"
    case .noSuchState(let found, let states):
      "no state has the index \(Self.plain(found)), accepted are whole numbers from 0 to \(states - 1)"
    case .ended(let state):
      "state \(state) is where an episode has ended, accepted is one in which it goes on"
    case .outOfRange(let index, let found, let accepted):
      "number \(index) of the state is \(Self.plain(found)), accepted is \(accepted)"
    }
  }
}

extension WorldStateError {
  /// A whole number without its point.
  private static func plain(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}

extension Environment {
  /// A state has the right number of finite values, the last of them a number of steps.
  public func check(saved state: [Double]) throws(WorldStateError) {
    guard state.count == stateSize else {
      throw .wrongCount(found: state.count, expected: stateSize)
    }
    if let index = state.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: index) }
    try check(state, at: state.count - 1, in: 0...specification.stepLimit)
  }

  /// Throws where a number of a state is no whole number within a range.
  func check(
    _ state: [Double], at index: Int, in range: ClosedRange<Int>
  ) throws(WorldStateError) {
    guard let whole = Int(exactly: state[index]), range.contains(whole) else {
      throw .outOfRange(
        index: index, found: state[index],
        accepted: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  /// Throws where a number of a state is not finite or not within a range.
  func check(
    _ state: [Double], at index: Int, within range: ClosedRange<Double>
  ) throws(WorldStateError) {
    guard state[index].isFinite else { throw .notFinite(index: index) }
    guard range.contains(state[index]) else {
      throw .outOfRange(
        index: index, found: state[index],
        accepted: "from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  /// Takes up a state from outside.
  ///
  /// - Throws: where it is none that `save` writes; nothing is changed then.
  public mutating func restore(checking state: [Double]) throws(WorldStateError) {
    try check(saved: state)
    restore(from: state)
  }

  /// The state without its last number, which `save` makes the step count.
  public var worldState: [Double] {
    let size = stateSize
    let all = [Double](unsafeUninitializedCapacity: size) { buffer, count in
      if let base = buffer.baseAddress { save(into: base) }
      count = size
    }
    return Array(all.dropLast())
  }

  /// Begins an episode in `worldState`, with no step taken.
  ///
  /// - Throws: where it is no state of the world; nothing is changed then.
  public mutating func begin(in worldState: [Double]) throws(WorldStateError) {
    guard worldState.count == stateSize - 1 else {
      throw .wrongCount(found: worldState.count, expected: stateSize - 1)
    }
    try restore(checking: worldState + [0])
  }
}

/// What is wrong with a state given from outside.
public enum WorldStateError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Another number of values is needed.
  case wrongCount(found: Int, expected: Int)
  /// A value is not a finite number.
  case notFinite(index: Int)
  /// No state has this index.
  case noSuchState(found: Double, states: Int)

  /// One line: what was found and what is accepted.
  public var description: String {
    switch self {
    case .wrongCount(let found, let expected):
      "a state has \(expected) number\(expected == 1 ? "" : "s"), found \(found)"
    case .notFinite(let index):
      "number \(index) of the state is not finite"
    case .noSuchState(let found, let states):
      "no state has the index \(Self.plain(found)), accepted are whole numbers from 0 to \(states - 1)"
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
  public mutating func begin(in worldState: [Double]) throws(WorldStateError) {
    guard worldState.count == stateSize - 1 else {
      throw .wrongCount(found: worldState.count, expected: stateSize - 1)
    }
    if let index = worldState.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: index) }
    restore(from: worldState + [0])
  }
}

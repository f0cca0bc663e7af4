public import Environments
public import Networks

/// Q(s, a): one number for every action in every state, row by row.
///
/// A table is a way of looking at a buffer: copies share the values.
public struct ActionValueTable {
  /// Number of states: rows.
  public let states: Int
  /// Number of actions: columns.
  public let actions: Int
  /// The values, `states` x `actions`, row-major.
  public let values: FloatBuffer
  private let pointer: UnsafeMutablePointer<Float>

  /// A table in which every action value is `initialValue`.
  ///
  /// - Precondition: there are states and actions.
  public init(states: Int, actions: Int, initialValue: Double = 0) {
    precondition(states >= 1 && actions >= 1, "a table needs states and actions")
    self.states = states
    self.actions = actions
    values = FloatBuffer(count: states * actions)
    values.fill(Float(initialValue))
    pointer = values.pointer
  }

  /// Q(s, .): the values of the actions in a state.
  public func row(_ state: Int) -> UnsafeMutablePointer<Float> {
    precondition(state >= 0 && state < states, "state \(state) outside 0..<\(states)")
    return pointer + state * actions
  }

  /// Q(s, a).
  public subscript(state: Int, action: Int) -> Float {
    get {
      precondition(action >= 0 && action < actions, "action \(action) outside 0..<\(actions)")
      return row(state)[action]
    }
    nonmutating set {
      precondition(action >= 0 && action < actions, "action \(action) outside 0..<\(actions)")
      row(state)[action] = newValue
    }
  }

  /// argmax over a of Q(s, a): the first of the greatest.
  public func greedyAction(in state: Int) -> Int {
    Categorical.greedy(row(state), count: actions)
  }
}

/// The first of the best actions in each row's state, by a table in the order of `ActionValueTable`.
public final class GreedyInTable: GreedyPolicy {
  private let actions: Int
  private var best: [Float]
  private let observations: FloatBuffer
  private var chosen: [Int]

  /// Room for `rows` rows of a table of `actions` columns.
  public init(actions: Int, rows: Int) {
    self.actions = actions
    observations = FloatBuffer(count: rows)
    chosen = Array(repeating: 0, count: rows)
    best = Array(repeating: 0, count: rows)
  }

  /// Where the state of a row goes.
  public func observation(_ row: Int) -> UnsafeMutablePointer<Float> { observations.pointer + row }

  /// Looks the actions up.
  public func decide(rows: Int, parameters: UnsafePointer<Float>) {
    for row in 0..<rows {
      let state = Int(observations[row])
      let values = parameters + state * actions
      chosen[row] = Categorical.greedy(values, count: actions)
      best[row] = values[chosen[row]]
    }
  }

  /// The best action, the first of those that tie.
  public func action(_ row: Int) -> Action { .discrete(chosen[row]) }

  /// Its Q.
  public func value(_ row: Int) -> Float { best[row] }

  /// The row of the table.
  public func actionValues(
    _ row: Int, parameters: UnsafePointer<Float>
  ) -> UnsafePointer<Float>? { parameters + Int(observations[row]) * actions }
}

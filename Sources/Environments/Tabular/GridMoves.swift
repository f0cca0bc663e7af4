/// Moves on an open grid: off its edge one stays where one is.
struct GridMoves {
  /// A way to go.
  enum Direction {
    case up, right, down, left
  }

  let rows: Int
  let columns: Int
  /// The direction of every action, neighbours in this list being at right angles.
  let directions: [Direction]

  /// Where an action may lead: as meant or, on slippery ground, to either side as well, each as
  /// likely; in Gymnasium's order, the action before, the action, the one after.
  func directions(of action: Int, isSlippery: Bool) -> [Direction] {
    isSlippery
      ? [(action + 3) % 4, action, (action + 1) % 4].map { directions[$0] } : [directions[action]]
  }

  /// The square reached from another, both as row * columns + column.
  func square(from square: Int, _ direction: Direction) -> Int {
    let (row, column) = square.quotientAndRemainder(dividingBy: columns)
    return switch direction {
    case .up: row > 0 ? square - columns : square
    case .right: column < columns - 1 ? square + 1 : square
    case .down: row < rows - 1 ? square + columns : square
    case .left: column > 0 ? square - 1 : square
    }
  }
}

public import Scenes

extension GridMap {
  /// For every square in row-major order the least number of steps to a goal without slips; nil
  /// where no way leads there, on walls and pits too.
  ///
  /// A breadth-first search from the goals, linear in the number of squares.
  public var distancesToGoal: [Int?] {
    var distances = [Int?](repeating: nil, count: squares.count)
    var queue = squares.indices.filter { squares[$0] == .goal }
    for goal in queue { distances[goal] = 0 }
    var head = 0
    while head < queue.count {
      let square = queue[head]
      head += 1
      let (row, column) = square.quotientAndRemainder(dividingBy: columns)
      let distance = (distances[square] ?? 0) + 1
      for (down, right) in [(-1, 0), (0, 1), (1, 0), (0, -1)] {
        let isOpen = [.floor, .start].contains(self[row + down, column + right])
        let neighbour = square + down * columns + right
        guard isOpen, distances[neighbour] == nil else { continue }
        distances[neighbour] = distance
        queue.append(neighbour)
      }
    }
    return distances
  }
}

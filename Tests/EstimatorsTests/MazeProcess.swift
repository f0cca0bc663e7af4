internal import MarkovProcesses

/// A maze as a process, built independently of the program's own: `#` wall, `G` +1, `P` -1.
func mazeProcess(
  _ map: [String], stepReward: Double, slip: Double = 0, slipModel: String = "none"
) -> TabularMDP {
  let cells = map.map(Array.init)
  var index: [Int: Int] = [:]
  let width = cells[0].count
  for y in cells.indices {
    for x in 0..<width where cells[y][x] == "." || cells[y][x] == "S" {
      index[y * width + x] = index.count
    }
  }
  let moves = [(0, -1), (1, 0), (0, 1), (-1, 0)]
  func outcome(_ x: Int, _ y: Int, _ move: Int, _ probability: Double) -> TabularMDP.Outcome {
    var (nx, ny) = (x + moves[move].0, y + moves[move].1)
    let blocked = !(0..<width).contains(nx) || !cells.indices.contains(ny) || cells[ny][nx] == "#"
    if blocked { (nx, ny) = (x, y) }
    switch cells[ny][nx] {
    case "G": return .init(probability: probability, nextState: -1, reward: 1)
    case "P": return .init(probability: probability, nextState: -1, reward: -1)
    default:
      let next = index[ny * width + nx] ?? -1
      return .init(probability: probability, nextState: next, reward: stepReward)
    }
  }
  let outcomes = index.keys.sorted().map { cell in
    (0..<4).map { action -> [TabularMDP.Outcome] in
      var probability = [0.0, 0, 0, 0]
      probability[action] = 1 - slip
      if slipModel == "perpendicular" {
        probability[(action + 1) % 4] += slip / 2
        probability[(action + 3) % 4] += slip / 2
      } else {
        for other in 0..<4 { probability[other] += slip / 4 }
      }
      return (0..<4).filter { probability[$0] > 0 }
        .map { outcome(cell % width, cell / width, $0, probability[$0]) }
    }
  }
  return TabularMDP(states: outcomes.count, actions: 4, outcomes: outcomes)
}

/// An open field of floor with the goal in its last corner.
func openField(columns: Int, rows: Int) -> [String] {
  var map = [String](repeating: String(repeating: ".", count: columns), count: rows)
  map[rows - 1] = String(repeating: ".", count: columns - 1) + "G"
  return map
}

internal import Scenes

extension MazeDefinition {
  /// The maze as the text of a file, which `MazeParser` reads back.
  public var text: String {
    var lines: [String] = []
    if let title { lines.append("; title: \(title)") }
    if let summary { lines.append("; summary: \(summary)") }
    lines.append("; step-reward: \(configuration.stepReward)")
    lines.append("; slip: \(configuration.slip)")
    lines.append("; slip-model: \(configuration.slipModel.rawValue)")
    if let limit = configuration.stepLimit { lines.append("; step-limit: \(limit)") }
    for row in 0..<map.rows {
      lines.append(
        String((0..<map.columns).map { map.squares[row * map.columns + $0].character }))
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension GridMap.Square {
  /// How a file writes it.
  fileprivate var character: Character {
    switch self {
    case .wall: "#"
    case .floor: "."
    case .start: "S"
    case .goal: "G"
    case .pit: "P"
    }
  }
}

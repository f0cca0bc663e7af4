public import Scenes
public import Telemetry

extension SampleScenes {
  /// A town of thin walls and four places, each square one of 20 states by turns; the passenger at Y
  /// or riding, and wanting to get to R.
  public static func town(agent: Int, isRiding: Bool = false) -> GridScene {
    let errand = (isRiding ? 4 : 2) * 4
    let map = GridMap(
      rows: 5, columns: 5, squares: Array(repeating: .floor, count: 25),
      states: (0..<25).map { $0 * 20 + errand }, stateCount: 500,
      actionSigns: [.down, .up, .right, .left, .letter("P"), .letter("D")],
      wallsToTheRight: [1, 6, 15, 17, 20, 22])
    var marks: [GridScene.Mark] = [
      .init(square: 0, letter: "R", role: .destination), .init(square: 4, letter: "G", role: .place),
      .init(square: 20, letter: "Y", role: .place), .init(square: 23, letter: "B", role: .place),
    ]
    if !isRiding { marks.append(.init(square: 20, letter: "p", role: .load)) }
    return GridScene(
      map: map, agent: agent, previous: agent - 1, marks: marks, carried: isRiding ? "p" : nil,
      caption: isRiding ? "passenger taxi to R" : "passenger Y to R")
  }

  /// A lake of 16 squares, all of them states, with actions in the order left, down, right, up.
  public static func lake(agent: Int) -> GridScene {
    let squares = Array("SFFFFHFHFFFHHFFG").map { letter -> GridMap.Square in
      letter == "S" ? .start : letter == "H" ? .pit : letter == "G" ? .goal : .floor
    }
    return GridScene(
      map: GridMap(
        rows: 4, columns: 4, squares: squares, states: Array(0..<16),
        actionSigns: [.left, .down, .right, .up]), agent: agent)
  }

  /// Layers of a number of states: V grows with the state, and the same action everywhere.
  public static func layers(states: Int, actions: Int, preferred: Int) -> GridLayers {
    let values = (0..<states).map(Double.init)
    let row = (0..<actions).map { $0 == preferred ? 1.0 : 0 }
    return GridLayers(
      critic: values, exact: values, best: values, visits: Array(0..<states),
      policy: Array(repeating: row, count: states), regret: 0.5, update: 10, age: 0)
  }
}

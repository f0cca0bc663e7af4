public import Scenes
public import Telemetry

extension SampleScenes {
  /// A row of states between a punished left end and a rewarded right one.
  public static func walk(states: Int = 19) -> GridMap {
    var squares = [GridMap.Square](repeating: .floor, count: states)
    squares[states / 2] = .start
    return GridMap(
      rows: 1, columns: states + 2, squares: [.pit] + squares + [.goal], endRewards: [-1, 1])
  }
}

extension SampleSnapshots {
  /// A random walk whose critic is being taught, the walker on state 13.
  public static func walk(states: Int = 19) -> EngineSnapshot {
    let map = SampleScenes.walk(states: states)
    var snapshot = maze(map)
    snapshot.run.environment = "RandomWalk-\(states)"
    snapshot.run.task = "What is each state worth?"
    snapshot.run.actions = ["walk"]
    snapshot.settings.discount = 1
    snapshot.settings.entropyCoefficient = 0
    let square = states * 2 / 3 + 2
    snapshot.stage.scene = .grid(GridScene(map: map, agent: square, previous: square + 1))
    snapshot.stage.observation = [Double(square - 1)]
    snapshot.stage.action = 0
    snapshot.stage.probabilities = [1]
    snapshot.stage.entropy = 0
    snapshot.stage.reward = 0
    let exact = (0..<states).map { 2 * Double($0 + 1) / Double(states + 1) - 1 }
    var chance = SampleChance(seed: 3)
    snapshot.layers = GridLayers(
      critic: exact.map { 0.6 * $0 - 0.05 + 0.04 * chance.normal() }, exact: exact, best: exact,
      visits: exact.map { Int(900 * (1 - abs($0))) },
      policy: Array(repeating: [1], count: states), regret: 0, update: 1_204, age: 0.4)
    snapshot.entropy = MetricSeries()
    for step in 1...40 { snapshot.entropy.append(step: step * 1_500, low: 0, middle: 0, high: 0) }
    return snapshot
  }
}

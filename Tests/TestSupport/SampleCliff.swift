public import Scenes
public import Telemetry

/// The walk along a cliff, with values of actions that are those of the best way, or of a careful one.
public enum SampleCliff {
  /// Four rows of twelve squares, the cliff between start and goal in the last.
  public static let map: GridMap = {
    let squares = (0..<48).map { square -> GridMap.Square in
      square == 36 ? .start : square == 47 ? .goal : square > 36 ? .pit : .floor
    }
    return GridMap(rows: 4, columns: 12, squares: squares, states: Array(0..<48))
  }()

  /// Q and the greedy way.
  ///
  /// - Parameter edgeCost: what a step along the edge costs more than others: 0 for the shortest way.
  public static func actionValues(edgeCost: Double = 0) -> GridActionValues {
    var values = Array(repeating: [0.0, 0, 0, 0], count: 48)
    for _ in 0..<100 {
      for state in 0..<47 where state <= 36 {
        values[state] = (0..<4).map { action in
          let next = square(from: state, action)
          if (37..<47).contains(next) { return -100 + (values[36].max() ?? 0) }
          let cost = (25..<35).contains(next) ? 1 + edgeCost : 1
          return -cost + (next == 47 ? 0 : values[next].max() ?? 0)
        }
      }
    }
    var path = GridActionValues.Path(states: [], actions: [], end: .goal, reward: 0)
    var state = 36
    while state != 47, path.states.count < 48 {
      let action = values[state].firstIndex(of: values[state].max() ?? 0) ?? 0
      path.states.append(state)
      path.actions.append(action)
      path.reward -= 1
      state = square(from: state, action)
    }
    return GridActionValues(values: values, path: path)
  }

  private static func square(from state: Int, _ action: Int) -> Int {
    let (row, column) = state.quotientAndRemainder(dividingBy: 12)
    switch action {
    case 0: return row > 0 ? state - 12 : state
    case 1: return column < 11 ? state + 1 : state
    case 2: return row < 3 ? state + 12 : state
    default: return column > 0 ? state - 1 : state
    }
  }

  /// The cliff on the stage of an agent with a table.
  public static func stage(_ agent: AgentName = .qLearning, edgeCost: Double = 0) -> EngineSnapshot
  {
    var snapshot = SampleActionValues.town(agent)
    let learnt = actionValues(edgeCost: edgeCost)
    let greatest = learnt.values.map { $0.max() ?? 0 }
    snapshot.run.environment = "CliffWalking-v1"
    snapshot.run.actions = ["up", "right", "down", "left"]
    snapshot.run.solvedReturn = nil
    snapshot.stage.scene = .grid(GridScene(map: map, agent: 26, previous: 25))
    snapshot.stage.probabilities = [0.025, 0.925, 0.025, 0.025]
    snapshot.layers = GridLayers(
      critic: greatest, exact: greatest, best: greatest, visits: Array(0..<48),
      policy: learnt.values.map { row in row.map { $0 == row.max() ? 1 : 0 } }, regret: 0,
      actionValues: learnt, update: 10_204, age: 0.1)
    var report = snapshot.actionValues ?? ActionValueReport()
    report.choices = zip(learnt.values[26], snapshot.stage.probabilities).map {
      value, probability in
      let isBest = value == greatest[26]
      return ActionValueReport.Choice(
        value: value, probability: probability,
        targetProbability: agent == .expectedSarsa ? probability : isBest ? 1 : 0)
    }
    report.targetPolicy =
      agent == .sarsa ? .taken : agent == .expectedSarsa ? .behaviour : .greedy
    report.greedyAction = 1
    snapshot.actionValues = report
    return snapshot
  }

  /// Q-learning and Sarsa raced there, the second ahead.
  public static var race: RaceReport {
    var race = SampleRaces.finished
    race.measure = .online
    race.fromUpdate = 0
    for (place, agent, cost) in [
      (\RaceReport.first, AgentName.qLearning, 0.0), (\.second, .sarsa, 2.0),
    ] {
      race[keyPath: place].label = agent == .sarsa ? "Sarsa" : "Q-learning"
      race[keyPath: place].settings.agent = agent
      race[keyPath: place].scene = .grid(GridScene(map: map, agent: 14, previous: 13))
      race[keyPath: place].actionValues = actionValues(edgeCost: cost)
      race[keyPath: place].recentReturn = agent == .sarsa ? -23.5 : -51.2
    }
    return race
  }
}

import Agents
import Environments
import Networks
import Telemetry
import TestSupport
import Testing

@testable import Training

@Suite("Values of actions over the squares of a grid")
struct GridActionValueTests {
  @Test(
    "The values are those of the table, and the layer of the greatest is the greatest of them",
    arguments: ["sarsa-cliff", "expected-sarsa-cliff", "q-learning-cliff"])
  func table(preset: String) throws {
    var configuration = try Runs.configuration(preset)
    configuration.stepLimit = nil
    let learner = LoneLearner(configuration)
    learner.advance(to: 3_000)
    let study = try #require(GridStudy(session: learner.session))
    let theta = learner.parameters()
    study.read(theta.pointer, version: 1, discount: 1)
    let layers = try #require(study.layers())
    let values = try #require(layers.actionValues?.values)
    #expect(values.count == 48)
    for state in 0..<48 {
      let row = (0..<4).map { Double(theta[4 * state + $0]) }
      #expect(values[state] == row && layers.critic[state] == row.max())
    }
  }

  @Test("Of DQN in a maze they are what its network says there")
  func network() throws {
    var configuration = try Runs.configuration("dqn-cartpole")
    configuration.environment = try Runs.registry.make("Maze/four-by-three")
    let states = 9
    let learner = LoneLearner(configuration)
    learner.advance(to: 500)
    guard case .single(let model) = learner.session.model else {
      Issue.record("no learner of its own")
      return
    }
    let theta = learner.parameters()
    let content = learner.session.model.tabularReading(states: states).read(theta.pointer)
    let values = try #require(content.actionValues)
    let policy = model.makePolicy(1)
    for state in 0..<states {
      policy.observation(0)[0] = Float(state)
      policy.decide(rows: 1, parameters: theta.pointer)
      #expect(Double(policy.value(0)) == values[state].max() && values[state].count == 4)
      #expect(content.values[state] == values[state].max())
    }
  }

  @Test("A policy network has none")
  func none() throws {
    let learner = LoneLearner(try Runs.configuration("a2c-four-by-three"))
    let theta = learner.parameters()
    let content = learner.session.model.tabularReading(states: 9).read(theta.pointer)
    #expect(content.actionValues == nil && learner.actionValues() == nil)
  }

  @Test("While a greedy policy goes round for ever there are layers all the same")
  func endless() throws {
    let learner = LoneLearner(try Runs.configuration("q-learning-cliff"))
    let study = try #require(GridStudy(session: learner.session))
    let theta = learner.parameters()
    // Left everywhere: into the wall.
    for state in 0..<48 { theta[4 * state + 3] = 1 }
    study.read(theta.pointer, version: 1, discount: 1)
    let layers = try #require(study.layers())
    #expect(layers.exact[0].isNaN && layers.best[36] == -13)
    #expect(layers.regret == .infinity)
  }

  // MARK: The greedy way

  /// Values in which one action is best in each state.
  private func values(_ actions: [Int], of count: Int = 4) -> [[Double]] {
    actions.map { best in (0..<count).map { $0 == best ? 1 : 0 } }
  }

  private func path(_ values: [[Double]], in world: any Environment) throws
    -> GridActionValues.Path
  {
    let way = try #require(LearntPath(in: world))
    return try #require(way.path(by: values, world: world))
  }

  @Test("On the cliff it is followed to the goal, over the edge for ever, or into a wall")
  func cliff() throws {
    let world = CliffWalking.make()
    var actions = Array(repeating: 1, count: 48)
    for state in [36] { actions[state] = 0 }
    actions[35] = 2
    let shortest = try path(values(actions), in: world)
    #expect(shortest.states == [36] + Array(24...35) && shortest.end == .goal)
    #expect(shortest.actions == [0] + Array(repeating: 1, count: 11) + [2])
    #expect(shortest.reward == -13 && !shortest.isFromHere && !shortest.hasChance)
    actions[36] = 1
    let over = try path(values(actions), in: world)
    #expect(over.states == [36] && over.end == .nowhere && over.reward == -100)
    actions[36] = 3
    #expect(try path(values(actions), in: world).end == .nowhere)
  }

  @Test("On slippery ground a step goes where it means to, and the end has a name")
  func lake() throws {
    for isSlippery in [false, true] {
      let world = FrozenLake.make(isSlippery: isSlippery)
      // Left, down, right, up: down, down, right, down, right, right.
      var actions = Array(repeating: 0, count: 16)
      for (state, action) in [(0, 1), (4, 1), (8, 2), (9, 1), (13, 2), (14, 2)] {
        actions[state] = action
      }
      let way = try path(values(actions), in: world)
      #expect(way.states == [0, 4, 8, 9, 13, 14] && way.end == .goal, "\(isSlippery)")
      #expect(way.hasChance == isSlippery)
      actions[4] = 2
      let fall = try path(values(actions), in: world)
      #expect(fall.states == [0, 4] && fall.end == .pit, "\(isSlippery)")
    }
  }

  @Test("Where there are several starts it begins where the worker is")
  func taxi() throws {
    var world = try Runs.registry.make("Taxi-v4")
    // The passenger rides, and the place to get to is here: 0 column 0, 4 is the taxi, R is 0.
    try world.begin(in: [16])
    var rows = Array(repeating: 1, count: 500)
    rows[16] = 5
    let way = try path(values(rows, of: 6), in: world)
    #expect(way.isFromHere && way.states == [16] && way.actions == [5])
    #expect(way.end == .goal && way.reward == 20)
  }

  @Test("A state has a greedy action, the first of the best, as soon as one is better than another")
  func greedy() {
    let values = GridActionValues(
      values: [[0, 0, 0], [1, 2, 2], [-1, -2, -3], [5], []], path: nil)
    #expect((0..<6).map(values.greedyAction) == [nil, 1, 0, 0, nil, nil])
  }

  @Test("A session tells them when the layers are looked at, with the way of the present values")
  func session() throws {
    let session = try TrainingSession(Runs.configuration("q-learning-cliff"), watched: true)
    session.send(.show(Interest(layers: true)))
    session.waitUntil("the way leads to the goal") {
      session.snapshot().layers?.actionValues?.path?.end == .goal
    }
    let learnt = try #require(session.snapshot().layers?.actionValues)
    for (state, action) in zip(learnt.path?.states ?? [], learnt.path?.actions ?? []) {
      #expect(learnt.values[state].max() == learnt.values[state][action])
    }
    session.end()
  }
}

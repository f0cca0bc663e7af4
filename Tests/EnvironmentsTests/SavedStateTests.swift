import Environments
import FootlightsAssets
import Randomness
import Testing

@Suite("States from outside")
struct SavedStateTests {
  private static let registry = EnvironmentRegistry(
    mazes: BundledAssets.mazes.map { (name: $0.name, text: $0.text) })

  private func saved(_ world: any Environment) -> [Double] {
    var state = [Double](repeating: 0, count: world.stateSize)
    world.save(into: &state)
    return state
  }

  private func anyAction(of world: any Environment, _ random: inout RandomStream) -> Action {
    switch world.specification.actionSpace {
    case .discrete(let names): .discrete(random.below(names.count))
    case .box(let quantity):
      .continuous(random.uniform(from: 2 * quantity.low, to: 2 * quantity.high))
    }
  }

  @Test(
    "Every state an episode comes through is taken up, its end included", arguments: registry.names)
  func taken(name: String) throws {
    var world = try Self.registry.make(name)
    var random = RandomStream(seed: 5)
    for _ in 0..<3 {
      world.reset(start: nil, random: &random)
      var isOver = false
      while !isOver {
        var other = try Self.registry.make(name)
        try other.restore(checking: saved(world))
        #expect(saved(other) == saved(world))
        isOver = world.step(anyAction(of: world, &random), random: &random).ended
      }
      #expect(throws: Never.self) { try world.check(saved: saved(world)) }
    }
  }

  @Test(
    "A number that no state has is refused before it is taken up",
    arguments: [
      "CartPole-v1", "Pendulum-v1", "MountainCar-v0", "MountainCarContinuous-v0", "Acrobot-v1",
      "RandomWalk-5", "Maze/four-rooms",
    ])
  func refused(name: String) throws {
    var world = try Self.registry.make(name)
    var random = RandomStream(seed: 1)
    world.reset(start: nil, random: &random)
    let good = saved(world)
    #expect(throws: WorldStateError.self) { try world.check(saved: Array(good.dropLast())) }
    #expect(throws: WorldStateError.self) { try world.check(saved: good + [0]) }
    for index in good.indices {
      for bad in [Double.nan, .infinity, -.infinity, 1e300, -1e300, 1e9] {
        var state = good
        state[index] = bad
        #expect(throws: WorldStateError.self) { try world.restore(checking: state) }
        #expect(saved(world) == good)
      }
    }
  }

  @Test("Nobody stands in a goal without having come from somewhere")
  func goal() throws {
    let maze = try EnvironmentRegistry().makeMaze(Array("S.G\n".utf8), name: "m", file: "m")
    #expect(throws: Never.self) { try maze.check(saved: [2, 1, 2]) }
    #expect(throws: WorldStateError.self) { try maze.check(saved: [2, -1, 2]) }
    #expect(throws: WorldStateError.self) { try maze.check(saved: [3, 1, 2]) }
    #expect(throws: WorldStateError.self) { try maze.check(saved: [0.5, -1, 0]) }
    #expect(throws: WorldStateError.self) { try maze.check(saved: [0, -1, 201]) }
  }

  @Test(
    "The text of a maze reads back as the same maze", arguments: BundledAssets.mazes.map(\.name))
  func mazeText(name: String) throws {
    let settings = [("slip", "0.1"), ("step-reward", "-0.3"), ("step-limit", "77")]
    for settings in [[], settings] {
      let world = try Self.registry.make("Maze/" + name, settings: settings)
      let maze = try #require(world as? Maze)
      let copy = try MazeParser.parse(Array(maze.definition.text.utf8), file: "copy")
      #expect(copy == maze.definition)
    }
  }
}

import Environments
import MarkovProcesses
import Randomness
import Scenes
import Testing

/// A maze from rows of text, for tests.
func maze(_ rows: String..., configuration: MazeConfiguration? = nil) throws -> Maze {
  let text = Array(rows.joined(separator: "\n").utf8)
  var definition = try MazeParser.parse(text, file: "test")
  if let configuration { definition.configuration = configuration }
  return Maze(name: "test", definition: definition)
}

@Suite("Mazes")
struct MazeTests {
  private var random = RandomStream(seed: 11)

  @Test("The agent moves up, right, down and left, and stays where a wall or the edge is")
  mutating func moves() throws {
    var world = try maze("...", "S#G", "...")
    // Up, up against the edge, right, down against the wall, right; then back the same way.
    let visited = [0, 0, 1, 2, 1, 3, 3, 3, 2, 1, 2].map { action -> Double in
      let outcome = world.step(action, random: &random)
      #expect(outcome == StepOutcome(reward: -0.01, terminated: false, truncated: false))
      return world.worldState[0]
    }
    #expect(visited == [0, 0, 1, 1, 2, 1, 0, 0, 3, 3, 4])
  }

  @Test("Entering a goal gives exactly +1, a pit exactly -1, bumps the step reward")
  mutating func rewards() throws {
    var world = try maze("PSG", configuration: MazeConfiguration(stepReward: -0.04))
    #expect(
      world.step(0, random: &random)
        == StepOutcome(reward: -0.04, terminated: false, truncated: false))
    #expect(
      world.step(1, random: &random) == StepOutcome(reward: 1, terminated: true, truncated: false))
    #expect(world.worldState == [-1])
    world.reset(start: 0, random: &random)
    #expect(
      world.step(3, random: &random) == StepOutcome(reward: -1, terminated: true, truncated: false))
  }

  @Test("A goal entered on the last step allowed is a termination and a truncation")
  mutating func bothFlags() throws {
    var world = try maze("S.G", configuration: MazeConfiguration(stepLimit: 2))
    #expect(!world.step(1, random: &random).ended)
    #expect(
      world.step(1, random: &random) == StepOutcome(reward: 1, terminated: true, truncated: true))
    world.reset(start: 0, random: &random)
    _ = world.step(0, random: &random)
    #expect(
      world.step(1, random: &random)
        == StepOutcome(reward: -0.01, terminated: false, truncated: true))
    #expect(world.worldState == [1], "the state reached is there to be valued, not a new start")
  }

  @Test("States are the non-terminal cells in row-major order, goals and pits none of them")
  mutating func states() throws {
    var world = try maze("#S.", "PG.")
    #expect(world.specification.observation == .discrete(3))
    #expect(world.startStates == [0])
    try world.begin(in: [2])
    var observation: Float = -5
    world.observe(into: &observation)
    #expect(observation == 2)
    _ = world.step(3, random: &random)
    world.observe(into: &observation)
    #expect(observation == 2, "in a goal the state it was entered from is observed")
  }

  @Test("Start i begins at the i-th start in reading order, no start is drawn more than another")
  mutating func starts() throws {
    var world = try maze("S.S", "...", "S.G")
    #expect(world.specification.starts == 3)
    for (start, state) in [0, 2, 6].enumerated() {
      world.reset(start: start, random: &random)
      #expect(world.worldState == [Double(state)])
    }
    var counts: [Double: Int] = [:]
    for _ in 0..<3000 {
      world.reset(start: nil, random: &random)
      counts[world.worldState[0], default: 0] += 1
    }
    // Four standard deviations of a binomial count of 3000 draws with probability 1/3.
    #expect([0.0, 2, 6].allSatisfy { abs(counts[$0, default: 0] - 1000) < 104 })
  }

  @Test("The scene shows the agent on its square and where it came from")
  mutating func scene() throws {
    var world = try maze("S.", "#G")
    #expect(world.scene(lastAction: nil) == .grid(GridScene(map: world.map, agent: 0)))
    _ = world.step(1, random: &random)
    #expect(world.scene(lastAction: 1) == .grid(GridScene(map: world.map, agent: 1, previous: 0)))
    _ = world.step(2, random: &random)
    #expect(world.scene(lastAction: 2) == .grid(GridScene(map: world.map, agent: 3, previous: 1)))
  }

  @Test("A map without a limit gets ten steps a cell, between 200 and 10 000")
  func defaultLimit() throws {
    #expect(try maze("SG").specification.stepLimit == 200)
    #expect(try maze(String(repeating: ".", count: 50) + "SG").specification.stepLimit == 510)
  }

  @Test("A state that is no state of the maze is refused in one sentence")
  func badStates() throws {
    var world = try maze("S.G")
    for (state, text) in [
      ([2.0], "no state has the index 2, accepted are whole numbers from 0 to 1"),
      ([0.5], "no state has the index 0.5, accepted are whole numbers from 0 to 1"),
      ([], "a state has 1 number, found 0"),
    ] {
      let error = #expect(throws: WorldStateError.self) { try world.begin(in: state) }
      #expect(error?.description == text)
    }
  }
}

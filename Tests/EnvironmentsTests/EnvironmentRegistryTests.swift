import Environments
import FootlightsAssets
import Testing

@Suite("Environments by name")
struct EnvironmentRegistryTests {
  private let registry = EnvironmentRegistry(mazes: BundledAssets.mazes)

  private func message(_ name: String, _ settings: [EnvironmentRegistry.Setting] = []) -> String? {
    #expect(throws: EnvironmentError.self) { try registry.make(name, settings: settings) }?
      .description
  }

  @Test("Every name makes the environment that bears it")
  func names() throws {
    #expect(registry.names.first == "CartPole-v1")
    for name in registry.names {
      #expect(try registry.make(name).specification.name == name)
    }
    let entries = try registry.entries()
    #expect(entries.map(\.name) == registry.names)
    #expect(entries.allSatisfy { !$0.summary.isEmpty })
  }

  @Test("Settings change a maze's rules and leave the others")
  func settings() throws {
    let made = try registry.make(
      "Maze/bridge", settings: [("slip", "0.25"), ("slip-model", "uniform"), ("step-limit", "9")])
    let maze = try #require(made as? Maze)
    #expect(
      maze.configuration
        == MazeConfiguration(stepReward: -0.01, slip: 0.25, slipModel: .uniform, stepLimit: 9))
    #expect(maze.specification.stepLimit == 9)
  }

  @Test("An unknown name is answered with the nearest one")
  func unknownNames() throws {
    let accepted = registry.names.joined(separator: ", ") + " or the path of a maze file"
    for (name, nearest) in [
      ("Cartpole-v0", "CartPole-v1"), ("Maze/coridor", "Maze/corridor"),
      ("maze/four_rooms", "Maze/four-rooms"), ("labyrinht", "Maze/labyrinth"),
    ] {
      #expect(
        message(name)
          == "unknown environment '\(name)' (did you mean '\(nearest)'?); accepted are \(accepted)")
    }
    #expect(message("Go-19x19") == "unknown environment 'Go-19x19'; accepted are \(accepted)")
  }

  @Test("An unknown setting or a bad value is answered with what is accepted")
  func badSettings() {
    #expect(
      message("Maze/cliff", [("slop", "0.1")])
        == "Maze/cliff has no setting 'slop' (did you mean 'slip'?); "
        + "accepted are step-reward, slip, slip-model, step-limit")
    #expect(
      message("Maze/cliff", [("slip", "1.5")])
        == "slip is '1.5', accepted is a probability from 0 to 1")
    #expect(
      message("CartPole-v1", [("gravity", "3")])
        == "CartPole-v1 has no setting 'gravity'; it has none of its own")
  }

  @Test("A maze from a file is called what its caller says, and its mistakes name the file")
  func files() throws {
    let maze = try registry.makeMaze(
      Array("S.G".utf8), name: "maps/a.txt", file: "maps/a.txt", settings: [("step-limit", "5")])
    #expect(maze.specification.name == "maps/a.txt")
    #expect(maze.specification.stepLimit == 5)
    let error = #expect(throws: EnvironmentError.self) {
      try registry.makeMaze(Array("S".utf8), name: "maps/a.txt", file: "maps/a.txt")
    }
    #expect(
      error?.description
        == "maps/a.txt: the maze has no goal; mark at least one square with G")
  }
}

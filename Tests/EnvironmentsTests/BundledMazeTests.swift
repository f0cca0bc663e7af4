import Environments
import FootlightsAssets
import Foundation
import MarkovProcesses
import Scenes
import TestSupport
import Testing

@Suite("The bundled mazes")
struct BundledMazeTests {
  private static let registry = EnvironmentRegistry(mazes: BundledAssets.mazes)

  private static func maze(_ name: String) throws -> Maze {
    try #require(try registry.make("Maze/\(name)") as? Maze)
  }

  @Test(
    "Every maze keeps the promises of every environment", arguments: BundledAssets.mazes.map(\.name)
  )
  func conformance(name: String) throws {
    #expect(EnvironmentConformance(try Self.maze(name)).problems() == [])
  }

  @Test("Every maze has a title, a summary and a step limit that leaves room for exploring")
  func headers() throws {
    for (name, text) in BundledAssets.mazes {
      let definition = try MazeParser.parse(text, file: name)
      #expect(definition.title?.isEmpty == false)
      #expect(try #require(definition.summary).count <= 100)
      let limit = try #require(definition.configuration.stepLimit)
      let longest = try Self.distancesFromStarts(of: definition.map).max() ?? 0
      #expect(limit >= 20 * longest, "\(name)")
    }
  }

  @Test("Every maze can be solved from each of its starts, by walking the way the map promises")
  func solvable() throws {
    for (name, _) in BundledAssets.mazes {
      let maze = try Self.maze(name)
      let process = try #require(maze.knownMDP)
      for (start, distance) in zip(maze.startStates, try Self.distancesFromStarts(of: maze.map)) {
        let (isReached, steps) = Self.search(process, from: start)
        #expect(isReached, "\(name)")
        #expect(steps == distance, "\(name)")
      }
    }
  }

  /// Whether the process leads from `start` to a goal, and in how many steps at least: a search
  /// forwards, apart from the map's own search backwards from its goals.
  private static func search(
    _ process: TabularMDP, from start: Int
  ) -> (isReached: Bool, steps: Int) {
    var reached: Set<Int> = [start]
    var frontier = reached
    var steps = 0
    while !frontier.isEmpty {
      steps += 1
      var next: Set<Int> = []
      for state in frontier {
        for outcome in process.outcomes[state].joined() {
          if outcome.nextState >= 0 {
            next.insert(outcome.nextState)
          } else if outcome.reward == 1 {
            return (true, steps)
          }
        }
      }
      frontier = next.subtracting(reached)
      reached.formUnion(frontier)
    }
    return (false, steps)
  }

  private static func distancesFromStarts(of map: GridMap) throws -> [Int] {
    let distances = map.distancesToGoal
    return try map.squares.indices.filter { map.squares[$0] == .start }
      .map { try #require(distances[$0]) }
  }

  @Test("There are at least nine, one large, two or more with slip, one with many starts")
  func variety() throws {
    let mazes = try BundledAssets.mazes.map { try Self.maze($0.name) }
    #expect(mazes.count >= 9)
    #expect(mazes.filter { $0.configuration.slip > 0 }.count >= 2)
    #expect(mazes.contains { $0.startStates.count >= 4 })
    #expect(mazes.contains { $0.map.squares.contains(.pit) })
    let large = try #require(mazes.first { $0.map.columns >= 40 && $0.map.rows >= 20 })
    #expect(try Self.distancesFromStarts(of: large.map).allSatisfy { $0 >= 60 })
  }

  @Test("Every file of assets/mazes and assets/presets is embedded under its own name")
  func folders() throws {
    let assets = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "assets")
    for (folder, suffix, files) in [
      ("mazes", ".txt", BundledAssets.mazes), ("presets", ".yaml", BundledAssets.presets),
    ] {
      let url = assets.appending(path: folder)
      let names = try FileManager.default.contentsOfDirectory(atPath: url.path)
        .filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
      #expect(Set(names) == Set(files.map(\.name)), "list the files of \(folder)")
      for (name, text) in files {
        let content = try Data(contentsOf: url.appending(path: name + suffix))
        #expect([UInt8](content) == text, "\(name) is another file")
        #expect(name == name.lowercased() && !name.contains("_"))
      }
    }
  }
}

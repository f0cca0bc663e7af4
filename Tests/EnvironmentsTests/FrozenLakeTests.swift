import Environments
import MarkovProcesses
import Randomness
import Scenes
import TestSupport
import Testing

@Suite("FrozenLake")
struct FrozenLakeTests {
  private struct Reference: Decodable {
    struct Variant: Decodable {
      let isSlippery: Bool
      let map: [String]
      let timeLimit: Int
      let table: [[[ReferenceOutcome]]]
      let episodes: [ReferenceTableEpisode]

      enum CodingKeys: String, CodingKey {
        case map, episodes
        case isSlippery = "is_slippery"
        case timeLimit = "time_limit"
        case table = "P"
      }

      var world: TabularEnvironment {
        FrozenLake.make(map.count == 4 ? .small : .large, isSlippery: isSlippery)
      }
    }

    let variants: [Variant]
  }

  private func variants() throws -> [Reference.Variant] {
    let variants = try reference("env_frozen_lake", as: Reference.self).variants
    #expect(variants.count == 4)
    return variants
  }

  @Test("The process is Gymnasium's table for both lakes, slippery or not")
  func process() throws {
    for variant in try variants() {
      try expectProcess(of: variant.world, equals: variant.table)
      #expect(variant.world.specification.stepLimit == variant.timeLimit)
    }
  }

  @Test("Gymnasium's episodes are played as they were")
  func episodes() throws {
    for variant in try variants() {
      for episode in variant.episodes { try expectEpisode(episode, in: variant.world) }
    }
  }

  @Test("It keeps the promises of every environment", arguments: FrozenLake.Lake.allCases)
  func conformance(lake: FrozenLake.Lake) {
    for isSlippery in [false, true] {
      #expect(
        EnvironmentConformance(FrozenLake.make(lake, isSlippery: isSlippery)).problems() == [])
    }
  }

  @Test("On slippery ice each of three ways is taken as often")
  func slips() throws {
    let counts = try arrivals(
      of: FrozenLake.make(.large), from: 9, action: 2, count: 3_000, seed: 8)
    #expect(counts.keys.sorted() == [1, 10, 17])
    #expect(counts.values.allSatisfy { abs($0 - 1_000) < 130 })
  }

  @Test("The scene is Gymnasium's map: holes are pits, every square a state, actions in its order")
  func scene() throws {
    for variant in try variants() {
      guard case .grid(let grid) = variant.world.scene(lastAction: nil) else {
        Issue.record("no grid")
        continue
      }
      let letters = variant.map.joined()
      #expect(grid.map.states == Array(0..<letters.count))
      for (letter, square) in zip(letters, grid.map.squares) {
        let expected: GridMap.Square =
          letter == "S" ? .start : letter == "F" ? .floor : letter == "H" ? .pit : .goal
        #expect(square == expected)
      }
      #expect(grid.map.actionSigns == [.left, .down, .right, .up])
      #expect(variant.world.specification.actions == ["left", "down", "right", "up"])
    }
  }

  @Test("In a hole and in the goal the episode has ended")
  func ends() {
    var world = FrozenLake.make(isSlippery: false)
    for state in [5, 7, 11, 12, 15] {
      #expect(throws: WorldStateError.ended(state)) { try world.begin(in: [Double(state)]) }
    }
    #expect(throws: WorldStateError.noSuchState(found: 16, states: 16)) {
      try world.begin(in: [16])
    }
  }

  @Test("It is made by name; lake and ice are settings")
  func registry() throws {
    let registry = EnvironmentRegistry()
    let usual = try registry.make(FrozenLake.name)
    #expect(usual.knownMDP == FrozenLake.make(.small, isSlippery: true).knownMDP)
    let other = try registry.make(
      FrozenLake.name, settings: [("is_slippery", "false"), ("map_name", "8x8")])
    #expect(other.knownMDP == FrozenLake.make(.large, isSlippery: false).knownMDP)
    func message(_ key: String, _ value: String) -> String? {
      #expect(throws: EnvironmentError.self) {
        try registry.make(FrozenLake.name, settings: [(key, value)])
      }?.description
    }
    #expect(message("map_name", "5x5") == "map_name is '5x5', accepted is 4x4 or 8x8")
    #expect(message("is_slippery", "no") == "is_slippery is 'no', accepted is true or false")
    #expect(
      message("is_slipery", "true")
        == "FrozenLake-v1 has no setting 'is_slipery' (did you mean 'is_slippery'?); "
        + "accepted are map_name, is_slippery")
  }
}

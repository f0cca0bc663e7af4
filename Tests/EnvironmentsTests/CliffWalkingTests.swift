import Environments
import MarkovProcesses
import Randomness
import Scenes
import TestSupport
import Testing

@Suite("CliffWalking")
struct CliffWalkingTests {
  private struct Reference: Decodable {
    let episodes: [ReferenceTableEpisode]
    let table: [[[ReferenceOutcome]]]
    let slipperyTable: [[[ReferenceOutcome]]]

    enum CodingKeys: String, CodingKey {
      case episodes
      case table = "P"
      case slipperyTable = "P_slippery"
    }
  }

  private func reference() throws -> Reference {
    try EnvironmentsTests.reference("env_cliff_walking", as: Reference.self)
  }

  @Test("The process is Gymnasium's table, slippery or not")
  func process() throws {
    let reference = try reference()
    try expectProcess(of: CliffWalking.make(), equals: reference.table)
    try expectProcess(
      of: CliffWalking.make(isSlippery: true), equals: reference.slipperyTable)
  }

  @Test("Gymnasium's episodes are played as they were")
  func episodes() throws {
    let reference = try reference()
    #expect(reference.episodes.count == 12)
    for episode in reference.episodes { try expectEpisode(episode, in: CliffWalking.make()) }
  }

  @Test("It keeps the promises of every environment", arguments: [false, true])
  func conformance(isSlippery: Bool) {
    #expect(EnvironmentConformance(CliffWalking.make(isSlippery: isSlippery)).problems() == [])
  }

  @Test("There is no time limit: an episode goes on as long as one stays away from the goal")
  func noLimit() {
    var world = CliffWalking.make()
    #expect(world.specification.stepLimit == .max)
    var random = RandomStream(seed: 0)
    world.reset(start: nil, random: &random)
    for _ in 0..<20_000 { #expect(!world.step(3, random: &random).ended) }
  }

  @Test("On slippery ground each of three ways is taken as often")
  func slips() throws {
    let counts = try arrivals(
      of: CliffWalking.make(isSlippery: true), from: 30, action: 0, count: 3_000, seed: 8)
    #expect(counts.keys.sorted() == [18, 29, 31])
    #expect(counts.values.allSatisfy { abs($0 - 1_000) < 130 })
  }

  @Test("The cliff leads back to the start and ends nothing")
  func fall() throws {
    var world = CliffWalking.make()
    var random = RandomStream(seed: 0)
    let outcome = world.step(1, random: &random)
    #expect(outcome == StepOutcome(reward: -100, terminated: false, truncated: false))
    #expect(world.worldState == [36] && world.startStates == [36])
  }

  @Test("The scene is the grid: every square a state, the cliff pits")
  func scene() throws {
    guard case .grid(let grid) = CliffWalking.make().scene(lastAction: nil) else {
      Issue.record("no grid")
      return
    }
    #expect(grid.map.rows == 4 && grid.map.columns == 12 && grid.agent == 36)
    #expect(grid.map.states == Array(0..<48))
    #expect(grid.map.squares[36] == .start && grid.map.squares[47] == .goal)
    #expect(grid.map.squares[37..<47].allSatisfy { $0 == .pit })
    #expect(grid.map.actionSigns == [.up, .right, .down, .left])
  }

  @Test("A state that is none, or in which the episode has ended, is refused")
  func states() {
    var world = CliffWalking.make()
    #expect(throws: WorldStateError.noSuchState(found: 48, states: 48)) {
      try world.begin(in: [48])
    }
    #expect(throws: WorldStateError.ended(47)) { try world.begin(in: [47]) }
    #expect(throws: Never.self) { try world.check(saved: [47, 35, 1, 13]) }
    // No step from 20 leads into the goal; nobody stands there before the end.
    for saved in [
      [47.0, 20, 1, 13], [47, 35, 0, 13], [20, 19, 1, 3], [12, 48, 0, 0], [0, 1, 0],
    ] {
      #expect(throws: WorldStateError.self) { try world.check(saved: saved) }
    }
  }

  @Test("It is made by name, slippery by a setting")
  func registry() throws {
    let registry = EnvironmentRegistry()
    let plain = try registry.make(CliffWalking.name)
    #expect(plain.knownMDP == CliffWalking.make().knownMDP)
    for key in ["is_slippery", "is-slippery"] {
      let slippery = try registry.make(CliffWalking.name, settings: [(key, "true")])
      #expect(slippery.knownMDP == CliffWalking.make(isSlippery: true).knownMDP)
    }
    let bad = #expect(throws: EnvironmentError.self) {
      try registry.make(CliffWalking.name, settings: [("is_slippery", "yes")])
    }
    #expect(bad?.description == "is_slippery is 'yes', accepted is true or false")
    let unknown = #expect(throws: EnvironmentError.self) {
      try registry.make(CliffWalking.name, settings: [("slippery", "true")])
    }
    #expect(
      unknown?.description.hasPrefix("CliffWalking-v1 has no setting 'slippery'") == true)
  }
}

import Environments
import MarkovProcesses
import Randomness
import Scenes
import TestSupport
import Testing

@Suite("Taxi")
struct TaxiTests {
  private struct Reference: Decodable {
    let timeLimit: Int
    let initialStates: [Int]
    let episodes: [ReferenceTableEpisode]
    let table: [[[Int]]]

    enum CodingKeys: String, CodingKey {
      case episodes
      case timeLimit = "time_limit"
      case initialStates = "initial_states"
      case table = "P_compact"
    }
  }

  private func reference() throws -> Reference {
    try EnvironmentsTests.reference("env_taxi", as: Reference.self)
  }

  @Test("The process is Gymnasium's table")
  func process() throws {
    let table = try reference().table
    let mdp = try #require(Taxi.make().knownMDP)
    #expect(mdp.states == 500 && mdp.actions == 6 && table.count == 500)
    for (state, row) in table.enumerated() {
      for (action, entry) in row.enumerated() {
        let outcomes = mdp.outcomes[state][action]
        #expect(outcomes.count == 1 && outcomes[0].probability == 1)
        #expect(outcomes[0].nextState == (entry[2] == 1 ? -1 : entry[0]))
        #expect(outcomes[0].reward == Double(entry[1]))
      }
    }
  }

  @Test("Gymnasium's episodes are played as they were")
  func episodes() throws {
    let reference = try reference()
    let world = Taxi.make()
    #expect(world.specification.stepLimit == reference.timeLimit)
    #expect(
      world.specification.actions == ["south", "north", "east", "west", "pickup", "dropoff"])
    for episode in reference.episodes { try expectEpisode(episode, in: world) }
  }

  @Test("Episodes start in the 300 states of Gymnasium, all as likely")
  func starts() throws {
    var world = Taxi.make()
    #expect(world.startStates == (try reference()).initialStates)
    var random = RandomStream(seed: 5)
    var counts: [Int: Int] = [:]
    for _ in 0..<30_000 {
      world.reset(start: nil, random: &random)
      counts[observedState(of: world), default: 0] += 1
    }
    #expect(counts.keys.sorted() == world.startStates)
    // 100 expected, standard deviation 10.
    #expect(counts.values.allSatisfy { abs($0 - 100) < 50 })
  }

  @Test("It keeps the promises of every environment")
  func conformance() {
    #expect(EnvironmentConformance(Taxi.make()).problems() == [])
  }

  @Test("encode and decode are inverse, in Gymnasium's order")
  func codes() {
    for index in 0..<TaxiState.count {
      let state = TaxiState(index: index)
      #expect(state.index == index)
      #expect((0..<5).contains(state.row) && (0..<5).contains(state.column))
      #expect((0..<5).contains(state.passenger) && (0..<4).contains(state.destination))
    }
    #expect(TaxiState(row: 3, column: 1, passenger: 2, destination: 0).index == 328)
  }

  @Test("The scene shows taxi, places, walls and passenger; its squares are states of one errand")
  func scene() throws {
    var world = Taxi.make()
    try world.begin(in: [328])
    guard case .grid(let waiting) = world.scene(lastAction: nil) else { return }
    #expect(waiting.agent == 16 && waiting.carried == nil)
    #expect(waiting.map.states[16] == 328 && Set(waiting.map.states).count == 25)
    #expect(waiting.map.states.allSatisfy { TaxiState(index: $0).passenger == 2 })
    #expect(waiting.marks.map(\.letter) == ["R", "G", "Y", "B", "p"])
    #expect(waiting.marks.map(\.square) == [0, 4, 20, 23, 20])
    #expect(waiting.marks.map(\.role) == [.destination, .place, .place, .place, .load])
    #expect(waiting.caption == "passenger Y to R")

    var random = RandomStream(seed: 0)
    for action in [0, 3, 4] { _ = world.step(action, random: &random) }
    // A wall stands between the taxi and the passenger's place.
    #expect(world.worldState == [Double(TaxiState(index: 428).index)])
    try world.begin(in: [Double(TaxiState(row: 4, column: 0, passenger: 2, destination: 0).index)])
    _ = world.step(4, random: &random)
    guard case .grid(let riding) = world.scene(lastAction: 4) else { return }
    #expect(riding.carried == "p" && riding.marks.map(\.letter) == ["R", "G", "Y", "B"])
    #expect(riding.caption == "passenger taxi to R")
  }

  @Test("Every wall of the scene stops the taxi from both sides, and nothing else within does")
  func walls() throws {
    guard case .grid(let grid) = Taxi.make().scene(lastAction: nil) else { return }
    let mdp = try #require(Taxi.make().knownMDP)
    for square in 0..<25 where square % 5 < 4 {
      let isWall = grid.map.wallsToTheRight.contains(square)
      let (left, right) = (square * 20 + 1, (square + 1) * 20 + 1)
      #expect((mdp.outcomes[left][2][0].nextState == left) == isWall)
      #expect((mdp.outcomes[right][3][0].nextState == right) == isWall)
    }
  }

  @Test("After a delivery the episode has ended, and the state says so")
  func delivery() throws {
    var world = Taxi.make()
    try world.begin(in: [16])
    var random = RandomStream(seed: 0)
    let outcome = world.step(5, random: &random)
    #expect(outcome == StepOutcome(reward: 20, terminated: true, truncated: false))
    #expect(world.worldState == [-1] && observedState(of: world) == 0)
    #expect(throws: Never.self) { try world.check(saved: [0, 16, 1, 1]) }
    #expect(throws: WorldStateError.self) { try world.check(saved: [0, 20, 1, 1]) }
  }

  @Test("It is made by name and has no settings")
  func registry() throws {
    #expect(try EnvironmentRegistry().make("Taxi-v4").specification.name == "Taxi-v4")
    #expect(throws: EnvironmentError.self) {
      try EnvironmentRegistry().make("Taxi-v4", settings: [("is_rainy", "true")])
    }
  }
}

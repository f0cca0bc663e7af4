import Environments
import MarkovProcesses
import Randomness
import Scenes
import TestSupport
import Testing

@Suite("The random walks")
struct RandomWalkTests {
  static let walks = [RandomWalk.five, .nineteen]

  @Test("They keep the promises of every environment", arguments: [0, 1])
  func conformance(index: Int) {
    #expect(EnvironmentConformance(Self.walks[index]).problems() == [])
  }

  @Test("They start in the middle, and there is one action: nothing to choose")
  func specification() {
    for (walk, states) in zip(Self.walks, [5, 19]) {
      #expect(walk.startStates == [states / 2])
      #expect(walk.worldState == [Double(states / 2)])
      #expect(walk.specification.actions == ["walk"])
      #expect(walk.specification.observation == .discrete(states))
      #expect(walk.specification.summary.contains("nothing to choose"))
      #expect(walk.specification.stepLimit == 10_000)
    }
  }

  @Test("Left and right are as likely, and only the last step is rewarded")
  func steps() {
    for (walk, left) in zip(Self.walks, [0.0, -1]) {
      var random = RandomStream(seed: 4)
      var ends = [0, 0]
      var (steps, rightwards) = (0, 0)
      for _ in 0..<2_000 {
        var world = walk
        world.reset(start: nil, random: &random)
        var outcome = StepOutcome(reward: 0, terminated: false, truncated: false)
        while !outcome.ended {
          let before = world.worldState[0]
          outcome = world.step(0, random: &random)
          let after = world.worldState[0]
          steps += 1
          if outcome.ended { break }
          #expect(outcome.reward == 0 && abs(after - before) == 1)
          rightwards += after > before ? 1 : 0
        }
        #expect(outcome.terminated && !outcome.truncated && world.worldState == [-1])
        #expect(outcome.reward == left || outcome.reward == 1)
        ends[outcome.reward == 1 ? 1 : 0] += 1
      }
      // From the middle m of N states the mean length is m (N + 1 - m), 9 and 100.
      let expected = walk.startStates[0] == 2 ? 9.0 : 100
      #expect(abs(Double(steps) / 2_000 - expected) < 0.1 * expected)
      #expect(abs(Double(ends[1]) / 2_000 - 0.5) < 0.05)
      #expect(abs(Double(rightwards) / Double(steps) - 0.5) < 0.06)
    }
  }

  @Test("The process is that of the book: two outcomes of one half each")
  func process() throws {
    let mdp = try #require(RandomWalk.nineteen.knownMDP)
    #expect(mdp.states == 19 && mdp.actions == 1)
    func outcome(_ next: Int, _ reward: Double) -> TabularMDP.Outcome {
      TabularMDP.Outcome(probability: 0.5, nextState: next, reward: reward)
    }
    #expect(mdp.outcomes[0] == [[outcome(-1, -1), outcome(1, 0)]])
    #expect(mdp.outcomes[9] == [[outcome(8, 0), outcome(10, 0)]])
    #expect(mdp.outcomes[18] == [[outcome(17, 0), outcome(-1, 1)]])
  }

  @Test("The scene is a row of states between its rewarded ends")
  func scene() throws {
    var world = RandomWalk.five
    try world.begin(in: [0])
    guard case .grid(let still) = world.scene(lastAction: nil) else {
      Issue.record("no grid")
      return
    }
    #expect(still.map.rows == 1 && still.map.columns == 7)
    #expect(still.map.squares == [.pit, .floor, .floor, .start, .floor, .floor, .goal])
    #expect(still.map.endRewards == [0, 1])
    #expect(still.map.states == [-1, 0, 1, 2, 3, 4, -1])
    #expect(still.agent == 1 && still.previous == nil)
    var random = RandomStream(seed: 0)
    _ = world.step(0, random: &random)
    guard case .grid(let moved) = world.scene(lastAction: 0) else { return }
    #expect([0, 2].contains(moved.agent) && moved.previous == 1)
  }

  @Test("A state that is none is refused")
  func states() {
    var world = RandomWalk.five
    #expect(throws: WorldStateError.noSuchState(found: 5, states: 5)) { try world.begin(in: [5]) }
    #expect(throws: WorldStateError.noSuchState(found: -1, states: 5)) {
      try world.begin(in: [-1])
    }
    #expect(throws: WorldStateError.wrongCount(found: 2, expected: 1)) {
      try world.begin(in: [1, 2])
    }
  }

  @Test("They are made by name and have no settings")
  func registry() throws {
    let registry = EnvironmentRegistry()
    for name in ["RandomWalk-5", "RandomWalk-19"] {
      #expect(try registry.make(name).specification.name == name)
      #expect(throws: EnvironmentError.self) {
        try registry.make(name, settings: [("slip", "0.1")])
      }
    }
  }
}

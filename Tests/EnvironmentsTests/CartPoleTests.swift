import Environments
import Randomness
import Scenes
import TestSupport
import Testing

@Suite("CartPole")
struct CartPoleTests {
  @Test("CartPole keeps the promises of every environment")
  func conformance() {
    #expect(EnvironmentConformance(CartPole()).problems() == [])
  }

  @Test("A reset draws four numbers from ±0.05 and goes on in the stream, never reseeding it")
  func resets() {
    var world = CartPole()
    var random = RandomStream(seed: 7, key: 3)
    var means = [0.0, 0.0, 0.0, 0.0]
    var seen: Set<[Double]> = []
    for _ in 0..<4000 {
      world.reset(start: nil, random: &random)
      let state = world.worldState
      #expect(state.allSatisfy { $0 >= -0.05 && $0 <= 0.05 })
      for index in 0..<4 { means[index] += state[index] / 4000 }
      seen.insert(state)
    }
    #expect(seen.count == 4000)
    // Four standard errors of the mean of 4000 draws from a range of 0.1.
    #expect(means.allSatisfy { abs($0) < 4 * 0.1 / (12.0 * 4000).squareRoot() })
  }

  @Test("A worker's episodes depend on the key of its stream alone")
  func streams() {
    func episodes(key: UInt64, others: Int) -> [[Double]] {
      var streams = (0...others).map { RandomStream(seed: 5, key: UInt64($0)) }
      var worlds = [CartPole](repeating: CartPole(), count: others + 1)
      return (0..<5).map { _ in
        for index in worlds.indices { worlds[index].reset(start: nil, random: &streams[index]) }
        return worlds[Int(key)].worldState
      }
    }
    #expect(episodes(key: 0, others: 0) == episodes(key: 0, others: 7))
    #expect(episodes(key: 0, others: 7) != episodes(key: 1, others: 7))
  }

  @Test("The failing step is rewarded too, and leaves the failed state to be seen")
  func failingStep() throws {
    var world = CartPole()
    var random = RandomStream(seed: 1)
    try world.begin(in: [2.39, 3, 0, 0])
    let outcome = world.step(1, random: &random)
    #expect(outcome == StepOutcome(reward: 1, terminated: true, truncated: false))
    #expect(world.state.position > 2.4)
  }

  @Test("The limit of 500 steps counts from a state that is begun in")
  func limitFromBegin() throws {
    var world = CartPole()
    var random = RandomStream(seed: 1)
    try world.begin(in: [0.1, 0, 0.01, 0])
    var steps = 0
    var outcome = StepOutcome(reward: 0, terminated: false, truncated: false)
    while !outcome.ended {
      // A hand-made controller that balances for as long as one likes.
      let state = world.state
      let lean = state.angle + 0.3 * state.angularVelocity
      outcome = world.step(
        lean + 0.05 * state.position + 0.1 * state.velocity > 0 ? 1 : 0, random: &random)
      steps += 1
    }
    #expect(outcome == StepOutcome(reward: 1, terminated: false, truncated: true))
    #expect(steps == 500)
  }

  @Test("A state of the wrong size or without a number is refused in one sentence")
  func badStates() {
    var world = CartPole()
    #expect(throws: WorldStateError.wrongCount(found: 3, expected: 4)) {
      try world.begin(in: [0, 0, 0])
    }
    #expect(throws: WorldStateError.notFinite(index: 2)) {
      try world.begin(in: [0, 0, .nan, 0])
    }
    #expect(
      WorldStateError.wrongCount(found: 3, expected: 4).description
        == "a state has 4 numbers, found 3")
    #expect(
      WorldStateError.notFinite(index: 2).description == "number 2 of the state is not finite")
  }

  @Test("The observation's bounds are not the limits of the episode")
  func spaces() throws {
    let specification = CartPole().specification
    guard case .box(let quantities) = specification.observation else {
      Issue.record("CartPole is observed as numbers")
      return
    }
    #expect(quantities[0].high == 4.8)
    #expect(abs(quantities[2].high - 0.418_879_02) < 1e-8)
    #expect(CartPole.Constants().positionLimit == 2.4)
    #expect(CartPole.Constants().angleLimit == 0.209_439_510_239_319_53)
    #expect(specification.stepLimit == 500)
  }

  @Test("The scene shows the pole where it points and an arrow on the side that is pushed")
  func scene() throws {
    var world = CartPole()
    try world.begin(in: [1, 0, .pi / 2, 0])
    guard case .figure(let figure) = world.scene(lastAction: 0) else {
      Issue.record("CartPole is a figure")
      return
    }
    var poleTip: Point?
    var arrowTip: Point?
    for case .line(_, let end, let role) in figure.shapes {
      if role == .limb { poleTip = end }
      if role == .force { arrowTip = end }
    }
    #expect(abs(try #require(poleTip).x - 2) < 1e-12)
    #expect(try #require(arrowTip).x < 0.75)
    guard case .figure(let still) = world.scene(lastAction: nil) else { return }
    #expect(still.shapes.count == figure.shapes.count - 2)
  }
}

import Environments
import Randomness
import Scenes
import TestSupport
import Testing

@Suite("Acrobot")
struct AcrobotTests {
  private var random = RandomStream(seed: 3)

  @Test("Acrobot keeps the promises of every environment")
  func conformance() {
    #expect(EnvironmentConformance(Acrobot()).problems() == [])
  }

  @Test("A reset draws four numbers from ±0.1")
  mutating func resets() {
    var world = Acrobot()
    var means = [0.0, 0.0, 0.0, 0.0]
    for _ in 0..<4000 {
      world.reset(start: nil, random: &random)
      #expect(world.worldState.allSatisfy { abs($0) <= 0.1 })
      for index in 0..<4 { means[index] += world.worldState[index] / 4000 }
    }
    // Four standard errors of the mean of 4000 draws from a range of 0.2.
    #expect(means.allSatisfy { abs($0) < 4 * 0.2 / (12.0 * 4000).squareRoot() })
  }

  /// The links' energy, in J, from the book's masses and moments.
  private func energy(of state: Acrobot.State) -> Double {
    let (c1, c2) = (cosine(state.upperAngle), cosine(state.lowerAngle))
    let c12 = cosine(state.upperAngle + state.lowerAngle)
    let (w1, w2) = (state.upperRate, state.lowerRate)
    // Half the quadratic form of the moments d1, d2 and 1.25, and the height of both masses.
    let d1 = 0.25 + (1 + 0.25 + c2) + 2
    let d2 = 0.25 + 0.5 * c2 + 1
    let kinetic = (d1 * w1 * w1 + 2 * d2 * w1 * w2 + 1.25 * w2 * w2) / 2
    return kinetic - 9.8 * (1.5 * c1 + 0.5 * c12)
  }

  private func cosine(_ angle: Double) -> Double {
    var world = Acrobot()
    var observation = [Float](repeating: 0, count: 6)
    let rest = angle.remainder(dividingBy: 2 * .pi)
    (try? world.begin(in: [rest, 0, 0, 0])).map { world.observe(into: &observation) }
    return Double(observation[0])
  }

  @Test("Without a torque the links keep their energy, as far as fourth order goes")
  func energy() throws {
    var constants = Acrobot.Constants()
    constants.timeStep = 0.01
    var state = Acrobot.State(upperAngle: 1, lowerAngle: -0.7, upperRate: 1, lowerRate: 2)
    let before = energy(of: state)
    for _ in 0..<500 { state = Acrobot.successor(of: state, torque: 0, constants: constants) }
    // The cosines are those of the observation, in single precision.
    #expect(abs(energy(of: state) - before) < 1e-5)
    state = Acrobot.successor(of: state, torque: 5, constants: constants)
    #expect(abs(energy(of: state) - before) > 1e-3)
  }

  @Test("The step that gets high enough is the only one that costs nothing")
  mutating func arrival() throws {
    var world = Acrobot()
    try world.begin(in: [1.9, 0.05, 2, 0.5])
    #expect(
      world.step(2, random: &random) == StepOutcome(reward: 0, terminated: true, truncated: false))
    #expect(Acrobot.height(of: world.state) > 1)
    try world.begin(in: [0, 0, 0, 0])
    #expect(
      world.step(2, random: &random)
        == StepOutcome(reward: -1, terminated: false, truncated: false))
  }

  @Test("Arriving on step 500 is terminated and truncated; 500 steps are the limit")
  mutating func bothFlags() throws {
    var world = Acrobot()
    try world.restore(checking: [1.9, 0.05, 2, 0.5, 499])
    #expect(
      world.step(2, random: &random) == StepOutcome(reward: 0, terminated: true, truncated: true))
    try world.restore(checking: [0, 0, 0, 0, 498])
    #expect(!world.step(1, random: &random).truncated)
    #expect(
      world.step(1, random: &random) == StepOutcome(reward: -1, terminated: false, truncated: true))
  }

  @Test("An angle of more than half a turn and a rate beyond its limit are refused")
  func badStates() {
    var world = Acrobot()
    for (index, value) in [(0, 3.2), (1, -3.2), (2, 12.6), (3, -28.3)] {
      var state = [0.0, 0, 0, 0]
      state[index] = value
      let error = #expect(throws: WorldStateError.self) { try world.begin(in: state) }
      #expect(error?.description.hasPrefix("number \(index) of the state is \(value)") == true)
    }
    #expect(throws: WorldStateError.wrongCount(found: 5, expected: 4)) {
      try world.begin(in: [0, 0, 0, 0, 0])
    }
  }

  @Test("The links hang together, and the free end is drawn as high as it is")
  mutating func scene() throws {
    var world = Acrobot()
    try world.begin(in: [.pi / 2, .pi / 2, 0, 0])
    let drawn = figure(of: world, action: 1)
    let links = drawn.lines(.limb)
    #expect(links.count == 2 && links[0].end == links[1].start)
    #expect(abs(links[0].end.x - 1) < 1e-12 && abs(links[1].end.y - 1) < 1e-12)
    #expect(abs(Acrobot.height(of: world.state) - links[1].end.y) < 1e-12)
    #expect(drawn.lines(.goal).first?.end.y == 1)
    #expect(drawn.paths(.force).isEmpty)

    let joint = links[0].end
    for (action, turn) in [(0, -1.0), (2, 1)] {
      let arc = try #require(figure(of: world, action: action).paths(.force).first)
      let (a, b) = (arc[0], arc[arc.count - 1])
      let cross = (a.x - joint.x) * (b.y - joint.y) - (a.y - joint.y) * (b.x - joint.x)
      #expect(cross * turn > 0)
    }
  }
}

import Environments
import Randomness
import Scenes
import TestSupport
import Testing

@Suite("MountainCar, with pushes and with forces")
struct MountainCarTests {
  private var random = RandomStream(seed: 3)

  @Test("Both keep the promises of every environment")
  func conformance() {
    #expect(EnvironmentConformance(MountainCar()).problems() == [])
    #expect(EnvironmentConformance(MountainCarContinuous()).problems() == [])
  }

  @Test("A reset puts the car at rest, anywhere from -0.6 to -0.4")
  mutating func resets() {
    let worlds: [any Environment] = [MountainCar(), MountainCarContinuous()]
    for var world in worlds {
      var mean = 0.0
      for _ in 0..<4000 {
        world.reset(start: nil, random: &random)
        let state = world.worldState
        #expect((-0.6001 ... -0.3999).contains(state[0]) && state[1] == 0)
        mean += state[0] / 4000
      }
      // Four standard errors of the mean of 4000 draws from a range of 0.2.
      #expect(abs(mean + 0.5) < 4 * 0.2 / (12.0 * 4000).squareRoot())
    }
  }

  @Test("Pushing along the velocity reaches the flag, pushing to the right alone does not")
  mutating func swinging() throws {
    var world = MountainCar()
    try world.begin(in: [-0.5, 0])
    var outcome = StepOutcome(reward: 0, terminated: false, truncated: false)
    while !outcome.ended {
      outcome = world.step(world.state.velocity < 0 ? 0 : 2, random: &random)
    }
    #expect(outcome.terminated && !outcome.truncated && world.state.position >= 0.5)

    try world.begin(in: [-0.5, 0])
    repeat { outcome = world.step(2, random: &random) } while !outcome.ended
    #expect(outcome == StepOutcome(reward: -1, terminated: false, truncated: true))
  }

  @Test("Arriving on the last step allowed is terminated and truncated")
  mutating func bothFlags() throws {
    var discrete = MountainCar()
    try discrete.restore(checking: [0.49, 0.05, 199])
    #expect(
      discrete.step(2, random: &random)
        == StepOutcome(reward: -1, terminated: true, truncated: true))
    var continuous = MountainCarContinuous()
    try continuous.restore(checking: [0.44, 0.05, 998])
    #expect(
      continuous.step(continuous: 0, random: &random)
        == StepOutcome(reward: 100, terminated: true, truncated: true))
    try continuous.restore(checking: [0.44, 0.05, 997])
    #expect(!continuous.step(continuous: 0, random: &random).truncated)
  }

  @Test("Past the flag but rolling back is no arrival")
  mutating func rollingBack() throws {
    var world = MountainCar()
    try world.begin(in: [0.55, -0.01])
    #expect(!world.step(0, random: &random).terminated)
    var continuous = MountainCarContinuous()
    try continuous.begin(in: [0.55, -0.01])
    #expect(!continuous.step(continuous: -1, random: &random).terminated)
  }

  @Test("A force beyond ±1 pushes no more than 1, and is paid for in full")
  mutating func unclippedReward() throws {
    var states: [[Double]] = []
    for (force, reward) in [(1.5, -0.225), (3.0, -0.9)] {
      var world = MountainCarContinuous()
      try world.begin(in: [-0.5, 0])
      let outcome = world.step(continuous: force, random: &random)
      #expect(abs(outcome.reward - reward) < 1e-12)
      #expect(world.lastForce == 1)
      states.append(world.worldState)
    }
    #expect(states[0] == states[1])
  }

  @Test("States are kept in single precision, and those beyond the road are refused")
  func states() throws {
    var world = MountainCarContinuous()
    try world.begin(in: [-1.2, -0.07])
    #expect(world.worldState == [Double(Float(-1.2)), Double(Float(-0.07))])
    #expect(throws: WorldStateError.self) { try world.begin(in: [-1.21, 0]) }
    #expect(throws: WorldStateError.self) { try world.begin(in: [0, 0.071]) }
    #expect(throws: WorldStateError.notFinite(index: 1)) { try world.begin(in: [0, .infinity]) }
    var other = MountainCar()
    let error = #expect(throws: WorldStateError.self) { try other.begin(in: [0.7, 0]) }
    #expect(error?.description == "number 0 of the state is 0.7, accepted is from -1.2 to 0.6")
  }

  @Test("The car stands on the road, and its arrow points where it was pushed")
  mutating func scene() throws {
    var world = MountainCar()
    for (position, action, side) in [(-0.5, 2, 1.0), (0.3, 0, -1), (-1.1, 0, -1)] {
      try world.begin(in: [position, 0])
      let drawn = figure(of: world, action: action)
      let arrow = try #require(drawn.lines(.force).first)
      #expect((arrow.end.x - arrow.start.x) * side > 0.2 && arrow.end.y == arrow.start.y)
      let road = try #require(drawn.paths(.ground).first)
      let below = try #require(road.last { $0.x <= position + 1e-9 })
      var bottom: Double?
      for case .rectangle(let corner, _, .body) in drawn.shapes { bottom = corner.y }
      #expect(abs(try #require(bottom) - below.y) < 0.1)
      #expect(figure(of: world, action: 1).lines(.force).isEmpty)
    }
    var continuous = MountainCarContinuous()
    try continuous.begin(in: [-0.5, 0])
    var lengths: [Double] = []
    for force in [-0.3, -1.0, -7.0] {
      _ = continuous.step(continuous: force, random: &random)
      let arrow = try #require(figure(of: continuous).lines(.force).first)
      lengths.append(arrow.start.x - arrow.end.x)
    }
    #expect(0 < lengths[0] && lengths[0] < lengths[1] && abs(lengths[1] - lengths[2]) < 1e-12)
  }
}

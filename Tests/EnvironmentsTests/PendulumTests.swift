import Environments
import Randomness
import Scenes
import TestSupport
import Testing

@Suite("Pendulum")
struct PendulumTests {
  private var random = RandomStream(seed: 3)

  @Test("Pendulum keeps the promises of every environment")
  func conformance() {
    #expect(EnvironmentConformance(Pendulum()).problems() == [])
  }

  @Test("A reset draws the angle from the whole circle and the rate from ±1")
  mutating func resets() {
    var world = Pendulum()
    var quarters = [0, 0, 0, 0]
    for _ in 0..<4000 {
      world.reset(start: nil, random: &random)
      let state = world.state
      #expect(abs(state.angle) <= .pi && abs(state.angularVelocity) <= 1)
      quarters[(state.angle < 0 ? 0 : 1) + (state.angularVelocity < 0 ? 0 : 2)] += 1
    }
    // Four standard deviations of a count of 4000 draws, a quarter of them each.
    #expect(quarters.allSatisfy { abs(Double($0) - 1000) < 4 * (4000 * 0.1875).squareRoot() })
  }

  @Test("The cost is that of the state before the step, its angle wrapped into [-pi, pi)")
  mutating func cost() throws {
    var world = Pendulum()
    try world.begin(in: [.pi, 0])
    #expect(world.step(continuous: 0, random: &random).reward == -.pi * .pi)
    for turns in [-3.0, -1, 0, 1, 2] {
      let angle = 0.5 + 2 * .pi * turns
      #expect(abs(Pendulum.wrapped(angle) - 0.5) < 1e-12)
      #expect(
        abs(
          Pendulum.cost(of: Pendulum.State(angle: angle, angularVelocity: 2), torque: 1)
            - (0.25 + 0.4 + 0.001)) < 1e-12)
    }
    #expect(Pendulum.wrapped(.pi) == -.pi && Pendulum.wrapped(-.pi) == -.pi)
  }

  @Test("An episode is truncated after 200 steps from where it is begun, and never terminated")
  mutating func limit() throws {
    var world = Pendulum()
    try world.begin(in: [0.3, -8])
    for step in 1...200 {
      let outcome = world.step(continuous: step % 7 < 3 ? 2 : -2, random: &random)
      #expect(!outcome.terminated && outcome.truncated == (step == 200))
      #expect(abs(world.state.angularVelocity) <= 8)
    }
  }

  @Test("A state that no episode has is refused in one sentence")
  func badStates() {
    var world = Pendulum()
    #expect(throws: WorldStateError.wrongCount(found: 3, expected: 2)) {
      try world.begin(in: [0, 0, 0])
    }
    #expect(throws: WorldStateError.notFinite(index: 0)) { try world.begin(in: [.nan, 0]) }
    let error = #expect(throws: WorldStateError.self) { try world.begin(in: [0, 8.5]) }
    #expect(error?.description == "number 1 of the state is 8.5, accepted is from -8.0 to 8.0")
    #expect(world.state == Pendulum.State(angle: .pi, angularVelocity: 0))
  }

  @Test("The rod points where it is, and the arrow turns the way the torque did")
  mutating func scene() throws {
    var world = Pendulum()
    // A quarter turn counter-clockwise is to the left.
    try world.begin(in: [.pi / 2, 0])
    #expect(figure(of: world).paths(.force).isEmpty)
    let tip = try #require(figure(of: world).lines(.limb).first).end
    #expect(abs(tip.x + 1) < 1e-12 && abs(tip.y) < 1e-12)

    for (torque, turn) in [(2.0, 1.0), (0.7, 1), (-2, -1), (-0.7, -1)] {
      try world.begin(in: [.pi / 2, 0])
      _ = world.step(continuous: torque, random: &random)
      let arc = try #require(figure(of: world).paths(.force).first)
      let (from, to) = (arc[0], arc[arc.count - 1])
      #expect((from.x * to.y - from.y * to.x) * turn > 0)
    }
    _ = world.step(continuous: 0.001, random: &random)
    #expect(figure(of: world).paths(.force).isEmpty)
    world.reset(start: nil, random: &random)
    #expect(world.lastTorque == nil)
  }
}

/// The figure a world is drawn as; an empty one where it is none.
func figure(of world: some Environment, action: Int? = nil) -> Figure {
  guard case .figure(let figure) = world.scene(lastAction: action) else {
    return Figure(lowerLeft: Point(0, 0), upperRight: Point(0, 0), shapes: [])
  }
  return figure
}

extension Figure {
  /// The straight lines of a role.
  func lines(_ role: Role) -> [(start: Point, end: Point)] {
    shapes.compactMap { shape in
      guard case .line(let a, let b, role) = shape else { return nil }
      return (a, b)
    }
  }

  /// The connected lines of a role.
  func paths(_ role: Role) -> [[Point]] {
    shapes.compactMap { shape in
      guard case .path(let points, role) = shape else { return nil }
      return points
    }
  }
}

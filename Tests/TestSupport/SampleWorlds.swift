internal import Scenes
internal import Telemetry

/// A made-up world with a made-up agent in it, for recordings: what the recorder would have seen.
protocol SampleWorld {
  /// Its whole state.
  var state: [Double] { get }
  /// What the agent sees of it.
  var observation: [Float] { get }
  /// What it looks like, with the action that led here.
  func scene(after action: Int?) -> Scene
  /// The policy's logits after `progress` of the training, 0 to 1.
  func logits(progress: Double) -> [Float]
  /// The critic's value after `progress` of the training, 0 to 1.
  func value(progress: Double) -> Float
  /// Begins an episode.
  mutating func reset(_ chance: inout SampleChance)
  /// Takes an action.
  mutating func step(_ action: Int) -> (reward: Float, terminated: Bool, truncated: Bool)
  /// The world in a state.
  func restored(from state: [Double]) -> Self
}

/// CartPole's equations with a time limit of 60 steps, and a policy that pushes under the pole.
struct SampleCart: SampleWorld {
  static let timeLimit = 60.0
  private var x = 0.0
  private var v = 0.0
  private var angle = 0.0
  private var spin = 0.0
  private var steps = 0.0

  var state: [Double] { [x, v, angle, spin, steps] }
  var observation: [Float] { [Float(x), Float(v), Float(angle), Float(spin)] }

  func scene(after action: Int?) -> Scene {
    SampleScenes.cartPole(
      position: x, angle: angle, push: action.map { $0 == 1 ? 1 : -1 } ?? 0)
  }

  func logits(progress: Double) -> [Float] {
    let lean = (0.5 + 4 * progress) * (4 * angle + 1.2 * spin + 0.1 * x + 0.2 * v)
    return [Float(-lean / 2), Float(lean / 2)]
  }

  func value(progress: Double) -> Float {
    let upright = max(0, 1 - abs(angle + 0.2 * spin) / 0.3)
    return Float(4 + progress * 50 * upright)
  }

  mutating func reset(_ chance: inout SampleChance) {
    x = 0.1 * chance.unit() - 0.05
    v = 0.1 * chance.unit() - 0.05
    angle = 0.1 * chance.unit() - 0.05
    spin = 0.1 * chance.unit() - 0.05
    steps = 0
  }

  mutating func step(_ action: Int) -> (reward: Float, terminated: Bool, truncated: Bool) {
    let (sine, cosine) = (SampleMath.sin(angle), SampleMath.cos(angle))
    let push = ((action == 1 ? 10 : -10) + 0.05 * spin * spin * sine) / 1.1
    let twist =
      (9.8 * sine - cosine * push) / (0.5 * (4.0 / 3 - 0.1 * cosine * cosine / 1.1))
    let pull = push - 0.05 * twist * cosine / 1.1
    x += 0.02 * v
    v += 0.02 * pull
    angle += 0.02 * spin
    spin += 0.02 * twist
    steps += 1
    return (1, abs(x) > 2.4 || abs(angle) > 0.2095, steps >= Self.timeLimit)
  }

  func restored(from state: [Double]) -> SampleCart {
    var cart = self
    (cart.x, cart.v, cart.angle, cart.spin) = (state[0], state[1], state[2], state[3])
    cart.steps = state[4]
    return cart
  }
}

/// A walker in a maze with a time limit of 40 steps, drawn to the best neighbouring square.
struct SampleWalker: SampleWorld {
  static let timeLimit = 40.0
  let map: GridMap
  private let best: [Double]
  private var square = 0
  private var previous = -1
  private var steps = 0.0

  init(map: GridMap) {
    self.map = map
    best = SampleScenes.layers(of: map).best
  }

  var state: [Double] { [Double(square), Double(previous), steps] }
  var observation: [Float] { [Float(max(0, map.states[square]))] }

  func scene(after action: Int?) -> Scene {
    .grid(GridScene(map: map, agent: square, previous: previous < 0 ? nil : previous))
  }

  func logits(progress: Double) -> [Float] {
    (0..<4).map { Float((6 + 50 * progress) * worth(of: target(of: $0))) }
  }

  func value(progress: Double) -> Float { Float((0.2 + 0.7 * progress) * worth(of: square)) }

  mutating func reset(_ chance: inout SampleChance) {
    let starts = map.squares.indices.filter { map.squares[$0] == .start }
    square = starts[chance.below(starts.count)]
    previous = -1
    steps = 0
  }

  mutating func step(_ action: Int) -> (reward: Float, terminated: Bool, truncated: Bool) {
    previous = square
    square = target(of: action)
    steps += 1
    switch map.squares[square] {
    case .goal: return (1, true, false)
    case .pit: return (-1, true, false)
    default: return (-0.01, false, steps >= Self.timeLimit)
    }
  }

  func restored(from state: [Double]) -> SampleWalker {
    var walker = self
    walker.square = Int(state[0])
    walker.previous = Int(state[1])
    walker.steps = state[2]
    return walker
  }

  private func target(of action: Int) -> Int {
    let next = square + [-map.columns, 1, map.columns, -1][action]
    return map.squares.indices.contains(next) && map.squares[next] != .wall ? next : square
  }

  private func worth(of square: Int) -> Double {
    switch map.squares[square] {
    case .goal: 1
    case .pit: -1
    default: map.states[square] >= 0 ? best[map.states[square]] : 0
    }
  }
}

import CellCanvas
import Screens
import Telemetry
import TestSupport

/// An interface under test: a state, a snapshot, and keys to press.
struct InterfaceBench {
  var state = InterfaceState(columns: 120, rows: 36)
  var snapshot: EngineSnapshot
  var effects: [Effect] = []

  init(_ snapshot: EngineSnapshot = SampleSnapshots.cartPole()) {
    self.snapshot = snapshot
    send(.tick(seconds: 0))
  }

  static let catalogue = Catalogue(
    environments: [
      .init(name: "CartPole-v1", summary: "Keep the pole upright by pushing the cart."),
      .init(name: "Maze/corridor", summary: "Eight squares in a row."),
      .init(name: "Maze/rooms", summary: "Four rooms with narrow doors."),
    ],
    agents: [
      .init(name: "a3c", summary: "Asynchronous advantage actor-critic."),
      .init(name: "a2c", summary: "Advantage actor-critic with a barrier."),
    ],
    presets: [
      .init(
        name: "cartpole-a3c", summary: "Solved in a second.", environment: "CartPole-v1",
        agent: "a3c"),
      .init(
        name: "cartpole-a3c-slow", summary: "To be followed by eye.", environment: "CartPole-v1",
        agent: "a3c"),
      .init(
        name: "cartpole-a2c", summary: "With a barrier.", environment: "CartPole-v1", agent: "a2c"),
      .init(
        name: "corridor-a3c", summary: "A short way.", environment: "Maze/corridor", agent: "a3c"),
    ])

  /// The effects of one event alone.
  @discardableResult
  mutating func send(_ event: InterfaceEvent) -> [Effect] {
    effects = update(&state, event: event, snapshot: snapshot, catalogue: Self.catalogue)
    return effects
  }

  @discardableResult
  mutating func press(_ key: Key) -> [Effect] { send(.key(key)) }

  mutating func type(_ text: String) {
    for character in text { press(.character(character)) }
  }

  /// What the engine is asked to do, what is looked at left out.
  var commands: [EngineCommand] {
    effects.compactMap { effect in
      guard case .engine(let command) = effect else { return nil }
      if case .show = command { return nil }
      return command
    }
  }

  func frame(columns: Int? = nil, rows: Int? = nil, look: Look = Look()) -> Canvas {
    Screens.frame(
      state: state, snapshot: snapshot, catalogue: Self.catalogue,
      size: Size(columns: columns ?? state.columns, rows: rows ?? state.rows), look: look)
  }

  func text(columns: Int? = nil, rows: Int? = nil) -> String {
    frame(columns: columns, rows: rows).plainText.joined(separator: "\n")
  }
}

internal import Scenes

/// Fetch a passenger at one of four places and bring it to another.
///
/// | | |
/// |---|---|
/// | observation | the index of a `TaxiState`, 0 to 499 |
/// | actions | 0 south, 1 north, 2 east, 3 west, 4 pickup, 5 dropoff; at a wall the taxi stays |
/// | reward | +20 for a passenger brought where it wants to go, -10 for a pickup or dropoff that cannot be, -1 for every other step |
/// | start | any square, passenger and destination at two different places: 300 states, uniformly |
/// | end | the passenger is where it wants to go; truncated after 200 steps |
///
/// Sources: Dietterich (2000), Section 3.1; Gymnasium's Taxi-v4.
public enum Taxi {
  /// Gymnasium's name.
  public static let name = "Taxi-v4"

  /// The world, in its first start.
  public static func make() -> TabularEnvironment {
    let states = (0..<TaxiState.count).map(TaxiState.init(index:))
    let picture = TaxiPicture()
    return TabularEnvironment(
      TabularWorld(
        specification, table: states.map { state in (0..<6).map { [transition(state, $0)] } },
        starts: states.filter { isStart($0) }.map(\.index)
      ) { state, previous in
        picture.scene(
          TaxiState(index: state), previous: previous.map { TaxiState(index: $0).square })
      })
  }

  /// The squares of the places R, G, Y and B, as row * 5 + column.
  static let places = [0, 4, 20, 23]
  /// Their letters.
  static let letters: [Unicode.Scalar] = ["R", "G", "Y", "B"]
  /// The squares with a wall between them and the next one to the east.
  static let walls = [1, 6, 15, 17, 20, 22]

  private static let stepLimit = 200

  private static var specification: EnvironmentSpecification {
    EnvironmentSpecification(
      name: name, summary: "fetch a passenger and bring it where it wants to go",
      observation: .discrete(TaxiState.count),
      actionSpace: .discrete(["south", "north", "east", "west", "pickup", "dropoff"]),
      stepLimit: stepLimit, stepsPerSecond: 4, solvedReturn: 8,
      rewards: "+20 for a passenger brought where it wants to go, -10 for a pickup or dropoff that "
        + "cannot be, -1 for every other step",
      begins: "taxi, passenger and destination drawn at random; the passenger has to go elsewhere",
      ends: "the passenger is where it wants to go; truncated after \(stepLimit) steps")
  }

  private static func isStart(_ state: TaxiState) -> Bool {
    state.passenger != TaxiState.inTaxi && state.passenger != state.destination
  }

  private static func transition(_ state: TaxiState, _ action: Int) -> TabularWorld.Transition {
    var next = state
    switch action {
    case 0: next.row = min(4, state.row + 1)
    case 1: next.row = max(0, state.row - 1)
    case 2: if state.column < 4, !walls.contains(state.square) { next.column += 1 }
    case 3: if state.column > 0, !walls.contains(state.square - 1) { next.column -= 1 }
    case 4: return pickup(state)
    default: return dropoff(state)
    }
    return TabularWorld.Transition(next: next.index, reward: -1, terminated: false)
  }

  private static func pickup(_ state: TaxiState) -> TabularWorld.Transition {
    guard state.passenger != TaxiState.inTaxi, places[state.passenger] == state.square else {
      return TabularWorld.Transition(next: state.index, reward: -10, terminated: false)
    }
    var next = state
    next.passenger = TaxiState.inTaxi
    return TabularWorld.Transition(next: next.index, reward: -1, terminated: false)
  }

  /// The passenger can get out at each of the four places, and is glad at one.
  private static func dropoff(_ state: TaxiState) -> TabularWorld.Transition {
    guard state.passenger == TaxiState.inTaxi, let place = places.firstIndex(of: state.square)
    else { return TabularWorld.Transition(next: state.index, reward: -10, terminated: false) }
    var next = state
    next.passenger = place
    let isThere = place == state.destination
    return TabularWorld.Transition(
      next: next.index, reward: isThere ? 20 : -1, terminated: isThere)
  }
}

internal import Scenes

/// What the taxi's town looks like. The states of its squares are those with the present passenger
/// and destination.
struct TaxiPicture: Sendable {
  /// For every place of the passenger and every destination a map, at `passenger * 4 + destination`.
  private let maps: [GridMap]

  init() {
    maps = (0..<20).map { rest in
      GridMap(
        rows: 5, columns: 5, squares: Array(repeating: .floor, count: 25),
        states: (0..<25).map { $0 * 20 + rest }, stateCount: TaxiState.count,
        actionSigns: [.down, .up, .right, .left, .letter("P"), .letter("D")],
        wallsToTheRight: Taxi.walls)
    }
  }

  /// The town with the taxi in it, which came from the square `previous`.
  func scene(_ state: TaxiState, previous: Int?) -> GridScene {
    let isRiding = state.passenger == TaxiState.inTaxi
    var marks = Taxi.places.indices.map { place in
      GridScene.Mark(
        square: Taxi.places[place], letter: Taxi.letters[place],
        role: place == state.destination ? .destination : .place)
    }
    if !isRiding {
      marks.append(
        GridScene.Mark(square: Taxi.places[state.passenger], letter: "p", role: .load))
    }
    let passenger = isRiding ? "taxi" : "\(Taxi.letters[state.passenger])"
    return GridScene(
      map: maps[state.passenger * 4 + state.destination], agent: state.square, previous: previous,
      marks: marks, carried: isRiding ? "p" : nil,
      caption: "passenger \(passenger) to \(Taxi.letters[state.destination])")
  }
}

internal import Environments
internal import Randomness
internal import Scenes

/// A state of a world, as `--state` names it.
struct StateOption {
  /// In the world's own terms.
  let values: [Double]
  /// What it is called.
  let name: String

  private static let option = "--state"

  /// The state written as `text`; without one, the first start or what a reset draws.
  ///
  /// - Throws: for a state that is none: a wall, a goal or a pit, outside the map, of another length.
  init(_ text: String?, in environment: any Environment, seed: UInt64) throws(InputError) {
    let map = Self.map(of: environment)
    guard let text else {
      if let start = environment.startStates.first {
        self.init(index: start, map: map)
      } else {
        var world = environment
        var random = RandomStream(seed: seed)
        world.reset(start: nil, random: &random)
        self.init(numbers: world.worldState)
      }
      return
    }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { String($0.filter { $0 != " " }) }
    if let map, parts.count == 2 {
      self.init(index: try Self.index(parts, text, in: map), map: map)
      return
    }
    let accepted = Self.accepted(in: environment, map: map)
    let numbers = parts.compactMap { Double($0) }
    guard numbers.count == parts.count, numbers.allSatisfy(\.isFinite) else {
      throw OptionValues.rejected(Self.option, text, accepted)
    }
    var world = environment
    do {
      try world.begin(in: numbers)
    } catch {
      guard case .ended = error else {
        throw OptionValues.rejected(Self.option, text, accepted)
      }
      throw InputError(
        "\(Self.option): found \(quoted(text)), where the episode has ended; accepted is a state "
          + "in which it goes on")
    }
    if let cart = world as? CartPole, CartPole.hasFailed(cart.state) {
      throw InputError(
        "\(Self.option): found \(quoted(text)), where the episode has ended; accepted is a state "
          + "within the limits of cart and pole")
    }
    if case .discrete = environment.specification.observation {
      self.init(index: Int(numbers[0]), map: map)
    } else {
      self.init(numbers: numbers)
    }
  }

  /// The map on which every state has its square; nil where there is none.
  private static func map(of environment: any Environment) -> GridMap? {
    if let maze = environment as? Maze { return maze.map }
    guard case .grid(let grid) = environment.scene(lastAction: nil), grid.map.rows > 1,
      grid.map.hasAllStates
    else { return nil }
    return grid.map
  }

  private init(numbers: [Double]) {
    values = numbers
    name = numbers.map { shown($0) }.joined(separator: ", ")
  }

  private init(index: Int, map: GridMap?) {
    values = [Double(index)]
    if let map, let square = map.states.firstIndex(of: index) {
      name = "\(index) (row \(square / map.columns) column \(square % map.columns))"
    } else {
      name = "\(index)"
    }
  }

  /// The index of the state in a row and a column.
  private static func index(
    _ parts: [String], _ text: String, in map: GridMap
  ) throws(InputError) -> Int {
    guard let row = Int(parts[0]), let column = Int(parts[1]), (0..<map.rows).contains(row),
      (0..<map.columns).contains(column)
    else {
      throw OptionValues.rejected(option, text, accepted(in: map))
    }
    let square = row * map.columns + column
    guard [.floor, .start].contains(map.squares[square]) else {
      let found =
        switch map.squares[square] {
        case .wall: "a wall"
        case .goal: "a goal, which ends the episode"
        case .pit: "a pit, where nobody stays"
        case .floor, .start: "no state"
        }
      throw InputError(
        "\(option): row \(row) column \(column) is \(found); accepted is a floor or start square")
    }
    return map.states[square]
  }

  private static func accepted(in map: GridMap) -> String {
    return "ROW,COLUMN from 0,0 to \(map.rows - 1),\(map.columns - 1), or the index of a state "
      + "from 0 to \(map.stateCount - 1)"
  }

  private static func accepted(in environment: any Environment, map: GridMap?) -> String {
    if let map { return accepted(in: map) }
    switch environment.specification.observation {
    case .discrete(let states): return "the index of a state from 0 to \(states - 1)"
    case .box(let quantities):
      let names = quantities.map(\.name).joined(separator: ", ")
      return "\(quantities.count) numbers separated by commas: \(names)"
    }
  }
}

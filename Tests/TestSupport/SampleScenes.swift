public import Scenes
public import Telemetry

/// Worlds to draw, made without an environment.
public enum SampleScenes {
  /// CartPole's picture: the cart at `position` metres, the pole `angle` radians from upright,
  /// pushed to the right (`push` 1), to the left (-1) or not at all (0).
  public static func cartPole(position x: Double, angle: Double, push: Double) -> Scene {
    let top = Point(x + SampleMath.sin(angle), 0.3 + SampleMath.cos(angle))
    var shapes: [Figure.Shape] = [
      .line(Point(-2.4, 0), Point(2.4, 0), .ground),
      .line(Point(-2.4, 0), Point(-2.4, 0.6), .limit),
      .line(Point(2.4, 0), Point(2.4, 0.6), .limit),
      .label(Point(-2.4, -0.12), "-2.4", .limit), .label(Point(2.4, -0.12), "2.4", .limit),
    ]
    for metre in -2...2 {
      shapes.append(.line(Point(Double(metre), 0), Point(Double(metre), -0.05), .ground))
      if abs(metre) < 2 {
        shapes.append(.label(Point(Double(metre), -0.12), "\(metre)", .ground))
      }
    }
    shapes += [
      .rectangle(Point(x - 0.25, 0.08), Point(x + 0.25, 0.3), .body),
      .disc(Point(x - 0.15, 0.06), radius: 0.06, .joint),
      .disc(Point(x + 0.15, 0.06), radius: 0.06, .joint),
      .line(Point(x, 0.3), top, .limb),
      .disc(Point(x, 0.3), radius: 0.04, .joint),
    ]
    if push != 0 {
      let tip = Point(x + push * 0.6, 0.19)
      shapes += [
        .line(Point(x + push * 0.3, 0.19), tip, .force),
        .path(
          [Point(tip.x - push * 0.1, 0.27), tip, Point(tip.x - push * 0.1, 0.11)], .force),
      ]
    }
    return .figure(
      Figure(lowerLeft: Point(-2.75, -0.2), upperRight: Point(2.75, 1.4), shapes: shapes))
  }

  /// A 12 by 8 maze with two pits.
  public static let smallMaze = map(
    """
    ############
    #S..#.....G#
    #.#.#.##.#.#
    #.#...#..#.#
    #.###.#P.#.#
    #...#.##.#.#
    #S#...P....#
    ############
    """)

  /// A 40 by 20 maze of rooms.
  public static let largeMaze: GridMap = {
    var rows: [String] = []
    for y in 0..<20 {
      var row = ""
      for x in 0..<40 {
        let edge = y == 0 || y == 19 || x == 0 || x == 39
        let wall = (x % 8 == 0 && (y * 7 + x) % 5 != 2) || (y % 5 == 0 && (x + y * 3) % 7 != 3)
        if edge {
          row += "#"
        } else if x == 1 && y == 1 || x == 1 && y == 18 {
          row += "S"
        } else if x == 38 && y == 18 {
          row += "G"
        } else if x % 11 == 7 && y % 6 == 3 {
          row += "P"
        } else {
          row += wall ? "#" : "."
        }
      }
      rows.append(row)
    }
    return map(rows.joined(separator: "\n"))
  }()

  /// A map from its text.
  public static func map(_ text: String) -> GridMap {
    let lines = text.split(separator: "\n")
    let squares = lines.flatMap { line in
      line.map { character -> GridMap.Square in
        switch character {
        case "#": .wall
        case "S": .start
        case "G": .goal
        case "P": .pit
        default: .floor
        }
      }
    }
    return GridMap(rows: lines.count, columns: lines.first?.count ?? 0, squares: squares)
  }

  /// Plausible layers over a map: the values of a policy half-way to the best one.
  public static func layers(of map: GridMap, discount: Double = 0.95) -> GridLayers {
    let best = evaluate(map, discount: discount, sharpness: 400)
    let exact = evaluate(map, discount: discount, sharpness: 25)
    var chance = SampleChance(seed: 5)
    let squares = Self.squares(of: map)
    let policy = best.indices.map { state in
      softmax(actionValues(map, best, squares[state], discount), sharpness: 25)
    }
    let critic = exact.map { $0 * 0.9 + 0.06 * chance.normal() }
    let visits = best.map { value in Int(3_000 * SampleMath.exp(-4 * chance.unit()) * (1 - value)) }
    return GridLayers(
      critic: critic, exact: exact, best: best, visits: visits.map { max(0, $0) }, policy: policy,
      regret: 0.034, update: 1_204, age: 0.4)
  }

  /// Values of the policy that is soft-greedy in its own values.
  private static func evaluate(_ map: GridMap, discount: Double, sharpness: Double) -> [Double] {
    let squares = Self.squares(of: map)
    var values = Array(repeating: 0.0, count: squares.count)
    for _ in 0..<90 {
      values = values.indices.map { state in
        let actions = actionValues(map, values, squares[state], discount)
        return zip(softmax(actions, sharpness: sharpness), actions).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    return values
  }

  /// The square of every state.
  private static func squares(of map: GridMap) -> [Int] {
    map.states.indices.filter { map.states[$0] >= 0 }
  }

  private static func actionValues(
    _ map: GridMap, _ values: [Double], _ square: Int, _ discount: Double
  ) -> [Double] {
    let row = square / map.columns
    let column = square % map.columns
    return [(-1, 0), (0, 1), (1, 0), (0, -1)].map { down, right in
      switch map[row + down, column + right] {
      case .goal: 1
      case .pit: -1
      case .wall: -0.01 + discount * values[map.states[square]]
      case .floor, .start:
        -0.01 + discount * values[map.states[(row + down) * map.columns + column + right]]
      }
    }
  }

  private static func softmax(_ values: [Double], sharpness: Double) -> [Double] {
    let most = values.max() ?? 0
    let weights = values.map { SampleMath.exp(sharpness * ($0 - most)) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }
}

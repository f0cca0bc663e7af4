/// The rules of a maze besides its map.
public struct MazeConfiguration: Sendable, Equatable {
  /// What a slip does.
  public enum SlipModel: String, Sendable, Hashable, CaseIterable {
    /// The agent goes to either side of where it meant to go, with slip / 2 each.
    case perpendicular
    /// The direction is replaced by one drawn uniformly from all four.
    case uniform
  }

  /// The reward of every step that does not enter a goal or a pit, bumps included; at most 1e6 in size.
  public var stepReward: Double
  /// How likely a step is to slip, 0 to 1.
  public var slip: Double
  /// What a slip does.
  public var slipModel: SlipModel
  /// Steps after which an episode is truncated, at least 1. Nil: ten times the number of
  /// non-terminal cells, at least 200 and at most 10 000.
  public var stepLimit: Int?

  /// Rules of a maze; the defaults are those of a map that states none.
  public init(
    stepReward: Double = -0.01, slip: Double = 0, slipModel: SlipModel = .perpendicular,
    stepLimit: Int? = nil
  ) {
    self.stepReward = stepReward
    self.slip = slip
    self.slipModel = slipModel
    self.stepLimit = stepLimit
  }

  /// What a rule is called, what it means, and what it is where nobody says.
  public typealias Documentation = (key: String, meaning: String, standard: String)

  /// The rules `set` knows, in the order they are listed to a user.
  public static let documentation: [Documentation] = [
    ("step-reward", "reward of a step that enters neither goal nor pit", "-0.01"),
    ("slip", "how likely a step is to slip, 0 to 1", "0"),
    ("slip-model", "what a slip does: perpendicular or uniform", "perpendicular"),
    ("step-limit", "steps after which an episode is cut", "10 for each cell, 200 to 10000"),
  ]

  /// The names `set` knows.
  public static let keys = documentation.map(\.key)

  /// What is wrong with a setting given as text.
  public enum Problem: Error, Sendable, Equatable {
    /// No setting has this name.
    case unknownKey
    /// The value is not one of those accepted; the text says which are.
    case badValue(accepted: String)
  }

  /// Sets the rule named `key` from text, as in a map's header or on the command line.
  ///
  /// - Throws: what is wrong with the key or the value; nothing is changed then.
  public mutating func set(_ key: String, to value: String) throws(Problem) {
    switch key {
    case "step-reward":
      guard let number = Double(value), abs(number) <= Self.greatestStepReward else {
        throw .badValue(accepted: "a finite number from -1e6 to 1e6")
      }
      stepReward = number
    case "slip":
      guard let number = Double(value), (0...1).contains(number) else {
        throw .badValue(accepted: "a probability from 0 to 1")
      }
      slip = number
    case "slip-model":
      guard let model = SlipModel(rawValue: value) else {
        throw .badValue(
          accepted: SlipModel.allCases.map(\.rawValue).joined(separator: " or "))
      }
      slipModel = model
    case "step-limit":
      guard let number = Int(value), (1...Self.longestEpisode).contains(number) else {
        throw .badValue(accepted: "a whole number from 1 to \(Self.longestEpisode)")
      }
      stepLimit = number
    default:
      throw .unknownKey
    }
  }

  /// The largest size of a step reward: values stay far from overflow.
  public static let greatestStepReward = 1e6

  /// The largest step limit that can be asked for.
  public static let longestEpisode = 1_000_000_000
}

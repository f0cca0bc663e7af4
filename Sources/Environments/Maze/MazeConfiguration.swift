/// The rules of a maze besides its map.
public struct MazeConfiguration: Sendable, Equatable {
  /// What a slip does.
  public enum SlipModel: String, Sendable, Hashable, CaseIterable {
    /// The agent goes to either side of where it meant to go, with slip / 2 each.
    case perpendicular
    /// The direction is replaced by one drawn uniformly from all four.
    case uniform
  }

  /// The reward of every step that does not enter a goal or a pit, bumps included; finite.
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

  /// The names `set` knows, in the order they are listed to a user.
  public static let keys = ["step-reward", "slip", "slip-model", "step-limit"]

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
      guard let number = Double(value), number.isFinite else {
        throw .badValue(accepted: "a finite number")
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

  /// The largest step limit that can be asked for.
  public static let longestEpisode = 1_000_000_000
}

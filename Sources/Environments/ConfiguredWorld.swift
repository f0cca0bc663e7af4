internal import Spelling

/// A built-in world that has settings: what they are, and how it is made from them.
struct ConfiguredWorld: Sendable {
  let name: String
  let documentation: [EnvironmentRegistry.SettingDocumentation]
  /// The world with the values that were given.
  let make: @Sendable (Values) throws(EnvironmentError) -> any Environment

  /// The world with settings as text, applied in order.
  func make(
    _ settings: [EnvironmentRegistry.Setting]
  ) throws(EnvironmentError) -> any Environment {
    let keys = documentation.map(\.key)
    var values = Values()
    for (key, value) in settings {
      let known = String(key.map { $0 == "-" ? "_" : $0 })
      guard keys.contains(known) else {
        throw .unknownSetting(
          key, environment: name, nearest: nearest(to: known, among: keys), accepted: keys)
      }
      values.texts[known] = value
    }
    return try make(values)
  }

  /// Values of settings as text, by key.
  struct Values {
    fileprivate(set) var texts: [String: String] = [:]

    /// Whether something holds: `true` or `false`.
    func flag(_ key: String, standard: Bool) throws(EnvironmentError) -> Bool {
      guard let text = texts[key] else { return standard }
      guard let value = Bool(text) else {
        throw .badSetting(key: key, value: text, accepted: "true or false")
      }
      return value
    }

    /// One of a few values with names.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
      _ key: String, standard: Choice
    ) throws(EnvironmentError) -> Choice {
      guard let text = texts[key] else { return standard }
      guard let value = Choice(rawValue: text) else {
        let names = Choice.allCases.map(\.rawValue)
        throw .badSetting(key: key, value: text, accepted: names.joined(separator: " or "))
      }
      return value
    }
  }
}

extension ConfiguredWorld {
  /// All of them.
  static let all = [cliffWalking, frozenLake]

  private static let slipperiness = "a step goes to either side with 1/3 each"

  private static let cliffWalking = ConfiguredWorld(
    name: CliffWalking.name, documentation: [("is_slippery", slipperiness, "false")]
  ) { values throws(EnvironmentError) in
    CliffWalking.make(isSlippery: try values.flag("is_slippery", standard: false))
  }

  private static let frozenLake = ConfiguredWorld(
    name: FrozenLake.name,
    documentation: [
      ("map_name", "the lake: 4x4 or 8x8", "4x4"), ("is_slippery", slipperiness, "true"),
    ]
  ) { values throws(EnvironmentError) in
    FrozenLake.make(
      try values.choice("map_name", standard: .small),
      isSlippery: try values.flag("is_slippery", standard: true))
  }
}

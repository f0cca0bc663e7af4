internal import Agents
internal import Environments
internal import Estimators
internal import Networks
internal import Spelling

extension Preset {
  /// A setting by name: how it reads its text.
  private struct Setting: Sendable {
    let key: String
    let take: @Sendable (inout Preset, SettingText) throws(SettingError) -> Void

    init(
      _ key: String,
      _ take: @escaping @Sendable (inout Preset, SettingText) throws(SettingError) -> Void
    ) {
      self.key = key
      self.take = take
    }
  }

  /// Every setting that shapes learning, in the order of the documentation.
  private static let settings: [Setting] = [
    Setting("estimator") { (p, t) throws(SettingError) in
      p.hyperparameters.estimator = try t.estimator()
    },
    Setting("gamma") { (p, t) throws(SettingError) in
      p.hyperparameters.discount = try t.number(in: 0...1, "a number from 0 to 1")
    },
    Setting("rollout_length") { (p, t) throws(SettingError) in
      p.hyperparameters.rolloutLength = try t.whole(in: 1...RunLimits.longestRollout)
    },
    Setting("learning_rate") { (p, t) throws(SettingError) in
      p.hyperparameters.learningRate = try t.number(
        in: Double.leastNormalMagnitude...RunLimits.greatestLearningRate, "a number above 0")
    },
    Setting("learning_rate_schedule") { (p, t) throws(SettingError) in
      p.hyperparameters.learningRateSchedule = try t.choice()
    },
    Setting("entropy_coefficient") { (p, t) throws(SettingError) in
      p.hyperparameters.entropyCoefficient = try t.number(
        in: 0...RunLimits.greatestCoefficient, "a number of at least 0")
    },
    Setting("value_coefficient") { (p, t) throws(SettingError) in
      p.hyperparameters.valueCoefficient = try t.number(
        in: 0...RunLimits.greatestCoefficient, "a number of at least 0")
    },
    Setting("max_gradient_norm") { (p, t) throws(SettingError) in
      p.hyperparameters.maxGradientNorm = try t.number(
        in: Double.leastNormalMagnitude...1e30, "a number above 0")
    },
    Setting("optimiser") { (p, t) throws(SettingError) in
      p.hyperparameters.optimiser = try t.optimiser(p.hyperparameters.optimiser)
    },
    Setting("decay") { (p, t) throws(SettingError) in
      let decay = Float(try t.number(in: 0...0.999_999, "a number from 0 to below 1"))
      p.hyperparameters.optimiser = p.hyperparameters.optimiser.with(decay: decay)
    },
    Setting("epsilon") { (p, t) throws(SettingError) in
      let epsilon = Float(try t.number(in: 1e-30...1, "a number above 0, at most 1"))
      p.hyperparameters.optimiser = p.hyperparameters.optimiser.with(epsilon: epsilon)
    },
    Setting("hidden") { (p, t) throws(SettingError) in p.hyperparameters.hidden = try t.widths() },
    Setting("activation") { (p, t) throws(SettingError) in
      p.hyperparameters.activation = try t.choice()
    },
    Setting("trunk") { (p, t) throws(SettingError) in p.hyperparameters.trunk = try t.choice() },
    Setting("workers") { (p, t) throws(SettingError) in
      p.workers = try t.whole(in: 1...RunLimits.mostWorkers)
    },
    Setting("steps") { (p, t) throws(SettingError) in p.steps = try t.whole(in: 1...Int.max) },
    Setting("speed") { (p, t) throws(SettingError) in
      p.speed = try t.number(in: 1e-3...1e6, "a number above 0")
    },
  ]

  /// The keys of all settings.
  public static var settingKeys: [String] { settings.map(\.key) }

  /// Takes the setting `key` from its text.
  ///
  /// - Throws: for an unknown key, with the nearest known one, and for a value out of range.
  public mutating func set(_ key: String, to value: String) throws(SettingError) {
    guard let setting = Self.settings.first(where: { $0.key == key }) else {
      throw .unknownKey(key, nearest: nearest(to: key, among: Self.settingKeys))
    }
    try setting.take(&self, SettingText(key: key, text: value))
  }
}

/// The text of a setting and the ways to read it.
struct SettingText {
  let key: String
  let text: String

  private func refuse(_ accepted: String) -> SettingError {
    .badValue(key: key, found: text, accepted: accepted)
  }

  func number(in range: ClosedRange<Double>, _ accepted: String) throws(SettingError) -> Double {
    guard let value = Double(text), value.isFinite, range.contains(value) else {
      throw refuse(accepted)
    }
    return value
  }

  func whole(in range: ClosedRange<Int>) throws(SettingError) -> Int {
    guard let value = WholeNumber.parse(text), range.contains(value) else {
      throw refuse(
        range.upperBound == .max
          ? "a whole number of at least \(range.lowerBound)"
          : "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  func estimator() throws(SettingError) -> ReturnEstimator {
    do {
      return try ReturnEstimator(parsing: text)
    } catch {
      throw refuse(
        "mc, td, nstep:N with N a whole number of at least 1, lambda:L with L from 0 to 1")
    }
  }

  func choice<Choice: RawRepresentable & CaseIterable>() throws(SettingError) -> Choice
  where Choice.RawValue == String {
    guard let value = Choice(rawValue: text) else {
      throw refuse(Choice.allCases.map(\.rawValue).joined(separator: " or "))
    }
    return value
  }

  func optimiser(_ present: Optimiser) throws(SettingError) -> Optimiser {
    switch text {
    case "rmsprop": return .rmsProp(present.constants(in: RMSProp()))
    case "rmsprop_torch":
      return .rmsProp(
        present.constants(in: RMSProp(epsilonPlacement: .outsideRoot, initialMeanSquare: 0)))
    case "adam": return .adam(Adam())
    case "sgd": return .sgd
    default: throw refuse("rmsprop, rmsprop_torch, adam or sgd")
    }
  }

  /// Widths as `64,64`; `none` for no hidden layer.
  func widths() throws(SettingError) -> [Int] {
    if text == "none" || text.isEmpty { return [] }
    let accepted = "none, or up to 4 widths from 1 to 1024 such as 64,64"
    var widths: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let trimmed = part.filter { $0 != " " && $0 != "[" && $0 != "]" }
      guard let width = Int(trimmed), (1...1024).contains(width) else { throw refuse(accepted) }
      widths.append(width)
    }
    guard widths.count <= 4 else { throw refuse(accepted) }
    return widths
  }
}

extension Optimiser {
  /// The constants that have been set already, in the other form of RMSProp: the order in which
  /// settings are given does not matter.
  func constants(in rule: RMSProp) -> RMSProp {
    guard case .rmsProp(let present) = self else { return rule }
    var rule = rule
    (rule.decay, rule.epsilon) = (present.decay, present.epsilon)
    return rule
  }

  func with(decay: Float) -> Optimiser {
    guard case .rmsProp(var rule) = self else { return self }
    rule.decay = decay
    return .rmsProp(rule)
  }

  func with(epsilon: Float) -> Optimiser {
    switch self {
    case .sgd: return self
    case .rmsProp(var rule):
      rule.epsilon = epsilon
      return .rmsProp(rule)
    case .adam(var rule):
      rule.epsilon = epsilon
      return .adam(rule)
    }
  }
}

/// Whole numbers as people write them.
public enum WholeNumber {
  /// Reads `500000`, `500_000`, `5e5`; nil for anything else.
  public static func parse(_ text: String) -> Int? {
    if let value = Int(text.filter { $0 != "_" }) { return value }
    guard text.contains("e") || text.contains("E"), let value = Double(text), value.isFinite,
      value.rounded() == value, abs(value) < 9e15
    else { return nil }
    return Int(value)
  }
}

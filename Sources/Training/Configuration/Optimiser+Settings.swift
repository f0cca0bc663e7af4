internal import Networks

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

  /// The name it is set by.
  var settingName: String {
    switch self {
    case .sgd: "sgd"
    case .adam: "adam"
    case .rmsProp(let rule):
      rule.epsilonPlacement == .outsideRoot ? "rmsprop_torch" : "rmsprop"
    }
  }

  /// Its decay of the mean square, where it has one.
  var decay: Float? {
    guard case .rmsProp(let rule) = self else { return nil }
    return rule.decay
  }

  /// Its epsilon, where it has one.
  var epsilon: Float? {
    switch self {
    case .sgd: nil
    case .rmsProp(let rule): rule.epsilon
    case .adam(let rule): rule.epsilon
    }
  }
}

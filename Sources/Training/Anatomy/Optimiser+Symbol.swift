internal import Networks

extension Optimiser {
  /// Its name, as formulas have it.
  var symbol: String {
    switch self {
    case .sgd: ""
    case .rmsProp: "RMSProp"
    case .adam: "Adam"
    }
  }
}

internal import CellCanvas
internal import Telemetry

/// One layer over a maze, ready to draw: a value for every state and the scale of its colours.
struct GridLayer {
  /// How values become colours.
  enum Ramp: Equatable {
    /// From the least to the greatest.
    case sequential(least: Double, greatest: Double)
    /// Zero in the middle; the greatest distance from it at the ends.
    case diverging(most: Double)
    /// Counts, by the logarithm of one more.
    case counts(greatest: Double)
  }

  let title: String
  /// A value for each state; empty where the layer has none (the bare map, the policy).
  let values: [Double]
  let ramp: Ramp
  /// Probabilities of the actions in each state, for the policy's arrows.
  let policy: [[Double]]
  /// Q of the actions in each state, and the way they lead; nil for other layers.
  let actionValues: GridActionValues?
  /// Whether there is less than the ramp's least.
  let isCut: Bool

  /// Values under a title.
  init(title: String, values: [Double], ramp: Ramp, policy: [[Double]] = []) {
    self.title = title
    self.values = values
    self.ramp = ramp
    self.policy = policy
    actionValues = nil
    isCut = false
  }

  /// Q of every action.
  init(_ actionValues: GridActionValues) {
    title = MazeLayer.actionValues.title(ofActionValues: true)
    self.actionValues = actionValues
    policy = []
    values = []
    let greatest = actionValues.values.compactMap { $0.max() }
    let all = Self.spanning(actionValues.values)
    // One action that costs much, such as a step off a cliff, shall not make all the others look alike.
    if case .sequential(let least, let most) = Self.spanning([greatest]),
      case .sequential(let leastOfAll, _) = all, leastOfAll < least - (most - least) / 2
    {
      ramp = .sequential(least: least - (most - least) / 2, greatest: most)
      isCut = true
    } else {
      ramp = all
      isCut = false
    }
  }

  init(_ layer: MazeLayer, of layers: GridLayers) {
    if layer == .actionValues, let actionValues = layers.actionValues {
      self.init(actionValues)
      return
    }
    let (values, ramp) = Self.values(of: layer, in: layers)
    self.init(
      title: layer.title(ofActionValues: layers.actionValues != nil), values: values, ramp: ramp,
      policy: layer == .policy ? layers.policy : [])
  }

  private static func values(
    of layer: MazeLayer, in layers: GridLayers
  ) -> (values: [Double], ramp: Ramp) {
    switch layer {
    case .none, .policy, .actionValues: return ([], .sequential(least: 0, greatest: 1))
    case .critic, .exact, .best:
      let values =
        layer == .critic ? layers.critic : layer == .exact ? layers.exact : layers.best
      // One scale for the three, so that the same colour is the same value in each.
      return (values, spanning([layers.critic, layers.exact, layers.best]))
    case .difference:
      let values = zip(layers.critic, layers.exact).map { $0 - $1 }
      let most = values.lazy.filter(\.isFinite).map(abs).max() ?? 0
      return (values, .diverging(most: most > 0 ? most : 1))
    case .visits:
      let values = layers.visits.map(Double.init)
      return (values, .counts(greatest: max(1, values.max() ?? 1)))
    }
  }

  private static func spanning(_ lists: [[Double]]) -> Ramp {
    var least = Double.infinity
    var greatest = -Double.infinity
    for list in lists {
      for value in list where value.isFinite {
        least = min(least, value)
        greatest = max(greatest, value)
      }
    }
    guard least < greatest else {
      return .sequential(
        least: least.isFinite ? least : 0, greatest: least.isFinite ? least + 1 : 1)
    }
    return .sequential(least: least, greatest: greatest)
  }

  /// Where a value stands on the ramp: 0 to 1, or -1 to 1 where zero is in the middle.
  func share(_ value: Double) -> Double {
    switch ramp {
    case .sequential(let least, let greatest): (value - least) / (greatest - least)
    case .diverging(let most): value / most
    case .counts(let greatest): Self.digits(value) / Self.digits(greatest)
    }
  }

  func color(_ value: Double, _ theme: Theme) -> Color {
    if case .diverging = ramp { return theme.diverging(share(value)) }
    return theme.sequential(share(value))
  }

  /// A sign for a value where there are no colours: shades, or minus and plus around zero.
  func sign(_ value: Double, _ glyphs: Glyphs) -> Unicode.Scalar {
    let share = share(value)
    guard share.isFinite else { return glyphs.missing }
    if case .diverging = ramp {
      return abs(share) < 0.15 ? " " : share < 0 ? "-" : "+"
    }
    return glyphs.shades[min(3, max(0, Int(share * 4)))]
  }

  /// A value in four columns.
  func text(_ value: Double) -> String {
    guard case .counts = ramp else { return NumberFormat.unit(value, width: 4) }
    guard value.isFinite, value < 1e9 else { return "   -" }
    let text =
      value < 10_000
      ? "\(Int(value))" : value < 1e6 ? "\(Int(value / 1e3))k" : "\(Int(value / 1e6))M"
    return String(repeating: " ", count: max(0, 4 - text.utf8.count)) + text
  }

  /// Bottom and top of the ramp as text.
  var ends: (String, String) {
    switch ramp {
    case .sequential(let least, let greatest):
      (
        (isCut ? "≤" : "") + NumberFormat.fixed(least, decimals: 2, sign: .always),
        NumberFormat.fixed(greatest, decimals: 2, sign: .always)
      )
    case .diverging(let most):
      (
        NumberFormat.fixed(-most, decimals: 2, sign: .always),
        NumberFormat.fixed(most, decimals: 2, sign: .always)
      )
    case .counts(let greatest): ("0", NumberFormat.compact(greatest))
    }
  }

  /// log2(1 + x) to a few digits: whole part by halving, the rest linear.
  private static func digits(_ value: Double) -> Double {
    guard value.isFinite, value > 0 else { return value.isFinite ? 0 : .nan }
    let x = value + 1
    return Double(x.exponent) + (x.significand - 1)
  }
}

extension GridLayer {
  /// A value whose colour is that of a share (0 to 1) of the ramp's length; for a legend.
  func value(at share: Double) -> Double {
    switch ramp {
    case .sequential(let least, let greatest): least + share * (greatest - least)
    case .diverging(let most): most * (2 * share - 1)
    case .counts(let greatest):
      // The inverse of `digits`: whole part and linear rest.
      Self.count(ofDigits: share * Self.digits(greatest))
    }
  }

  private static func count(ofDigits digits: Double) -> Double {
    let whole = digits.rounded(.down)
    let power = Double(sign: .plus, exponent: Int(whole), significand: 1)
    return power * (1 + digits - whole) - 1
  }
}

/// Colours by role, as data: one for each part of the frame, one for each quantity, two ramps.
public struct Theme: Sendable, Equatable {
  /// The name settings use.
  public var name: String
  /// One line for a list.
  public var summary: String
  /// Whether there are no colours, so that attributes must carry meaning.
  public var isMono: Bool

  /// Behind everything.
  public var ground: Color
  /// Frames of panes.
  public var border: Color
  /// Titles.
  public var title: Color
  /// Ordinary text.
  public var text: Color
  /// Units, ticks, hints, what is stale.
  public var dim: Color
  /// Numbers.
  public var bright: Color
  /// Keys, cursors, what has the focus.
  public var accent: Color
  /// Background of what is chosen.
  public var selection: Color

  /// Returns.
  public var returns: Color
  /// Values of states.
  public var value: Color
  /// Advantages.
  public var advantage: Color
  /// Entropy of the policy.
  public var entropy: Color
  /// Bias of a target.
  public var bias: Color
  /// Variance of a target.
  public var variance: Color
  /// Action probabilities.
  public var policy: Color

  /// Squares that end an episode well.
  public var goal: Color
  /// Squares that end an episode badly.
  public var pit: Color
  /// Squares that cannot be entered.
  public var wall: Color
  /// Squares that can.
  public var floor: Color
  /// Who acts.
  public var agent: Color
  /// Good news.
  public var good: Color
  /// Bad news.
  public var bad: Color
  /// What needs attention.
  public var warning: Color

  /// Stops from the most negative over zero to the most positive, evenly spaced.
  public var divergingStops: [Color]
  /// Stops from 0 to 1, evenly spaced.
  public var sequentialStops: [Color]

  /// The colour of a share from -1 over 0 to 1, clamped; `dim` for what is not a number.
  public func diverging(_ value: Double) -> Color {
    ramp(divergingStops, (value + 1) / 2)
  }

  /// The colour of a share from 0 to 1, clamped; `dim` for what is not a number.
  public func sequential(_ value: Double) -> Color {
    ramp(sequentialStops, value)
  }

  /// A faint tint of a colour, for a band behind its line.
  public func tint(_ color: Color, _ share: Double = 0.22) -> Color {
    ground.mixed(with: color, share)
  }

  private func ramp(_ stops: [Color], _ share: Double) -> Color {
    guard !share.isNaN, let last = stops.last else { return dim }
    let place = min(max(share, 0), 1) * Double(stops.count - 1)
    let index = Int(place)
    guard index + 1 < stops.count else { return last }
    return stops[index].mixed(with: stops[index + 1], place - Double(index))
  }
}

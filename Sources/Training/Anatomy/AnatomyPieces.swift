internal import Telemetry

/// States, actions and ends as every anatomy writes them.
extension [AnatomyReport.Piece] {
  /// A state: its index, or the first of the numbers observed.
  static func state(_ observation: [Float], isDiscrete: Bool) -> Self {
    guard !observation.isEmpty else { return [] }
    if isDiscrete { return [.whole(Int(observation[0]), .world)] }
    var pieces: Self = [.text("(")]
    for (index, value) in observation.prefix(6).enumerated() {
      if index > 0 { pieces.append(.text(", ")) }
      pieces.append(.number(Double(value), .world))
    }
    pieces.append(.text(observation.count > 6 ? ", …)" : ")"))
    return pieces
  }

  /// A number of every action: `left .384, right .616`.
  static func actions(_ numbers: [Float], _ role: AnatomyReport.Role) -> Self {
    var pieces: Self = []
    for (action, number) in numbers.enumerated() {
      if action > 0 { pieces.append(.text(", ")) }
      pieces += [.whole(action, .policy), .text(" "), .number(Double(number), role)]
    }
    return pieces
  }

  /// Several, with a sign between them.
  static func separated(_ parts: [Self], by sign: String) -> Self {
    Self(parts.joined(separator: [.text(sign)]))
  }

  /// How a step ended the episode, if it did.
  static func end(terminated: Bool, truncated: Bool) -> Self {
    [.text(terminated ? "terminated" : truncated ? "truncated" : "no")]
  }
}

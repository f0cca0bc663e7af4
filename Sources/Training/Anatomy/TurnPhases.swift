internal import Telemetry

/// Which phases of a turn have been carried out, where updates are not due after every step.
struct TurnPhases {
  /// The phase carried out last; nil before the first.
  var last: Int?
  /// Steps in the world that are done.
  var steps: Int

  /// How a phase stands.
  enum Standing {
    /// Carried out in this turn.
    case done
    /// Still to come in it.
    case coming
    /// Not due in it.
    case notDue
  }

  /// The number of the turn's step in the world, from 1.
  var step: Int { last == 0 ? steps + 1 : max(1, steps) }

  /// Whether a phase that every turn has is done.
  func has(_ phase: Int) -> Bool { (last ?? -1) >= phase }

  /// How a phase stands that is due after some steps only.
  func standing(_ phase: Int, isDue: Bool) -> Standing {
    guard isDue else { return .notDue }
    return has(phase) ? .done : .coming
  }

  /// Whether it has numbers to show: of this turn, or of the last time where it is not due now.
  func shows(_ standing: Standing, hasBeen: Bool) -> Bool {
    standing == .done || standing == .notDue && hasBeen
  }

  /// A phase's numbers, after a word where it is not due in this turn.
  ///
  /// - Parameter rhythm: When it is due.
  func numbers(
    _ standing: Standing, hasBeen: Bool, rhythm: String, _ numbers: [[AnatomyReport.Piece]]
  ) -> [[AnatomyReport.Piece]] {
    switch standing {
    case .done: return numbers
    case .coming: return []
    case .notDue where hasBeen:
      return [[.text("not due in this turn: \(rhythm). The last time:")]] + numbers
    case .notDue: return [[.text("not due in this turn: \(rhythm)")]]
    }
  }
}

internal import CellCanvas

/// One of the two that are compared: A or B, with its colour.
enum Contender: Int, CaseIterable {
  case first
  case second

  /// Its letter, which says without colours which it is.
  var letter: String { self == .first ? "A" : "B" }

  /// Its letter as a sign upon a curve.
  var sign: Unicode.Scalar { self == .first ? "A" : "B" }

  /// Its colour: none of a quantity that stands beside it.
  func color(_ theme: Theme) -> Color { self == .first ? theme.policy : theme.entropy }
}

internal import CellCanvas

/// What lies behind a row of text: the ground, or the selection (a colour, or reversed).
struct RowGround {
  private let background: Color
  private let isReversed: Bool

  init(isSelected: Bool, _ look: Look) {
    background = isSelected ? look.selection.background : look.theme.ground
    isReversed = isSelected && look.selection.attributes.contains(.reverse)
  }

  /// A style on this ground.
  func under(_ style: Style) -> Style {
    isReversed ? style.on(background).with(.reverse) : style.on(background)
  }
}

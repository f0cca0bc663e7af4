public import CellCanvas

/// What the interface reacts to.
public enum InterfaceEvent: Sendable, Equatable {
  /// A key was pressed.
  case key(Key)
  /// The mouse was used.
  case mouse(Mouse)
  /// The terminal has another size.
  case resize(Size)
  /// Time has passed: seconds since the interface began, by a clock that never goes back.
  case tick(seconds: Double)
  /// The program has something to say: `saved footlights-1.svg`.
  case notice(String)
}

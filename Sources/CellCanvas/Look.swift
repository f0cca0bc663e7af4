/// What every widget is given beside its values: colours, glyphs, and how many colours there are.
public struct Look: Sendable, Equatable {
  /// Colours by role.
  public var theme: Theme
  /// Unicode or ASCII glyphs.
  public var glyphs: Glyphs
  /// Colours the terminal shows; widgets choose shades instead of tints where they are few.
  public var colors: ColorDepth

  /// A look; by default dark, Unicode, truecolor.
  public init(theme: Theme = .dark, glyphs: Glyphs = .unicode, colors: ColorDepth = .truecolor) {
    self.theme = theme
    self.glyphs = glyphs
    self.colors = colors
  }

  /// The look of a theme on a terminal: mono without colours, ASCII without Unicode.
  public init(theme: Theme, on capabilities: TerminalCapabilities) {
    self.init(
      theme: capabilities.colors == .none ? .mono : theme,
      glyphs: capabilities.unicode ? .unicode : .ascii, colors: capabilities.colors)
  }

  /// Whether attributes must say what colours cannot.
  public var isMono: Bool { theme.isMono || colors == .none }

  /// Any colour on the ground.
  public func style(_ color: Color, _ attributes: Attributes = []) -> Style {
    Style(foreground: color, background: theme.ground, attributes: attributes)
  }

  /// The empty ground.
  public var ground: Style { style(theme.text) }
  /// Ordinary text.
  public var text: Style { style(theme.text) }
  /// Units, ticks, hints, what is stale or missing.
  public var dim: Style { style(theme.dim, isMono ? .dim : []) }
  /// Numbers.
  public var bright: Style { style(theme.bright, isMono ? .bold : []) }
  /// Titles of panes.
  public var title: Style { style(theme.title, .bold) }
  /// Frames.
  public var border: Style { style(theme.border, isMono ? .dim : []) }
  /// Keys, cursors, the frame of the pane in focus.
  public var accent: Style { style(theme.accent, isMono ? .bold : []) }
  /// The row or entry that is chosen.
  public var selection: Style {
    isMono
      ? style(theme.bright, .reverse)
      : Style(foreground: theme.bright, background: theme.selection)
  }
}

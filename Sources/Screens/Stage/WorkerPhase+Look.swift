internal import CellCanvas
internal import Telemetry

extension WorkerPhase {
  /// Its name, as shown.
  var title: String {
    switch self {
    case .pull: "pull"
    case .act: "act"
    case .learn: "learn"
    case .push: "push"
    case .wait: "wait"
    }
  }

  /// Its sign: down for parameters that come, up for gradients that go.
  func glyph(_ glyphs: Glyphs) -> Unicode.Scalar {
    switch self {
    case .pull: glyphs.pointDown
    case .act: glyphs.bullet
    case .learn: glyphs.isUnicode ? "◆" : "*"
    case .push: glyphs.pointUp
    case .wait: glyphs.isUnicode ? "◌" : "."
    }
  }

  /// Its style: communication stands out, waiting recedes.
  func style(_ look: Look) -> Style {
    switch self {
    case .pull: look.style(look.theme.accent)
    case .act: look.text
    case .learn: look.bright
    case .push: look.style(look.theme.accent, .bold)
    case .wait: look.dim
    }
  }
}

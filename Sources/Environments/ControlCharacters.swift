extension String {
  /// The text without the characters that a terminal would act on: for names and texts from files.
  var withoutControlCharacters: String {
    String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isControl }))
  }
}

extension Unicode.Scalar {
  /// Whether a terminal would act on it, or show nothing, instead of drawing a character.
  var isControl: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
    default: false
    }
  }
}

/// Bad usage or input: one line that names the option or the file and place, what was found and
/// what is accepted. The program ends with status 2.
struct InputError: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// Text from outside on one line, without characters that a terminal would act on.
func oneLine(_ text: String) -> String {
  var line = ""
  for scalar in text.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator:
      if !line.isEmpty, line.last != " " { line.append(" ") }
    case .format, .surrogate: break
    default: line.unicodeScalars.append(scalar)
    }
  }
  while line.last == " " { line.removeLast() }
  return line
}

/// A word as found, in quotes, cut where it is long.
func quoted(_ text: some StringProtocol) -> String {
  let limit = 60
  return text.count > limit ? "'\(text.prefix(limit))…'" : "'\(text)'"
}

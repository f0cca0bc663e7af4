/// What a message says after an unknown name: ` (did you mean 'slip'?)`, or nothing where no name
/// among `known` is near.
public func suggestion(for name: String, among known: some Sequence<String>) -> String {
  suggestion(of: nearest(to: name, among: known))
}

/// What a message says after an unknown name whose nearest known one has been found already.
public func suggestion(of nearest: String?) -> String {
  nearest.map { " (did you mean '\($0)'?)" } ?? ""
}

/// The name among `known` that `name` was most likely meant to be: the one with the least edit
/// distance, the earlier of two equally near; nil when none is near enough to be worth suggesting.
///
/// Upper and lower case count as the same letter. Near enough is a third of the longer name.
public func nearest(to name: String, among known: some Sequence<String>) -> String? {
  // Names are short: what is longer than any of them is not a misspelt one.
  let letters = Array(name.lowercased().unicodeScalars.prefix(200))
  var best: (name: String, distance: Int)?
  for candidate in known {
    let other = Array(candidate.lowercased().unicodeScalars)
    let distance = editDistance(letters, other)
    let isNear = 3 * distance <= max(letters.count, other.count)
    if isNear && distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// The least number of insertions, deletions, substitutions and swaps of neighbours that turn one
/// word into the other (the restricted distance of Damerau, 1964), in time proportional to the
/// product of the lengths.
func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in 1...a.count {
    var current = [i]
    for j in 1...b.count {
      let substituted = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      var least = min(last[j] + 1, current[j - 1] + 1, substituted)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        least = min(least, beforeLast[j - 2] + 1)
      }
      current.append(least)
    }
    beforeLast = last
    last = current
  }
  return last[b.count]
}

internal import Telemetry

/// Which of the estimates have a row where there is no room for all.
extension GradientTable {
  /// The entries shown in as many rows: all, or the telling ones first.
  func rows(_ room: Int) -> [Int] {
    let all = Array(report.entries.indices)
    guard all.count > room else { return all }
    var chosen: [Int] = []
    func add(_ index: Int?) {
      if let index, all.contains(index), !chosen.contains(index) { chosen.append(index) }
    }
    let (n, lambda) = families
    add(reading.inUse)
    for index in all where !n.contains(index) && !lambda.contains(index) { add(index) }
    add(reading.best)
    for family in [n, lambda] {
      add(family.first)
      add(family.last)
    }
    // The middle of what is left out, again and again.
    for parts in [2, 4, 3, 8] {
      for part in 1..<parts {
        for family in [n, lambda] where !family.isEmpty {
          add(family[(family.count - 1) * part / parts])
        }
      }
    }
    for index in all { add(index) }
    return chosen.prefix(max(0, room)).sorted()
  }

  /// The entries over n, and those over lambda.
  private var families: (n: [Int], lambda: [Int]) {
    var (n, lambda): ([Int], [Int]) = ([], [])
    for (index, entry) in report.entries.enumerated() {
      guard case .advantage(let estimator) = entry.weight else { continue }
      if estimator.isMixture { lambda.append(index) } else { n.append(index) }
    }
    return (n, lambda)
  }

  /// The first row shown of each family.
  func groupStarts(_ shown: [Int]) -> Set<Int> {
    let (n, lambda) = families
    return Set([n, lambda].compactMap { family in shown.first(where: family.contains) })
  }
}

/// An order of states in which neighbours stand close together (Cuthill and McKee, "Reducing the
/// bandwidth of sparse symmetric matrices", 1969).
///
/// `neighbours[starts[s] ..< starts[s + 1]]` are the successors of s, negative ones ignored. Each
/// connected part is searched breadth first, fewer neighbours first, from a state at its rim.
func bandwidthReducingOrder(starts: [Int], neighbours: [Int]) -> [Int] {
  let graph = undirected(starts: starts, neighbours: neighbours)
  var order: [Int] = []
  order.reserveCapacity(graph.count)
  var placed = [Bool](repeating: false, count: graph.count)
  for state in graph.indices where !placed[state] {
    // The last state of a search lies at the rim; a second search makes it a long way off.
    let rim = breadthFirst(graph, from: state).last ?? state
    let farRim = breadthFirst(graph, from: rim).last ?? rim
    for found in breadthFirst(graph, from: farRim) {
      placed[found] = true
      order.append(found)
    }
  }
  return order
}

private func undirected(starts: [Int], neighbours: [Int]) -> [[Int]] {
  let count = starts.count - 1
  var graph = [[Int]](repeating: [], count: count)
  for state in 0..<count {
    for i in starts[state]..<starts[state + 1] {
      let next = neighbours[i]
      guard next >= 0, next != state else { continue }
      graph[state].append(next)
      graph[next].append(state)
    }
  }
  for state in 0..<count {
    let sorted = graph[state].sorted()
    graph[state] = sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }
      .map { sorted[$0] }
  }
  return graph
}

private func breadthFirst(_ graph: [[Int]], from first: Int) -> [Int] {
  var found = [first]
  var seen = [Bool](repeating: false, count: graph.count)
  seen[first] = true
  var next = 0
  while next < found.count {
    let fresh = graph[found[next]].filter { !seen[$0] }
      .sorted { graph[$0].count < graph[$1].count }
    for state in fresh { seen[state] = true }
    found.append(contentsOf: fresh)
    next += 1
  }
  return found
}

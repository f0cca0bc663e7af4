internal import Environments
internal import Estimators
internal import MarkovProcesses
internal import Scenes

/// Exact values of a maze: of the uniform policy, of a given policy, and the best possible.
struct MazeSolution {
  /// Row and column of every state, from 0, in row-major order.
  let cells: [[Int]]
  let uniform: [Double]
  /// Values of the policy given, where one was.
  let policy: [Double]?
  let best: OptimalValues

  /// - Parameter policy: probabilities of up, right, down, left for each cell.
  /// - Throws: where a policy never ends and nothing is discounted.
  init(_ maze: Maze, discount: Double, policy: [[Double]]?) throws(InputError) {
    let cells = Self.cells(of: maze.map)
    guard let mdp = maze.knownMDP else { throw InputError("the maze has no known process") }
    self.cells = cells
    do {
      uniform = try policyEvaluation(mdp, policy: uniformPolicy(mdp), discount: discount)
      self.policy = try policy.map { given throws(DivergenceError) in
        try policyEvaluation(mdp, policy: given, discount: discount)
      }
      best = try valueIteration(mdp, discount: discount)
    } catch {
      let cell = cells[error.state]
      throw InputError(
        "--gamma: \(error.discount) does not bound the values: from row \(cell[0]), column "
          + "\(cell[1]) an episode may never end; accepted is a number from 0 to below 1")
    }
  }

  /// Row and column of the cells that are states.
  static func cells(of map: GridMap) -> [[Int]] {
    map.squares.indices.filter { map.states[$0] >= 0 }
      .map { [$0 / map.columns, $0 % map.columns] }
  }

  /// Reads `{"policy": [[up, right, down, left], ...]}`, a row for each cell.
  static func policy(_ field: JSONField, cells: Int) throws(InputError) -> [[Double]] {
    let fields = try field.members(known: ["policy"])
    let policy = try fields.required("policy", in: field.file)
    let rows = try policy.items("a list with [up, right, down, left] for each of \(cells) cells")
    guard rows.count == cells else {
      throw policy.error("has \(rows.count) rows, there are \(cells) cells")
    }
    var probabilities: [[Double]] = []
    for row in rows { probabilities.append(try row.distribution(count: 4, of: "actions")) }
    return probabilities
  }

  /// The values as one JSON object.
  func json() throws(InputError) -> JSON {
    .object([
      "cells": .array(cells.map { .array($0.map(JSON.integer)) }),
      "V_uniform": try .numbers(uniform),
      "V_policy": try policy.map { values throws(InputError) in try .numbers(values) } ?? .null,
      "V_star": try .numbers(best.values),
      "greedy_actions": .array(best.greedyActions.map { .array($0.map(JSON.integer)) }),
    ])
  }

  /// The values as a table, a row for each cell.
  func table() -> String {
    let names = ["up", "right", "down", "left"]
    var table = TextTable(header: ["row", "column", "V uniform", "V*", "best"])
    table.leftAligned = [table.header.count - 1]
    if policy != nil {
      table.header.insert("V policy", at: 3)
      table.leftAligned = [table.header.count - 1]
    }
    for (state, cell) in cells.enumerated() {
      let values = [uniform[state]] + (policy.map { [$0[state]] } ?? []) + [best.values[state]]
      let actions = best.greedyActions[state].map { names[$0] }.joined(separator: " ")
      table.rows.append(cell.map(String.init) + values.map(shown) + [actions])
    }
    return table.text
  }
}

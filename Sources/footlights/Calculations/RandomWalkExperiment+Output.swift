internal import CellCanvas
internal import Training

extension RandomWalkTable {
  /// Both tables as one JSON object; null where a cell diverged.
  func json() throws(InputError) -> JSON {
    .object([
      "alphas": try .numbers(plan.alphas),
      "n_step_td": try Self.json(nStepTD, "n") { .integer(Int($0)) },
      "lambda_return_sequential": try Self.json(lambdaReturn, "lambda", JSON.number),
      "states": .integer(states),
      "episodes": .integer(plan.episodes),
      "runs": .integer(plan.runs),
      "seed": .number(String(plan.seed)),
      "best_n_step": try Self.json(best(of: nStepTD), "n") { .integer(Int($0)) },
      "best_lambda": try Self.json(best(of: lambdaReturn), "lambda", JSON.number),
    ])
  }

  private static func json(
    _ rows: [Row], _ name: String, _ setting: (Double) throws(InputError) -> JSON
  ) throws(InputError) -> JSON {
    var entries: [JSON] = []
    for row in rows {
      entries.append(
        .object([
          JSON.Member(key: name, value: try setting(row.setting)),
          JSON.Member(key: "rms", value: try json(row.errors)),
          JSON.Member(key: "standard_error", value: try json(row.standardErrors)),
        ]))
    }
    return .array(entries)
  }

  private static func json(_ numbers: [Double?]) throws(InputError) -> JSON {
    var items: [JSON] = []
    for number in numbers { items.append(number == nil ? .null : try .number(number ?? 0)) }
    return .array(items)
  }

  private static func json(
    _ best: Best?, _ name: String, _ setting: (Double) throws(InputError) -> JSON
  ) throws(InputError) -> JSON {
    guard let best else { return .null }
    return .object([
      JSON.Member(key: "rms", value: try .number(best.error)),
      JSON.Member(key: name, value: try setting(best.setting)),
      JSON.Member(key: "alpha", value: try .number(best.alpha)),
    ])
  }

  /// Both tables as comma-separated values, a line for each cell; empty where it diverged.
  func csv() -> String {
    var lines = ["method,setting,alpha,rms,standard_error"]
    for (method, rows) in [("n_step_td", nStepTD), ("lambda_return_sequential", lambdaReturn)] {
      for row in rows {
        for (k, alpha) in plan.alphas.enumerated() {
          let figures = [row.errors[k], row.standardErrors[k]].map { $0.map { "\($0)" } ?? "" }
          let setting = NumberFormat.setting(row.setting)
          lines.append(
            ([method, Self.zeroed(setting), "\(alpha)"] + figures).joined(separator: ","))
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `.95` as `0.95`.
  private static func zeroed(_ text: String) -> String { text.hasPrefix(".") ? "0\(text)" : text }

  // MARK: For people

  /// Both tables and their plots.
  var text: String {
    """
    Random walk of \(states) states: RMS error of V, mean over the first \(plan.episodes) episodes
    \(plan.runs) runs · seed \(plan.seed) · the same walks in every cell · V begins at 0
    * the best step size of a column

    on-line n-step TD (Sutton and Barto, figure 7.2)
    \(table(of: nStepTD, "n"))
    off-line lambda-return (figure 12.3)
    \(table(of: lambdaReturn, "lambda"))
    """
  }

  private func table(of rows: [Row], _ name: String) -> String {
    var table = TextTable(
      header: ["alpha"]
        + rows.enumerated().map { index, row in
          let setting = Self.zeroed(NumberFormat.setting(row.setting))
          return (index == 0 ? "\(name) " : "") + "\(setting) "
        })
    let least = rows.map { row in row.errors.compactMap(\.self).min() }
    for (k, alpha) in plan.alphas.enumerated() {
      let cells = rows.indices.map { column -> String in
        guard let error = rows[column].errors[k] else { return "diverged " }
        return shown(error) + (error == least[column] ? "*" : " ")
      }
      table.rows.append(["\(alpha)"] + cells)
    }
    guard let best = best(of: rows), let row = rows.first(where: { $0.setting == best.setting }),
      let k = plan.alphas.firstIndex(of: best.alpha)
    else { return table.text }
    let error = row.standardErrors[k].map { " ± \(shown($0))" } ?? ""
    return table.text
      + "least: \(name) \(Self.zeroed(NumberFormat.setting(best.setting))), alpha \(best.alpha): "
      + "\(shown(best.error))\(error) (standard error)\n"
  }

  /// Both figures, one below the other.
  var charts: [Chart] {
    [
      chart(of: nStepTD, title: "On-line n-step TD", name: "n"),
      chart(of: lambdaReturn, title: "Off-line lambda-return", name: "λ"),
    ]
  }

  private func chart(of rows: [Row], title: String, name: String) -> Chart {
    Chart(
      title: "\(title), random walk of \(states) states, \(plan.runs) runs", xLabel: "step size α",
      yLabel: "RMS error, mean over the first \(plan.episodes) episodes",
      curves: rows.map { row in
        Chart.Curve(
          name: "\(name) \(Self.zeroed(NumberFormat.setting(row.setting)))",
          points: zip(plan.alphas, zip(row.errors, row.standardErrors)).map { alpha, cell in
            let (error, deviation) = cell
            return Chart.Point(
              x: alpha, y: error ?? .nan,
              band: error.flatMap { mean in deviation.map { (mean - 2 * $0)...(mean + 2 * $0) } })
          })
      }, yLimits: Self.yLimits)
  }

  /// What the book's figures show.
  private static let yLimits = 0.25...0.55
}

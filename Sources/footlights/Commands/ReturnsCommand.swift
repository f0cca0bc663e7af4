internal import ArgumentParser

/// `footlights returns`: a calculator of return estimates.
struct ReturnsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "returns",
    abstract: "Print every estimate of the returns of a rollout.",
    discussion: """
      The input is one JSON object: {"rewards": [..], "values": [..], "next_values": [..], \
      "terminated": [..], "truncated": [..], "gamma": 0.99, "n": [1, 2, "inf"], \
      "lambda": [0, 0.95, 1]}, with lists of T numbers for one world or T lists for several.
      """)

  @Argument(help: "A JSON file, or - for standard input.")
  var input: String = "-"

  @Option(parsing: .unconditional, help: "Steps n, separated by commas, inf among them.")
  var n: String?

  @Option(
    name: .customLong("lambda"), parsing: .unconditional, help: "Lambdas, separated by commas.")
  var lambdas: String?

  @Flag(help: "Print one JSON object instead of a table.")
  var json = false

  func run() throws {
    let estimates = try estimates()
    // The JSON refuses numbers that are none; the table is no other answer.
    let answer = try estimates.json()
    try StandardOutput.write(json ? answer.text + "\n" : estimates.table())
  }

  private func estimates() throws(InputError) -> RolloutEstimates {
    let usual = RolloutEstimates.self
    var steps = try OptionValues.steps("--n", n ?? usual.usualSteps.joined(separator: ","))
    var lambdas = try OptionValues.lambdas(
      "--lambda", self.lambdas ?? usual.usualLambdas.joined(separator: ","))
    let record = try RolloutRecord(try JSONField.read(InputFile(path: input)))
    if n == nil, let asked = record.steps { steps = asked }
    if self.lambdas == nil, let asked = record.lambdas { lambdas = asked }
    return RolloutEstimates(record, steps: steps, lambdas: lambdas)
  }
}

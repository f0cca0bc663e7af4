/// Where the results of an experiment go: `--json`, `--csv FILE`, `--svg FILE`. One of them at most may
/// ask for standard output; without, a report for people stands there.
struct ReportFiles {
  private let isJSON: Bool
  private let csv: OutputFile?
  private let svg: OutputFile?

  /// - Throws: where two ask for the same place, and where a file cannot be written.
  init(json: Bool, csv: String?, svg: String?) throws(InputError) {
    isJSON = json
    self.csv = csv.map(OutputFile.init)
    self.svg = svg.map(OutputFile.init)
    let named = [("--csv", self.csv), ("--svg", self.svg)]
    var onStandardOutput = json ? ["--json"] : []
    for case (let option, let file?) in named {
      if file.isStandardOutput {
        onStandardOutput.append(option)
      } else {
        do {
          try file.check()
        } catch {
          throw InputError("\(option): \(error)")
        }
      }
    }
    guard onStandardOutput.count < 2 else {
      throw InputError(
        "\(onStandardOutput[1]): '-' and \(onStandardOutput[0]) both ask for standard output, "
          + "accepted is one")
    }
    if let csv = self.csv, let svg = self.svg, csv.isSame(as: svg) {
      throw InputError("--svg: \(quoted(svg.path)) is the file of --csv too, accepted is another")
    }
  }

  /// Writes what was asked for, files first.
  func write(
    json: () throws(InputError) -> JSON, csv table: () -> String, svg picture: () -> String,
    text: () -> String
  ) throws(InputError) {
    var output: String?
    if let csv {
      if csv.isStandardOutput { output = table() } else { try csv.write(table()) }
    }
    if let svg {
      if svg.isStandardOutput { output = picture() } else { try svg.write(picture()) }
    }
    if isJSON { output = try json().text + "\n" }
    try StandardOutput.write(output ?? PlainText.forLocale(text()))
  }
}

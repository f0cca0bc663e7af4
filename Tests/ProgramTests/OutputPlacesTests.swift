internal import Foundation
internal import Testing

@Suite("Where results are written")
struct OutputPlacesTests {
  private static let walk = ["compare", "--experiment", "random-walk", "--runs", "2"]

  @Test("A link is written through and stays a link")
  func links() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "figures")
    let link = folder.file("link")
    try FileManager.default.createSymbolicLink(
      at: link, withDestinationURL: folder.file("figures"))
    let run = try ProgramRun(Self.walk + ["--csv", link.path])
    #expect(run.status == 0, "\(run.complaint)")
    let type = try FileManager.default.attributesOfItem(atPath: link.path)[.type]
    #expect(type as? FileAttributeType == .typeSymbolicLink)
    let text = try String(contentsOf: folder.file("figures"), encoding: .utf8)
    #expect(text.hasPrefix("method,setting,alpha"))
  }

  @Test("A dash puts figures or charts alone on standard output")
  func dashes() throws {
    let csv = try ProgramRun(Self.walk + ["--csv", "-"]).output
    #expect(csv.hasPrefix("method,setting,alpha") && !csv.contains("Random walk of"))
    #expect(try ProgramRun(Self.walk + ["--svg", "-"]).output.hasPrefix("<svg"))
  }

  @Test("Two results in one place are refused, and so is a file without a name")
  func clashes() throws {
    for (more, parts) in [
      (["--csv", "-", "--svg", "-"], ["--svg", "--csv", "standard output"]),
      (["--json", "--svg", "-"], ["--svg", "--json", "standard output"]),
      (["--csv", "{folder}/a", "--svg", "{folder}/a"], ["--svg", "--csv"]),
      (["--csv", ""], ["--csv", "empty"]),
    ] {
      try ProgramRun(Self.walk + more).expectRejection(parts)
    }
  }

  @Test("Without UTF-8 tables are in ASCII")
  func ascii() throws {
    let run = try ProgramRun(
      ["compare", "--env", "RandomWalk-5", "--steps", "10", "--samples", "10"], locale: "C")
    #expect(run.output.contains("bias2") && run.output.allSatisfy(\.isASCII))
  }

  @Test("Two estimators without a comma are no estimator")
  func spaces() throws {
    try ProgramRun(["compare", "--env", "RandomWalk-5", "--estimators", "td mc"])
      .expectRejection(["--estimators", "td mc"])
  }
}

public import CellCanvas
internal import Foundation
public import Testing

/// Compares what a canvas shows with a screen written out in the test; blanks at the ends of lines
/// and empty lines at the end do not count.
public func expectScreen(
  _ canvas: Canvas, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  compare(canvas.plainText, lines(of: expected), sourceLocation)
}

/// Compares what a canvas shows with a golden file; with `RECORD=1` in the environment the file is
/// written anew and the test fails, so that a recording is never taken for a check.
///
/// - Parameters:
///   - canvas: the frame.
///   - name: the file, `name.txt`, in the folder `Golden` beside the test's source.
///   - filePath: the test's source.
///   - sourceLocation: where a failure is reported.
public func expectGoldenScreen(
  _ canvas: Canvas, named name: String, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = URL(fileURLWithPath: filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")
  let file = folder.appendingPathComponent(name + ".txt")
  if ProcessInfo.processInfo.environment["RECORD"] == "1" {
    let text = trimmed(canvas.plainText).joined(separator: "\n") + "\n"
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(file.path)", sourceLocation: sourceLocation)
    } catch {
      Issue.record("cannot record \(file.path): \(error)", sourceLocation: sourceLocation)
    }
    return
  }
  guard let text = try? String(contentsOf: file, encoding: .utf8) else {
    Issue.record("no \(file.path); RECORD=1 writes it", sourceLocation: sourceLocation)
    return
  }
  compare(canvas.plainText, lines(of: text), sourceLocation)
}

/// The lines that differ, each as expected (`-`) and as found (`+`), between their like neighbours;
/// nil when there are none.
public func lineDifference(expected: [String], found: [String]) -> String? {
  let (expected, found) = (trimmed(expected), trimmed(found))
  guard expected != found else { return nil }
  var report: [String] = []
  for row in 0..<max(expected.count, found.count) {
    let (left, right) = (line(expected, row), line(found, row))
    if left == right {
      report.append("  \(left ?? "")")
    } else {
      if let left { report.append("- \(left)") }
      if let right { report.append("+ \(right)") }
    }
  }
  return report.joined(separator: "\n")
}

private func compare(_ found: [String], _ expected: [String], _ location: SourceLocation) {
  guard let difference = lineDifference(expected: expected, found: found) else { return }
  Issue.record(
    "the screen differs (- expected, + found)\n\(difference)", sourceLocation: location)
}

private func line(_ lines: [String], _ row: Int) -> String? {
  row < lines.count ? lines[row] : nil
}

private func lines(of text: String) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}

/// Without blanks at the ends of lines and empty lines at the end.
private func trimmed(_ lines: [String]) -> [String] {
  var shown = lines.map { line in
    var line = Substring(line)
    while line.last == " " { line.removeLast() }
    return String(line)
  }
  while shown.last?.isEmpty == true { shown.removeLast() }
  return shown
}

internal import Foundation
internal import Testing

/// One run of the built program, as a script sees it.
struct ProgramRun {
  let status: Int32
  let output: String
  let complaint: String

  /// Runs `footlights` with arguments, text on standard input, and a folder of files.
  ///
  /// `{folder}` in an argument stands for the folder that holds `files`.
  init(
    _ arguments: [String], input: String = "", files: [String: String] = [:],
    locale: String = "C.UTF-8"
  ) throws {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(text, to: name) }
    try folder.write(input, to: "input")
    let process = Process()
    process.executableURL = try Self.executable
    process.arguments = arguments.map {
      $0.replacingOccurrences(of: "{folder}", with: folder.path)
    }
    process.environment = ProcessInfo.processInfo.environment
      .merging(["LC_ALL": locale]) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: folder.file("input"))
    process.standardOutput = try folder.handle(forWriting: "output")
    process.standardError = try folder.handle(forWriting: "complaint")
    try process.run()
    process.waitUntilExit()
    status = process.terminationReason == .exit ? process.terminationStatus : -1
    output = try String(contentsOf: folder.file("output"), encoding: .utf8)
    complaint = try String(contentsOf: folder.file("complaint"), encoding: .utf8)
  }

  /// The program beside the test bundle.
  static var executable: URL {
    get throws {
      let url = Bundle.module.bundleURL.deletingLastPathComponent()
        .appendingPathComponent("footlights")
      try #require(FileManager.default.isExecutableFile(atPath: url.path))
      return url
    }
  }

  /// The output as JSON; the run must have gone well and said nothing else.
  func json() throws -> [String: Any] {
    #expect(status == 0 && complaint.isEmpty, "\(complaint)")
    let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
    return try #require(value as? [String: Any])
  }

  /// Expects status 2, nothing on standard output, and one line that holds all of `parts`.
  func expectRejection(_ parts: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(status == 2, sourceLocation: sourceLocation)
    #expect(output.isEmpty, sourceLocation: sourceLocation)
    let isOneLine = complaint.hasSuffix("\n") && complaint.filter(\.isNewline).count == 1
    #expect(isOneLine, "\(complaint)", sourceLocation: sourceLocation)
    #expect(complaint.hasPrefix("footlights: "), sourceLocation: sourceLocation)
    for part in parts {
      #expect(complaint.contains(part), "\(complaint)", sourceLocation: sourceLocation)
    }
  }
}

/// A folder that is removed when the last user is gone.
final class TemporaryFolder {
  private let url: URL
  var path: String { url.path }

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "footlights-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: file(name))
  }

  func handle(forWriting name: String) throws -> FileHandle {
    try write("", to: name)
    return try FileHandle(forWritingTo: file(name))
  }
}

/// The content of a JSON file among the resources.
func reference(_ name: String) throws -> [String: Any] {
  let url = try #require(
    Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Resources"))
  let value = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
  return try #require(value as? [String: Any])
}

/// The text of a JSON value.
func jsonText(_ value: Any) throws -> String {
  String(decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
}

/// The largest absolute difference of two numbers or (nested) lists; infinite where shapes differ.
func distance(_ a: Any?, _ b: Any?) -> Double {
  if let a = a as? [Any], let b = b as? [Any] {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) { max($0, distance($1.0, $1.1)) }
  }
  guard let a = number(a), let b = number(b) else { return .infinity }
  return abs(a - b)
}

/// A number of Swift or of `JSONSerialization`.
private func number(_ value: Any?) -> Double? {
  (value as? Int).map(Double.init) ?? (value as? Double)
}

/// The bytes of a file among the resources.
func resourceBytes(_ name: String, _ type: String) throws -> [UInt8] {
  let url = try #require(
    Bundle.module.url(forResource: name, withExtension: type, subdirectory: "Resources"))
  return Array(try Data(contentsOf: url))
}

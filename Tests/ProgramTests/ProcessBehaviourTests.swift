internal import Foundation
internal import Testing

@Suite("The program as a process")
struct ProcessBehaviourTests {
  @Test("help and version go to standard output with status 0")
  func help() throws {
    for arguments in [["--help"], ["help", "solve"], ["returns", "-h"]] {
      let run = try ProgramRun(arguments)
      #expect(run.status == 0 && run.output.contains("USAGE") && run.complaint.isEmpty)
    }
    #expect(try ProgramRun(["--version"]).output == "0.1.0\n")
  }

  @Test("negative numbers are values after a space and after an equals sign")
  func negativeNumbers() throws {
    let map = ["m.txt": "S.G\n"]
    let maze = ["solve", "--maze", "{folder}/m.txt", "--json"]
    let spaced = try ProgramRun(maze + ["--step-reward", "-0.04"], files: map)
    let joined = try ProgramRun(maze + ["--step-reward=-0.04"], files: map)
    #expect(spaced.output == joined.output)
    #expect(distance(try spaced.json()["V_star"], [-0.04 + 0.99, 1.0]) < 1e-12)
  }

  @Test("a reader that has gone away, and a closed standard output, end the program quietly")
  func closedOutput() throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    for command in ["\"$0\" list", "\"$0\" list >&-"] {
      let folder = try TemporaryFolder()
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", command, try ProgramRun.executable.path]
      process.standardOutput = pipe.fileHandleForWriting
      process.standardError = try folder.handle(forWriting: "complaint")
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 0)
      #expect(try String(contentsOf: folder.file("complaint"), encoding: .utf8).isEmpty)
    }
  }

  #if os(Linux)
    @Test("a full disk is reported with status 2")
    func fullDisk() throws {
      let folder = try TemporaryFolder()
      let process = Process()
      process.executableURL = try ProgramRun.executable
      process.arguments = ["list"]
      process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
      process.standardError = try folder.handle(forWriting: "complaint")
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 2)
      let complaint = try String(contentsOf: folder.file("complaint"), encoding: .utf8)
      #expect(complaint.hasPrefix("footlights: standard output cannot be written"))
    }
  #endif
}

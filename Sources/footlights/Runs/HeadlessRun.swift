internal import ArgumentParser
internal import Foundation
internal import Telemetry
internal import Threads
internal import Training

/// A run without a screen: progress on standard error, the outcome on standard output.
struct HeadlessRun {
  private var configuration: RunConfiguration
  private let json: Bool

  /// A run as the environment variable `FOOTLIGHTS_RECORDER` wants it: `on` keeps the past as a
  /// watched run does, so that what that costs can be measured.
  init(configuration: RunConfiguration, json: Bool) {
    self.configuration = configuration
    self.json = json
    if ProcessInfo.processInfo.environment["FOOTLIGHTS_RECORDER"] == "on" {
      self.configuration.recordsHistory = true
    }
  }

  func run() throws {
    let session: TrainingSession
    do {
      session = try TrainingSession(configuration, watched: false)
    } catch {
      throw InputError("\(error)")
    }
    var line = ProgressLine(configuration: configuration)
    while !session.progress.hasEnded {
      session.waitForEnd(seconds: ProgressLine.interval)
      if !session.progress.hasEnded { line.show(session.progress) }
    }
    line.clear()
    session.join()
    try session.result().report(json: json)
  }
}

extension TrainingResult {
  /// Prints the outcome, complains where the run diverged, and ends with the status that says how
  /// it went.
  func report(json: Bool) throws {
    try StandardOutput.write(json ? try self.json().text + "\n" : text)
    if let divergence { StandardError.write("footlights: diverged: \(divergence)\n") }
    if let exitStatus { throw exitStatus }
  }

  /// The status the program ends with; nil where all went well.
  private var exitStatus: ExitCode? {
    if divergence != nil { return ExitCode(ExitStatus.diverged) }
    if reached == false { return ExitCode(ExitStatus.goalNotReached) }
    return nil
  }
}

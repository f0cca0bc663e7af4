internal import ArgumentParser
internal import Telemetry
internal import Threads
internal import Training

/// A run without a screen: progress on standard error, the outcome on standard output.
struct HeadlessRun {
  let configuration: RunConfiguration
  let json: Bool

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
    let result = session.result()
    try StandardOutput.write(json ? try result.json().text + "\n" : result.text)
    if let status = result.exitStatus { throw status }
  }
}

extension TrainingResult {
  /// The status the program ends with; nil where all went well.
  var exitStatus: ExitCode? {
    if divergence != nil { return ExitCode(ExitStatus.diverged) }
    if reached == false { return ExitCode(ExitStatus.goalNotReached) }
    return nil
  }
}

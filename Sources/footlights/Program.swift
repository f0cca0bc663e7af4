internal import ArgumentParser

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// How the program ends, as scripts see it.
enum ExitStatus {
  /// Done.
  static let done: Int32 = 0
  /// Bad usage or input: one line on standard error says what.
  static let badInput: Int32 = 2
  /// The goal of `--until-return` was not reached.
  static let goalNotReached: Int32 = 3
  /// A parameter became non-finite.
  static let diverged: Int32 = 4
}

/// The program: parses, runs, and turns every failure into one line and an exit status.
@main
enum Program {
  static func main() {
    prepareProcess()
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// A pipe that nobody reads must not kill the program, and a descriptor that was closed by the
  /// caller must not be given to a file that is opened later.
  private static func prepareProcess() {
    signal(SIGPIPE, SIG_IGN)
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", O_RDWR)
    }
  }

  /// Runs one command line and gives its exit status.
  static func run(_ arguments: [String]) -> Int32 {
    let complaint = CommandLineComplaint(arguments)
    do {
      try complaint.check()
      var command = try Footlights.parseAsRoot(arguments)
      try command.run()
      return ExitStatus.done
    } catch {
      return report(error, complaint)
    }
  }

  private static func report(_ error: any Error, _ complaint: CommandLineComplaint) -> Int32 {
    if let error = error as? InputError { return complain(error.description) }
    if let error = error as? ExitCode { return error.rawValue }
    switch Footlights.exitCode(for: error) {
    case .success: break
    case .validationFailure: return complain(complaint.wording(of: Footlights.message(for: error)))
    default: return complain("\(error)")
    }
    // A request for help or the version.
    do {
      try StandardOutput.write(Footlights.fullMessage(for: error) + "\n")
      return ExitStatus.done
    } catch {
      return complain("\(error)")
    }
  }

  private static func complain(_ message: String) -> Int32 {
    StandardError.write("footlights: \(oneLine(message))\n")
    return ExitStatus.badInput
  }
}

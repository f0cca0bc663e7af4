import TestSupport

/// The probe in a pseudo-terminal.
func probe(
  _ arguments: [String] = [], columns: Int = 80, rows: Int = 24,
  _ variables: [String: String] = [:]
) throws -> PseudoTerminal {
  var environment = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
  environment.merge(variables) { $1 }
  return try PseudoTerminal(
    builtProgram("TerminalProbe"), arguments, columns: columns, rows: rows,
    environment: environment.filter { !$0.value.isEmpty })
}

/// A training engine as a front end sees it: commands in, snapshots out. Neither call waits.
public protocol Engine: AnyObject, Sendable {
  /// Hands over a command; it takes effect at the next update boundary.
  func send(_ command: EngineCommand)

  /// The latest state of the run.
  func snapshot() -> EngineSnapshot
}

internal import Agents
internal import Networks
internal import Telemetry

/// Updates without a gap, with all that is needed to make them again bit for bit, in flat arrays: the
/// rows of an update are those of its workers in order, each worker's in the order of its steps.
struct RecordedUpdates: Sendable {
  /// One update.
  struct Update: Sendable {
    /// The version of theta it made.
    var version: Int
    /// The version of theta its rollouts were acted with.
    var pulledVersion: Int
    /// The agent that made it.
    var agent: AgentName
    /// Steps of all its rollouts.
    var batch: Int
    /// The weights in the loss.
    var loss: ActorCriticLoss
    /// What clipping multiplied the gradient by.
    var clippingFactor: Float
    /// The step size.
    var learningRate: Float
    /// The steps of each worker it was made from, in the order of the workers; with A2C of all
    /// workers.
    var counts: [Int]
    /// The row of its first step.
    var firstRow: Int
  }

  /// Floats of an observation.
  let observationWidth: Int
  /// The updates, oldest first: their versions follow one another.
  private(set) var updates: [Update] = []
  /// What the agent saw, `observationWidth` floats a row.
  private(set) var observations: [Float] = []
  /// The action taken, one a row.
  private(set) var actions: [Int32] = []
  /// The advantage A, one a row.
  private(set) var advantages: [Float] = []
  /// The target G, one a row.
  private(set) var targets: [Float] = []

  init(observationWidth: Int) { self.observationWidth = observationWidth }

  /// The versions the updates made; empty where there are none.
  var versions: Range<Int> {
    guard let first = updates.first else { return 0..<0 }
    return first.version..<first.version + updates.count
  }

  /// The update that made `version`.
  subscript(version: Int) -> Update? {
    versions.contains(version) ? updates[version - versions.lowerBound] : nil
  }

  /// Rows so far.
  var rows: Int { actions.count }

  /// Appends the next update; its rows follow.
  ///
  /// - Precondition: Its version follows that of the last.
  mutating func append(_ update: Update) {
    precondition(
      updates.isEmpty || update.version == versions.upperBound, "updates without a gap")
    updates.append(update)
  }

  /// Appends the next row of the last update.
  mutating func appendRow(
    observation: UnsafePointer<Float>, action: Int32, advantage: Float, target: Float
  ) {
    observations.append(
      contentsOf: UnsafeBufferPointer(start: observation, count: observationWidth))
    actions.append(action)
    advantages.append(advantage)
    targets.append(target)
  }

  /// Makes room.
  mutating func reserve(updates: Int, rows: Int) {
    self.updates.reserveCapacity(updates)
    observations.reserveCapacity(rows * observationWidth)
    actions.reserveCapacity(rows)
    advantages.reserveCapacity(rows)
    targets.reserveCapacity(rows)
  }
}

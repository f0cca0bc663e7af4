internal import Agents

/// An update of theta and all that it was made from: enough to make it again.
struct RecordedUpdate: Sendable {
  /// What one worker's rollout gave to it.
  struct Part: Sendable {
    /// The worker.
    var worker: Int
    /// The first worker of the group it acted in: gradients are summed by group, in this order.
    var groupFirst: Int
    /// Workers of the group: its forward and backward passes had their rows `[t][worker]`.
    var groupWidth: Int
    /// Steps of the group's rollout; a worker with fewer waited for the others at the end.
    var groupLength: Int
    /// The worker's number of its first step.
    var firstNumber: Int
    /// Steps.
    var count: Int
    /// Observations, one behind the other.
    var observations: [Float]
    /// Actions.
    var actions: [Int32]
    /// Targets G.
    var targets: [Float]
    /// Advantages G - V(s).
    var advantages: [Float]
  }

  /// What it was made with: weights of the loss, clipping factor, step size, steps of all rollouts. (Where
  /// several threads learn together, the means are of one thread's part.)
  let report: UpdateReport
  /// The rollouts by worker.
  private(set) var parts: [Part] = []

  init(_ report: UpdateReport) { self.report = report }

  /// Whether all of its rollouts are here.
  var isComplete: Bool { parts.reduce(0) { $0 + $1.count } == report.batch }

  mutating func add(_ record: RecordedRollout) { parts.append(Part(record)) }

  /// The same with its rollouts in the order of their workers.
  var inOrder: RecordedUpdate {
    var result = self
    result.parts.sort { $0.worker < $1.worker }
    return result
  }
}

extension RecordedUpdate.Part {
  init(_ record: RecordedRollout) {
    let header = record.header
    let steps = 0..<Int(header.count)
    self.init(
      worker: Int(header.worker), groupFirst: Int(header.groupFirst),
      groupWidth: Int(header.groupWidth), groupLength: Int(header.groupLength),
      firstNumber: header.firstNumber, count: steps.count,
      observations: steps.flatMap { Array(record.step($0).observation) },
      actions: steps.map { record.step($0).action },
      targets: steps.map { record.step($0).target },
      advantages: steps.map { record.step($0).advantage })
  }
}

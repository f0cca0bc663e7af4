internal import Agents
internal import Networks
internal import Telemetry

/// Makes a recorded update again, to the last bit: the same rows through the same network, batched and
/// added up as its agent did it.
final class RecordedGradient {
  private let network: ActorCriticNetwork
  private var workspace: ActorCriticWorkspace
  private let gradient: FloatBuffer
  private let part: FloatBuffer
  private var rows: [Row] = []

  /// The columns of the rows as the loss wants them.
  private var actions: [Int32] = []
  private var advantages: [Float] = []
  private var targets: [Float] = []

  /// A step by its place in the record; nil where its worker waited for the others.
  private typealias Row = Int?

  init(network: ActorCriticNetwork) {
    self.network = network
    workspace = network.makeWorkspace(rows: 64)
    gradient = network.makeParameters()
    part = network.makeParameters()
  }

  /// The gradient of an update by the theta its rollouts were acted with; valid until the next call.
  func compute(
    _ update: RecordedUpdates.Update, of recorded: RecordedUpdates, theta: FloatBuffer
  ) -> FloatBuffer {
    switch update.agent {
    case .a3c, .actorCritic:
      layOut(update, workers: 0..<update.counts.count)
      backward(update, recorded, theta, meanOver: update.batch, into: gradient)
    case .a2c:
      for group in A2CTeam.groups(workers: update.counts.count) {
        layOut(update, workers: group)
        let isFirst = group.lowerBound == 0
        backward(update, recorded, theta, meanOver: 1, into: isFirst ? gradient : part)
        if !isFirst { gradient.add(part) }
      }
    }
    return gradient
  }

  /// Takes the step of an update along its gradient.
  func apply(
    _ gradient: FloatBuffer, of update: RecordedUpdates.Update, to theta: FloatBuffer,
    _ statistics: OptimiserState
  ) {
    // What A2C's groups added up is made a mean where it is applied.
    let share = update.agent == .a2c ? Float(update.batch) : 1
    statistics.apply(
      gradient: gradient.pointer, scale: update.clippingFactor / share,
      learningRate: update.learningRate, to: theta.pointer)
  }

  /// The rows of a group, `[t][worker]` as the rollout had them.
  private func layOut(_ update: RecordedUpdates.Update, workers: Range<Int>) {
    rows.removeAll(keepingCapacity: true)
    var firsts = [update.firstRow]
    for count in update.counts { firsts.append((firsts.last ?? 0) + count) }
    let length = update.counts[workers].max() ?? 0
    for t in 0..<length {
      for worker in workers {
        rows.append(t < update.counts[worker] ? firsts[worker] + t : nil)
      }
    }
  }

  private func backward(
    _ update: RecordedUpdates.Update, _ recorded: RecordedUpdates, _ theta: FloatBuffer,
    meanOver: Int, into gradient: FloatBuffer
  ) {
    fill(from: recorded)
    network.forward(theta.pointer, rows: 0..<rows.count, workspace: workspace)
    _ = update.loss.gradients(
      rows: 0..<rows.count, actions: actions, advantages: advantages, targets: targets,
      workspace: workspace, meanOver: meanOver)
    network.backward(
      theta.pointer, rows: 0..<rows.count, workspace: workspace, gradient: gradient.pointer)
  }

  private func fill(from recorded: RecordedUpdates) {
    if workspace.rows < rows.count { workspace = network.makeWorkspace(rows: 2 * rows.count) }
    actions.removeAll(keepingCapacity: true)
    advantages.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    let width = recorded.observationWidth
    for (index, row) in rows.enumerated() {
      let observation = workspace.observation(index)
      for i in 0..<width { observation[i] = row.map { recorded.observations[$0 * width + i] } ?? 0 }
      actions.append(row.map { recorded.actions[$0] } ?? -1)
      advantages.append(row.map { recorded.advantages[$0] } ?? 0)
      targets.append(row.map { recorded.targets[$0] } ?? 0)
    }
  }
}

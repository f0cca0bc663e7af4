internal import Agents
internal import Networks

/// Makes a recorded update again, to the last bit: the same rows through the same network, batched and
/// added up as its agent did it.
final class RecordedGradient {
  private let network: ActorCriticNetwork
  private var workspace: ActorCriticWorkspace
  private let gradient: FloatBuffer
  private let part: FloatBuffer
  // The columns of a group's rows, as the loss wants them.
  private var actions: [Int32] = []
  private var advantages: [Float] = []
  private var targets: [Float] = []

  init(network: ActorCriticNetwork) {
    self.network = network
    workspace = network.makeWorkspace(rows: 64)
    gradient = network.makeParameters()
    part = network.makeParameters()
  }

  /// The gradient of an update by the theta its rollouts were acted with; valid until the next call.
  func compute(_ update: RecordedUpdate, theta: FloatBuffer) -> FloatBuffer {
    var first = 0
    while first < update.parts.count {
      let groupFirst = update.parts[first].groupFirst
      let end = update.parts[first...].firstIndex { $0.groupFirst != groupFirst }
      let group = update.parts[first..<(end ?? update.parts.count)]
      backward(group, of: update, theta, into: first == 0 ? gradient : part)
      if first > 0 { gradient.add(part) }
      first = group.endIndex
    }
    return gradient
  }

  /// Takes the step of an update along its gradient.
  func apply(
    _ gradient: FloatBuffer, of update: RecordedUpdate, to theta: FloatBuffer,
    _ statistics: OptimiserState
  ) {
    let report = update.report
    if let critic = report.criticStep {
      return applyInParts(gradient, report, critic, to: theta, statistics)
    }
    let share = report.sumsGradients ? Float(report.batch) : 1
    statistics.apply(
      gradient: gradient.pointer, scale: report.clippingFactor / share,
      learningRate: report.learningRate, to: theta.pointer)
  }

  /// The basic actor-critic: the critic's step, then the actor's, each with its own clipping and size.
  private func applyInParts(
    _ gradient: FloatBuffer, _ actor: UpdateReport, _ critic: CriticStep, to theta: FloatBuffer,
    _ statistics: OptimiserState
  ) {
    statistics.beginStep()
    statistics.apply(
      gradient: gradient.pointer, range: network.layout.range(of: .critic),
      scale: critic.clippingFactor, learningRate: critic.learningRate, to: theta.pointer)
    statistics.apply(
      gradient: gradient.pointer, range: network.layout.range(of: .actor),
      scale: actor.clippingFactor, learningRate: actor.learningRate, to: theta.pointer)
  }

  private func backward(
    _ group: ArraySlice<RecordedUpdate.Part>, of update: RecordedUpdate, _ theta: FloatBuffer,
    into gradient: FloatBuffer
  ) {
    layOut(group)
    let rows = 0..<actions.count
    network.forward(theta.pointer, rows: rows, workspace: workspace)
    _ = update.report.loss.gradients(
      rows: rows, actions: actions, advantages: advantages, targets: targets,
      workspace: workspace, meanOver: update.report.sumsGradients ? 1 : update.report.batch)
    network.backward(theta.pointer, rows: rows, workspace: workspace, gradient: gradient.pointer)
  }

  /// Writes the rows of a group as its rollout had them, `[t][worker]`. Where a worker waited for the
  /// others stands a row that is not part of the batch.
  private func layOut(_ group: ArraySlice<RecordedUpdate.Part>) {
    actions.removeAll(keepingCapacity: true)
    advantages.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    let length = group.first?.groupLength ?? 0
    let rows = length * group.count
    if workspace.rows < rows { workspace = network.makeWorkspace(rows: 2 * rows) }
    let width = workspace.observationWidth
    for t in 0..<length {
      for part in group {
        let observation = workspace.observation(actions.count)
        let isTaken = t < part.count
        for i in 0..<width { observation[i] = isTaken ? part.observations[t * width + i] : 0 }
        actions.append(isTaken ? part.actions[t] : -1)
        advantages.append(isTaken ? part.advantages[t] : 0)
        targets.append(isTaken ? part.targets[t] : 0)
      }
    }
  }
}

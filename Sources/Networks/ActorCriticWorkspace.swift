internal import CKernels

/// The activations and gradients of up to `rows` observations passing through a network.
///
/// Fill `observation(row)`, run `forward`, read `logits(row)` and `value(row)`; for the backward
/// pass fill `logitGradient(row)` and `valueGradient(row)` (see `ActorCriticLoss`). Rows stay as
/// they are until computed again. A workspace belongs to one worker, or to one thread at a time.
public final class ActorCriticWorkspace {
  /// Number of rows.
  public let rows: Int
  /// The length of a row of logits: the number of actions, or 2.
  public let actions: Int
  /// Whether a row of logits is mean and log deviation, in place of one for every action.
  public let isGaussian: Bool
  /// Floats in an observation: the number of features, or 1 for the index of a state.
  public let observationWidth: Int

  @usableFromInline let observations: UnsafeMutablePointer<Float>
  @usableFromInline let observationStride: Int
  @usableFromInline let policy: UnsafeMutablePointer<Float>
  @usableFromInline let policyGradient: UnsafeMutablePointer<Float>
  @usableFromInline let policyStride: Int
  @usableFromInline let values: UnsafeMutablePointer<Float>
  @usableFromInline let valueGradients: UnsafeMutablePointer<Float>
  @usableFromInline let valueStride: Int

  let parameterCount: Int
  let layers: UnsafeMutablePointer<footlights_layer>
  let actorLayers: Int
  let criticLayers: Int
  private let buffers: [FloatBuffer]

  init(network: ActorCriticNetwork, rows: Int) {
    precondition(rows >= 1, "a workspace needs at least 1 row, got \(rows)")
    let shape = network.shape
    let oneHot: Bool
    switch shape.input {
    case .features(let count): (oneHot, observationWidth) = (false, count)
    case .oneHot: (oneHot, observationWidth) = (true, 1)
    }
    self.rows = rows
    actions = shape.actions
    isGaussian = shape.policy.isGaussian
    parameterCount = network.layout.count
    observationStride = oneHot ? 1 : (observationWidth + 15) / 16 * 16

    var plan = WorkspacePlan(
      rows: rows, observationStride: observationStride, oneHot: oneHot,
      activation: shape.activation)
    let actor = plan.add(network.chains.actor)
    let critic = plan.add(network.chains.critic)
    actorLayers = network.chains.actor.count
    criticLayers = network.chains.critic.count
    layers = .allocate(capacity: plan.layers.count)
    layers.initialize(from: plan.layers, count: plan.layers.count)
    buffers = plan.buffers

    observations = plan.observations.pointer
    policy = actor.output
    policyGradient = actor.gradient
    policyStride = actor.stride
    // A shared head has the value beside the logits.
    let shared = network.chains.critic.isEmpty
    values = shared ? actor.output + shape.actions : critic.output
    valueGradients = shared ? actor.gradient + shape.actions : critic.gradient
    valueStride = shared ? actor.stride : critic.stride
  }

  deinit {
    layers.deallocate()
  }

  /// Where observation `row` is to be written: `observationWidth` floats.
  @inlinable
  public func observation(_ row: Int) -> UnsafeMutablePointer<Float> {
    observations + row * observationStride
  }

  /// The logits of `row`: `actions` floats; of a Gaussian policy its mean and log deviation.
  @inlinable
  public func logits(_ row: Int) -> UnsafeMutablePointer<Float> {
    policy + row * policyStride
  }

  /// The value of `row`.
  @inlinable
  public func value(_ row: Int) -> Float {
    values[row * valueStride]
  }

  /// Where the gradient of the loss by the logits of `row` is to be written: `actions` floats.
  @inlinable
  public func logitGradient(_ row: Int) -> UnsafeMutablePointer<Float> {
    policyGradient + row * policyStride
  }

  /// Where the gradient of the loss by the value of `row` is to be written: one float.
  @inlinable
  public func valueGradient(_ row: Int) -> UnsafeMutablePointer<Float> {
    valueGradients + row * valueStride
  }
}

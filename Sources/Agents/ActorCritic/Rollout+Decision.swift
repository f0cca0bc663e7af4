internal import Networks

extension Rollout {
  /// Gives what a step of actor `k` was decided from: the observation and the logits of the policy.
  /// Those of a rollout that was learnt from stand until the next one has taken as many steps, but
  /// for its first observation.
  ///
  /// - Precondition: the step was taken.
  public func withDecision(
    _ t: Int, of k: Int,
    _ body: (_ observation: UnsafePointer<Float>, _ logits: UnsafePointer<Float>) -> Void
  ) {
    let row = t * width + k
    body(workspace.observation(row), workspace.logits(row))
  }

  /// Numbers in an observation.
  public var observationWidth: Int { workspace.observationWidth }

  /// Whether the policy is over a real number: its logits are mean and log deviation.
  public var isGaussian: Bool { network.shape.policy.isGaussian }

  /// Number of actions, or of the policy's outputs.
  public var actionCount: Int { network.shape.actions }
}

internal import Networks

/// How the critic values the actions in one state, and where the actor stands: of the online networks
/// or of the targets.
public struct ActionValueCurve: Sendable, Equatable {
  /// Actions from the lower bound to the upper, evenly spaced.
  public var actions: [Float]
  /// Q(s, a) of each.
  public var values: [Float]
  /// The actor's action mu(s).
  public var policyAction: Float
  /// Q(s, mu(s)).
  public var policyValue: Float
  /// dQ/da at a = mu(s): where it is positive the actor will move to greater actions.
  public var slope: Float
}

extension DDPGLearner {
  /// Q(s, a) over all a of a state, mu(s) and dQ/da there, computed when asked for.
  ///
  /// - Parameters:
  ///   - observation: What the agent sees of the state: `observation`, `reachedObservation`, or one of
  ///     the batch.
  ///   - points: Number of actions, at least 2.
  ///   - targets: Of the target networks instead of the online ones.
  public func actionValueCurve(
    of observation: UnsafePointer<Float>, points: Int, targets: Bool = false
  ) -> ActionValueCurve {
    probe.curve(
      of: observation, points: points,
      actor: pointer(to: targets ? .targetActor : .actor),
      critic: pointer(to: targets ? .targetCritic : .critic))
  }
}

/// Workspaces for curves over actions.
final class DDPGProbe {
  private let networks: DDPGNetworks
  private let policy: FeedForwardWorkspace
  private let values: FeedForwardWorkspace

  init(_ networks: DDPGNetworks) {
    self.networks = networks
    policy = networks.actor.makeWorkspace(rows: 1)
    values = networks.critic.makeWorkspace(rows: 1, inputGradients: true)
  }

  func curve(
    of observation: UnsafePointer<Float>, points: Int, actor: UnsafePointer<Float>,
    critic: UnsafePointer<Float>
  ) -> ActionValueCurve {
    precondition(points >= 2, "a curve has at least 2 points, got \(points)")
    let width = networks.observationWidth
    policy.input(0).update(from: observation, count: width)
    values.input(0).update(from: observation, count: width)
    let actions = (0..<points).map {
      networks.action(2 * Float($0) / Float(points - 1) - 1)
    }
    func value(_ action: Float) -> Float {
      values.input(0)[width] = action
      networks.critic.forward(critic, rows: 0..<1, workspace: values)
      return values.output(0)[0]
    }
    let curve = actions.map(value)
    networks.actor.forward(actor, rows: 0..<1, workspace: policy)
    let policyAction = networks.action(policy.output(0)[0])
    let policyValue = value(policyAction)
    values.outputGradient(0)[0] = 1
    networks.critic.backwardToInputs(critic, rows: 0..<1, workspace: values)
    return ActionValueCurve(
      actions: actions, values: curve, policyAction: policyAction, policyValue: policyValue,
      slope: values.inputGradient(0)[width])
  }
}

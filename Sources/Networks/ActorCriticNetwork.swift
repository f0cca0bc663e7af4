internal import CKernels

/// A policy and a value function over one flat vector of parameters.
///
/// The network holds no parameters and no activations: parameters are passed in, activations live
/// in a workspace, so that any number of workers can use one network at once. Nothing is
/// allocated after `makeWorkspace`.
public final class ActorCriticNetwork: Sendable {
  /// Input, hidden layers and heads.
  public let shape: NetworkShape
  /// Where each weight stands in the vector of parameters.
  public let layout: ParameterLayout
  /// What it computes with.
  public let kernels: KernelTable

  let chains: DenseChains

  /// A network of that shape.
  public init(shape: NetworkShape, kernels: KernelTable = .fast) {
    self.shape = shape
    self.kernels = kernels
    chains = DenseChains(shape)
    layout = ParameterLayout(shape, chains)
  }

  /// Activations and gradients for up to `rows` observations.
  public func makeWorkspace(rows: Int) -> ActorCriticWorkspace {
    ActorCriticWorkspace(network: self, rows: rows)
  }

  /// A vector of parameters, all 0.
  public func makeParameters() -> FloatBuffer {
    FloatBuffer(count: layout.count)
  }

  /// Computes logits and values of `rows` from their observations, and keeps every activation for
  /// the backward pass.
  ///
  /// A row's result does not depend on the rows computed with it. Disjoint rows of one workspace
  /// may be computed by several threads at once.
  ///
  /// - Precondition: `rows` lie in the workspace, and a one-hot input is an index of a state.
  public func forward(
    _ parameters: UnsafePointer<Float>, rows: Range<Int>, workspace: ActorCriticWorkspace
  ) {
    check(rows, workspace)
    let run = kernels.functions.pointee.forward
    let layers = workspace.layers
    run(layers, workspace.actorLayers, parameters, rows.lowerBound, rows.count)
    if workspace.criticLayers > 0 {
      run(
        layers + workspace.actorLayers, workspace.criticLayers, parameters, rows.lowerBound,
        rows.count)
    }
  }

  /// Overwrites `gradient` (`layout.count` floats) with the gradient of the loss summed over
  /// `rows`, from their logit and value gradients and the activations `forward` left.
  ///
  /// With a one-hot input the first layer's gradient is cleared and then has one row added to it
  /// per observation: linear in the number of states, but without a multiplication. One backward
  /// pass at a time may use a workspace.
  public func backward(
    _ parameters: UnsafePointer<Float>, rows: Range<Int>, workspace: ActorCriticWorkspace,
    gradient: UnsafeMutablePointer<Float>
  ) {
    check(rows, workspace)
    let run = kernels.functions.pointee.backward
    let layers = workspace.layers
    run(layers, workspace.actorLayers, parameters, gradient, rows.lowerBound, rows.count)
    if workspace.criticLayers > 0 {
      run(
        layers + workspace.actorLayers, workspace.criticLayers, parameters, gradient,
        rows.lowerBound, rows.count)
    }
  }

  /// Overwrites one network's part of `gradient`, the range `layout.range(of: network)`, and leaves
  /// the rest as it is: the same bits there as `backward` of both.
  ///
  /// - Precondition: Actor and critic are two networks.
  public func backward(
    _ network: NetworkPart, _ parameters: UnsafePointer<Float>, rows: Range<Int>,
    workspace: ActorCriticWorkspace, gradient: UnsafeMutablePointer<Float>
  ) {
    check(rows, workspace)
    precondition(workspace.criticLayers > 0, "actor and critic share a trunk")
    let run = kernels.functions.pointee.backward
    switch network {
    case .actor:
      run(
        workspace.layers, workspace.actorLayers, parameters, gradient, rows.lowerBound, rows.count)
    case .critic:
      run(
        workspace.layers + workspace.actorLayers, workspace.criticLayers, parameters, gradient,
        rows.lowerBound, rows.count)
    }
  }

  func check(_ rows: Range<Int>, _ workspace: ActorCriticWorkspace) {
    precondition(
      workspace.parameterCount == layout.count, "the workspace is of a network of another shape")
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= workspace.rows,
      "rows \(rows) are outside the workspace's 0..<\(workspace.rows)")
  }
}

internal import CKernels

/// A multilayer perceptron over one flat vector of parameters: an action-value function Q(s, .) or
/// Q(s, a), or a deterministic policy mu(s).
///
/// The network holds no parameters and no activations: parameters are passed in, activations live
/// in a workspace, so that one network serves several vectors of parameters (an online and a target
/// one). Nothing is allocated after `makeWorkspace`.
public final class FeedForwardNetwork: Sendable {
  /// Input, hidden layers and outputs.
  public let shape: FeedForwardShape
  /// Where each weight stands in the vector of parameters: slices `hidden.0.weight`, `hidden.0.bias`,
  /// ..., `output.weight`, `output.bias`.
  public let layout: ParameterLayout
  /// What it computes with.
  public let kernels: KernelTable

  let chain: [DenseLayer]

  /// A network of that shape.
  public init(shape: FeedForwardShape, kernels: KernelTable = .fast) {
    self.shape = shape
    self.kernels = kernels
    chain = DenseLayer.chain(
      inputs: shape.input.width, hidden: shape.hidden, outputs: shape.outputs, from: 0)
    layout = ParameterLayout(chain)
  }

  /// Activations and gradients for up to `rows` inputs.
  ///
  /// - Parameter inputGradients: Whether backward passes also give the gradient by the input.
  /// - Precondition: The gradient by a one-hot input is not asked for.
  public func makeWorkspace(rows: Int, inputGradients: Bool = false) -> FeedForwardWorkspace {
    FeedForwardWorkspace(network: self, rows: rows, inputGradients: inputGradients)
  }

  /// A vector of parameters, all 0.
  public func makeParameters() -> FloatBuffer {
    FloatBuffer(count: layout.count)
  }

  /// Computes the outputs of `rows` from their inputs, and keeps every activation for the backward
  /// pass. A row's result does not depend on the rows computed with it.
  ///
  /// - Precondition: `rows` lie in the workspace, and a one-hot input is an index of a state.
  public func forward(
    _ parameters: UnsafePointer<Float>, rows: Range<Int>, workspace: FeedForwardWorkspace
  ) {
    check(rows, workspace)
    kernels.functions.pointee.forward(
      workspace.layers, chain.count, parameters, rows.lowerBound, rows.count)
  }

  /// Overwrites `gradient` (`layout.count` floats) with the gradient of the loss summed over
  /// `rows`, from the gradients by their outputs and the activations `forward` left; and the
  /// gradients by the inputs of `rows` where the workspace keeps them.
  public func backward(
    _ parameters: UnsafePointer<Float>, rows: Range<Int>, workspace: FeedForwardWorkspace,
    gradient: UnsafeMutablePointer<Float>
  ) {
    check(rows, workspace)
    workspace.differentiateOutputs(rows)
    kernels.functions.pointee.backward(
      workspace.layers, chain.count, parameters, gradient, rows.lowerBound, rows.count)
  }

  /// Overwrites the gradients by the inputs of `rows`, and computes no parameter's: how the loss
  /// depends on what the network is shown.
  ///
  /// - Precondition: The workspace keeps the gradients by its inputs.
  public func backwardToInputs(
    _ parameters: UnsafePointer<Float>, rows: Range<Int>, workspace: FeedForwardWorkspace
  ) {
    check(rows, workspace)
    precondition(workspace.hasInputGradients, "the workspace has no room for input gradients")
    workspace.differentiateOutputs(rows)
    kernels.functions.pointee.backward_outputs(
      workspace.layers, chain.count, parameters, rows.lowerBound, rows.count)
  }

  private func check(_ rows: Range<Int>, _ workspace: FeedForwardWorkspace) {
    precondition(workspace.shape == shape, "the workspace is of a network of another shape")
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= workspace.rows,
      "rows \(rows) are outside the workspace's 0..<\(workspace.rows)")
  }
}

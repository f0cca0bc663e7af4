internal import CKernels

/// The activations and gradients of up to `rows` inputs passing through a feed-forward network.
///
/// Fill `input(row)`, run `forward`, read `output(row)`; for a backward pass fill
/// `outputGradient(row)`. Rows stay as they are until computed again. A workspace belongs to one
/// thread at a time.
public final class FeedForwardWorkspace {
  /// Number of rows.
  public let rows: Int
  /// Number of outputs.
  public let outputs: Int
  /// Floats in an input: the number of features, or 1 for the index of a state.
  public let inputWidth: Int
  /// Whether backward passes also give the gradient by the input.
  public let hasInputGradients: Bool

  @usableFromInline let inputs: UnsafeMutablePointer<Float>
  @usableFromInline let inputGradients: UnsafeMutablePointer<Float>
  @usableFromInline let inputStride: Int
  @usableFromInline let outputValues: UnsafeMutablePointer<Float>
  @usableFromInline let outputGradients: UnsafeMutablePointer<Float>
  @usableFromInline let outputStride: Int

  let shape: FeedForwardShape
  let layers: UnsafeMutablePointer<footlights_layer>
  // By the sums before the output activation: what the kernels start from.
  private let sumGradients: UnsafeMutablePointer<Float>
  private let buffers: [FloatBuffer]

  init(network: FeedForwardNetwork, rows: Int, inputGradients wantsInputGradients: Bool) {
    precondition(rows >= 1, "a workspace needs at least 1 row, got \(rows)")
    let shape = network.shape
    let oneHot: Bool
    switch shape.input {
    case .features(let count): (oneHot, inputWidth) = (false, count)
    case .oneHot: (oneHot, inputWidth) = (true, 1)
    }
    precondition(!(oneHot && wantsInputGradients), "an index has no gradient")
    self.rows = rows
    self.shape = shape
    outputs = shape.outputs
    hasInputGradients = wantsInputGradients
    inputStride = oneHot ? 1 : (inputWidth + 15) / 16 * 16

    var plan = WorkspacePlan(
      rows: rows, observationStride: inputStride, oneHot: oneHot, activation: shape.activation)
    inputs = plan.observations.pointer
    inputGradients = plan.buffer(wantsInputGradients ? rows * inputStride : 0)
    let head = plan.add(
      network.chain, headActivation: shape.outputActivation == .tanh ? .tanh : nil,
      inputGradient: wantsInputGradients ? inputGradients : nil)
    outputValues = head.output
    outputStride = head.stride
    sumGradients = head.gradient
    outputGradients =
      shape.outputActivation == .tanh ? plan.buffer(rows * head.stride) : head.gradient
    layers = .allocate(capacity: plan.layers.count)
    layers.initialize(from: plan.layers, count: plan.layers.count)
    buffers = plan.buffers
  }

  deinit {
    layers.deallocate()
  }

  /// Where the input of `row` is to be written: `inputWidth` floats.
  @inlinable
  public func input(_ row: Int) -> UnsafeMutablePointer<Float> {
    inputs + row * inputStride
  }

  /// The outputs of `row`: `outputs` floats.
  @inlinable
  public func output(_ row: Int) -> UnsafeMutablePointer<Float> {
    outputValues + row * outputStride
  }

  /// Where the gradient of the loss by the outputs of `row`, after their activation, is to be
  /// written: `outputs` floats.
  @inlinable
  public func outputGradient(_ row: Int) -> UnsafeMutablePointer<Float> {
    outputGradients + row * outputStride
  }

  /// The gradient of the loss by the input of `row`, after a backward pass: `inputWidth` floats.
  ///
  /// - Precondition: The workspace keeps them.
  @inlinable
  public func inputGradient(_ row: Int) -> UnsafeMutablePointer<Float> {
    precondition(hasInputGradients, "the workspace has no room for input gradients")
    return inputGradients + row * inputStride
  }

  /// Through the output activation: tanh' = 1 - tanh^2.
  func differentiateOutputs(_ rows: Range<Int>) {
    guard shape.outputActivation == .tanh else { return }
    for row in rows {
      let start = row * outputStride
      for index in start..<start + outputs {
        let y = outputValues[index]
        sumGradients[index] = outputGradients[index] * (1 - y * y)
      }
    }
  }
}

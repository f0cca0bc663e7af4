internal import CKernels

/// The layers of a workspace with their buffers, while they are put together.
struct WorkspacePlan {
  struct Head {
    var output: UnsafeMutablePointer<Float>
    var gradient: UnsafeMutablePointer<Float>
    var stride: Int
  }

  let rows: Int
  let observationStride: Int
  let oneHot: Bool
  let activation: Int32
  let observations: FloatBuffer
  var layers: [footlights_layer] = []
  var buffers: [FloatBuffer]

  init(rows: Int, observationStride: Int, oneHot: Bool, activation: Activation) {
    self.rows = rows
    self.observationStride = observationStride
    self.oneHot = oneHot
    self.activation = activation.code
    observations = FloatBuffer(count: rows * observationStride)
    buffers = [observations]
  }

  /// A new buffer of the workspace.
  mutating func buffer(_ count: Int) -> UnsafeMutablePointer<Float> {
    let buffer = FloatBuffer(count: count)
    buffers.append(buffer)
    return buffer.pointer
  }

  /// Appends a chain of layers and gives the buffers of its last.
  ///
  /// - Parameters:
  ///   - headActivation: The function after its last layer; nil for none.
  ///   - inputGradient: Receives the gradient by its input; nil where nobody asks for it.
  mutating func add(
    _ chain: [DenseLayer], headActivation: Activation? = nil,
    inputGradient: UnsafeMutablePointer<Float>? = nil
  ) -> Head {
    let identity = Int32(FOOTLIGHTS_IDENTITY)
    let head = headActivation?.code ?? identity
    var below = Head(
      output: observations.pointer, gradient: observations.pointer, stride: observationStride)
    for (index, layer) in chain.enumerated() {
      let first = index == 0
      let own = Head(
        output: buffer(rows * layer.stride), gradient: buffer(rows * layer.stride),
        stride: layer.stride)
      layers.append(
        footlights_layer(
          inputs: layer.inputs, outputs: layer.outputs, stride: layer.stride,
          input_stride: below.stride, weight: layer.weight, bias: layer.bias,
          activation: layer.isHead ? head : activation,
          input_activation: first ? identity : activation,
          one_hot: first && oneHot ? 1 : 0,
          input: below.output, output: own.output, output_gradient: own.gradient,
          input_gradient: first ? inputGradient : below.gradient,
          transposed: first && inputGradient == nil
            ? nil : buffer((layer.outputs + 3) / 4 * 4 * FOOTLIGHTS_BLOCK)))
      below = own
    }
    return below
  }
}

extension Activation {
  /// What the kernels call it.
  fileprivate var code: Int32 {
    switch self {
    case .tanh: Int32(FOOTLIGHTS_TANH)
    case .relu: Int32(FOOTLIGHTS_RELU)
    }
  }
}

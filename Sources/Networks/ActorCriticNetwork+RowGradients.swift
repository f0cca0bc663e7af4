internal import CKernels

extension ActorCriticNetwork {
  /// The squared norm of every row's own gradient by the parameters, from the logit and value
  /// gradients of `rows` and the activations `forward` left.
  ///
  /// A dense layer's gradient by one row is the outer product of δ, the gradient by its output, and
  /// its input h with a 1 for the bias: its square is |δ|² (|h|² + 1). So no row's gradient needs to
  /// be written out (Goodfellow, "Efficient per-example gradient computations", arXiv:1510.01799).
  ///
  /// - Parameter squaredNorms: receives one number for each of `rows`.
  public func squaredRowGradientNorms(
    _ parameters: UnsafePointer<Float>, rows: Range<Int>, workspace: ActorCriticWorkspace,
    into squaredNorms: UnsafeMutablePointer<Double>
  ) {
    check(rows, workspace)
    squaredNorms.update(repeating: 0, count: rows.count)
    let run = kernels.functions.pointee.backward_outputs
    let layers = workspace.layers
    run(layers, workspace.actorLayers, parameters, rows.lowerBound, rows.count)
    if workspace.criticLayers > 0 {
      run(
        layers + workspace.actorLayers, workspace.criticLayers, parameters, rows.lowerBound,
        rows.count)
    }
    for layer in 0..<workspace.actorLayers + workspace.criticLayers {
      for row in 0..<rows.count {
        squaredNorms[row] += layers[layer].squaredGradientNorm(row: rows.lowerBound + row)
      }
    }
  }
}

extension footlights_layer {
  /// |δ|² (|h|² + 1) of one row.
  fileprivate func squaredGradientNorm(row: Int) -> Double {
    let delta = Self.squaredNorm(output_gradient + row * stride, count: outputs)
    if one_hot != 0 { return 2 * delta }
    return delta * (Self.squaredNorm(input + row * input_stride, count: inputs) + 1)
  }

  private static func squaredNorm(_ values: UnsafePointer<Float>, count: Int) -> Double {
    var sum = 0.0
    for index in 0..<count { sum += Double(values[index]) * Double(values[index]) }
    return sum
  }
}

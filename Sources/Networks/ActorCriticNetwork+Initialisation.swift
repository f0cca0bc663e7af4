public import Randomness

extension ActorCriticNetwork {
  /// Gain of the hidden layers, whatever their activation.
  public static let hiddenGain = 2.0.squareRoot()
  /// Gain of the policy head: small, so that a fresh policy is almost uniform, or almost the
  /// standard normal distribution.
  public static let policyGain = 0.01
  /// Gain of the value head.
  public static let valueGain = 1.0

  /// Overwrites `parameters` (`layout.count` floats) with fresh ones: every weight matrix is
  /// orthogonal times a gain, every bias 0 (Saxe, McClelland and Ganguli, "Exact solutions to the
  /// nonlinear dynamics of learning in deep linear neural networks", 2014).
  ///
  /// The gains are sqrt 2 for hidden layers (for tanh as well as for ReLU, as is the custom with
  /// actor-critic methods), 0.01 for the policy head and 1 for the value head. Heads straight on a
  /// one-hot input are tables, and start at 0: a uniform policy, values of 0. Where features have
  /// sizes, the weights of the layers that see them are divided by those.
  public func initialise(
    _ parameters: UnsafeMutablePointer<Float>, random: inout RandomStream
  ) {
    parameters.update(repeating: 0, count: layout.count)
    for slice in layout.slices where slice.name.hasSuffix(".weight") {
      let gain: Double
      switch slice.name {
      case "policy.weight": gain = Self.policyGain
      case "value.weight": gain = Self.valueGain
      default: gain = Self.hiddenGain
      }
      if case .oneHot = shape.input, shape.hidden.isEmpty { continue }
      let matrix = orthogonalMatrix(rows: slice.rows, columns: slice.columns, random: &random)
      let sizes = seesFeatures(slice) ? shape.featureSizes : []
      for row in 0..<slice.rows {
        let scale = sizes.isEmpty ? gain : gain / Double(sizes[row])
        for column in 0..<slice.columns {
          parameters[slice.index(row: row, column: column)] =
            Float(scale * matrix[row * slice.columns + column])
        }
      }
    }
  }

  /// Whether a weight matrix is of a layer straight on the input.
  private func seesFeatures(_ slice: ParameterLayout.Slice) -> Bool {
    shape.hidden.isEmpty || slice.name.hasSuffix(".0.weight")
  }
}

/// A random matrix, row-major, with orthonormal columns, or orthonormal rows where it has fewer
/// rows than columns: normal draws made orthonormal by the Gram-Schmidt process, which leaves
/// every rotation equally likely.
func orthogonalMatrix(rows: Int, columns: Int, random: inout RandomStream) -> [Double] {
  let length = max(rows, columns)
  let vectors = min(rows, columns)
  var basis = [Double](repeating: 0, count: vectors * length)
  basis.withUnsafeMutableBufferPointer { basis in
    for vector in 0..<vectors {
      let own = vector * length..<(vector + 1) * length
      repeat {
        for index in own { basis[index] = random.normal() }
        // Twice is enough to be orthogonal to the last digit.
        for _ in 0..<2 { removeProjections(from: vector, of: length, in: basis) }
      } while !normalise(basis[own])
    }
  }
  guard rows >= columns else { return basis }
  var transposed = [Double](repeating: 0, count: basis.count)
  for vector in 0..<vectors {
    for index in 0..<length {
      transposed[index * vectors + vector] = basis[vector * length + index]
    }
  }
  return transposed
}

/// Makes vector `vector` orthogonal to all before it.
private func removeProjections(
  from vector: Int, of length: Int, in basis: UnsafeMutableBufferPointer<Double>
) {
  let own = vector * length
  for other in 0..<vector {
    let start = other * length
    var projection = 0.0
    for index in 0..<length { projection += basis[own + index] * basis[start + index] }
    for index in 0..<length { basis[own + index] -= projection * basis[start + index] }
  }
}

/// Gives a vector length 1, unless too little of it is left.
private func normalise(_ vector: Slice<UnsafeMutableBufferPointer<Double>>) -> Bool {
  let vector = UnsafeMutableBufferPointer(rebasing: vector)
  let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  guard norm > 1e-6 else { return false }
  for index in vector.indices { vector[index] /= norm }
  return true
}

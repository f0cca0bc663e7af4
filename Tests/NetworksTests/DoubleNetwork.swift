import Foundation

@testable import Networks

/// The forward pass and the loss once more, in double precision and as plainly as possible: what
/// the kernels are compared with.
struct DoubleNetwork {
  var shape: NetworkShape
  var layout: ParameterLayout
  var parameters: [Double]

  init(_ network: ActorCriticNetwork, _ buffer: FloatBuffer) {
    shape = network.shape
    layout = network.layout
    parameters = buffer.array.map(Double.init)
  }

  private func dense(_ input: [Double], _ name: String) -> [Double] {
    guard let weight = layout.slice(named: name + ".weight"),
      let bias = layout.slice(named: name + ".bias")
    else { return [] }
    return (0..<weight.columns).map { column in
      (0..<weight.rows).reduce(parameters[bias.index(row: 0, column: column)]) {
        $0 + input[$1] * parameters[weight.index(row: $1, column: column)]
      }
    }
  }

  private func hidden(_ input: [Double], _ prefix: String) -> [Double] {
    shape.hidden.indices.reduce(input) { below, index in
      dense(below, "\(prefix).\(index)").map { shape.activation == .tanh ? tanh($0) : max(0, $0) }
    }
  }

  /// Logits and value of an input vector (one-hot inputs spelled out).
  func forward(_ input: [Double]) -> (logits: [Double], value: Double) {
    switch shape.trunk {
    case .shared:
      let top = hidden(input, "trunk")
      return (dense(top, "policy"), dense(top, "value")[0])
    case .separate:
      return (dense(hidden(input, "actor"), "policy"), dense(hidden(input, "critic"), "value")[0])
    }
  }

  /// The loss of a batch.
  func loss(
    _ loss: ActorCriticLoss, inputs: [[Double]], actions: [Int32], advantages: [Float],
    targets: [Float]
  ) -> Double {
    var total = 0.0
    for (index, input) in inputs.enumerated() {
      let (logits, value) = forward(input)
      let greatest = logits.max() ?? 0
      let logSum = greatest + log(logits.reduce(0) { $0 + exp($1 - greatest) })
      let entropy = logits.reduce(0) { $0 - exp($1 - logSum) * ($1 - logSum) }
      let difference = Double(targets[index]) - value
      total -= Double(advantages[index]) * (logits[Int(actions[index])] - logSum)
      total += Double(loss.valueCoefficient) * difference * difference
      total -= Double(loss.entropyCoefficient) * entropy
    }
    return total / Double(inputs.count)
  }
}

/// A network with parameters, a batch and everything that is computed from them.
struct Trial {
  let network: ActorCriticNetwork
  let parameters: FloatBuffer
  let workspace: ActorCriticWorkspace
  let gradient: FloatBuffer

  init(_ shape: NetworkShape, rows: Int, kernels: KernelTable = .fast) {
    network = ActorCriticNetwork(shape: shape, kernels: kernels)
    parameters = network.makeParameters()
    workspace = network.makeWorkspace(rows: rows)
    gradient = network.makeParameters()
    // What a backward pass must overwrite.
    gradient.fill(.nan)
  }

  func fill(_ inputs: [[Double]]) {
    for (row, input) in inputs.enumerated() {
      for (index, value) in input.enumerated() {
        workspace.observation(row)[index] = Float(value)
      }
    }
  }

  /// Forward, loss and backward over the first `actions.count` rows.
  @discardableResult
  func run(
    _ loss: ActorCriticLoss = ActorCriticLoss(), actions: [Int32], advantages: [Float],
    targets: [Float]
  ) -> ActorCriticLoss.Terms {
    let rows = 0..<actions.count
    network.forward(parameters.pointer, rows: rows, workspace: workspace)
    let terms = loss.gradients(
      rows: rows, actions: actions, advantages: advantages, targets: targets, workspace: workspace)
    network.backward(
      parameters.pointer, rows: rows, workspace: workspace, gradient: gradient.pointer)
    return terms
  }

  /// Indices of the vector that are no parameter.
  var padding: [Int] {
    var isParameter = [Bool](repeating: false, count: network.layout.count)
    for slice in network.layout.slices {
      for row in 0..<slice.rows {
        for column in 0..<slice.columns {
          isParameter[slice.index(row: row, column: column)] = true
        }
      }
    }
    return isParameter.indices.filter { !isParameter[$0] }
  }
}

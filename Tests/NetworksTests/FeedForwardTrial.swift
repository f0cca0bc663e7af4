import Foundation
import Networks
import Randomness

/// The forward pass once more, in double precision and as plainly as possible.
struct DoubleFeedForward {
  let shape: FeedForwardShape
  let layout: ParameterLayout
  var parameters: [Double]

  private func dense(_ input: [Double], _ number: Int) -> [Double] {
    let (weight, bias) = (layout.slices[2 * number], layout.slices[2 * number + 1])
    return (0..<weight.columns).map { column in
      (0..<weight.rows).reduce(parameters[bias.index(row: 0, column: column)]) {
        $0 + input[$1] * parameters[weight.index(row: $1, column: column)]
      }
    }
  }

  /// The outputs for an input vector, or for the one number that is the index of a state.
  func outputs(_ input: [Double]) -> [Double] {
    var values = input
    if case .oneHot(let count) = shape.input {
      values = (0..<count).map { Double($0) == input[0] ? 1 : 0 }
    }
    for number in shape.hidden.indices {
      values = dense(values, number).map { shape.activation == .tanh ? tanh($0) : max(0, $0) }
    }
    values = dense(values, shape.hidden.count)
    return shape.outputActivation == .tanh ? values.map { tanh($0) } : values
  }
}

/// A network with random parameters and inputs, and the loss sum of weight * output.
struct FeedForwardTrial {
  let network: FeedForwardNetwork
  let parameters: FloatBuffer
  let workspace: FeedForwardWorkspace
  let gradient: FloatBuffer
  let plain: DoubleFeedForward
  private(set) var inputs: [[Double]] = []
  /// The gradient of the loss by every output.
  private(set) var weights: [[Double]] = []

  init(
    _ shape: FeedForwardShape, rows: Int, kernels: KernelTable = .fast, inputGradients: Bool = true
  ) {
    network = FeedForwardNetwork(shape: shape, kernels: kernels)
    parameters = network.makeParameters()
    gradient = network.makeParameters()
    gradient.fill(.nan)
    var random = RandomStream(seed: 3, key: UInt64(rows))
    network.initialise(parameters.pointer, random: &random)
    plain = DoubleFeedForward(
      shape: shape, layout: network.layout, parameters: parameters.array.map(Double.init))
    // A stream of its own, so that networks of one size have one loss.
    var randomWeights = RandomStream(seed: 4, key: UInt64(rows))
    var isIndex = false
    if case .oneHot = shape.input { isIndex = true }
    workspace = network.makeWorkspace(rows: rows, inputGradients: inputGradients && !isIndex)
    for _ in 0..<rows {
      inputs.append(
        isIndex
          ? [Double(random.below(shape.input.width))]
          : (0..<shape.input.width).map { _ in Double(Float(random.normal())) })
      weights.append((0..<shape.outputs).map { _ in Double(Float(randomWeights.normal())) })
    }
    fill(inputs)
  }

  func fill(_ inputs: [[Double]]) {
    for (row, input) in inputs.enumerated() {
      if workspace.inputWidth == 1 || input.count == workspace.inputWidth {
        for (index, value) in input.enumerated() { workspace.input(row)[index] = Float(value) }
      } else {
        for index in 0..<workspace.inputWidth {
          workspace.input(row)[index] = Double(index) == input[0] ? 1 : 0
        }
      }
    }
  }

  /// Forward and backward over all rows.
  func run() {
    let rows = 0..<workspace.rows
    network.forward(parameters.pointer, rows: rows, workspace: workspace)
    for row in rows {
      for output in 0..<workspace.outputs {
        workspace.outputGradient(row)[output] = Float(weights[row][output])
      }
    }
    network.backward(
      parameters.pointer, rows: rows, workspace: workspace, gradient: gradient.pointer)
  }

  /// The central difference of the loss along a move.
  func slope(_ move: (inout DoubleFeedForward, inout [[Double]], Double) -> Void) -> Double {
    func loss(_ h: Double) -> Double {
      var (moved, shown) = (plain, inputs)
      move(&moved, &shown, h)
      return zip(shown, weights).reduce(0) { sum, row in
        zip(moved.outputs(row.0), row.1).reduce(sum) { $0 + $1.0 * $1.1 }
      }
    }
    let h = 1e-5
    return (loss(h) - loss(-h)) / (2 * h)
  }
}

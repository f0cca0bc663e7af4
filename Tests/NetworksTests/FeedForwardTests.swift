import Foundation
import Networks
import Randomness
import Testing

@Suite("Feed-forward networks")
struct FeedForwardTests {
  static let shapes: [FeedForwardShape] = [
    FeedForwardShape(input: .features(4), hidden: [64, 64], outputs: 1),
    FeedForwardShape(
      input: .features(3), hidden: [5], activation: .tanh, outputs: 2, outputActivation: .tanh),
    FeedForwardShape(
      input: .features(17), hidden: [20, 48, 9], activation: .tanh, outputs: 18,
      outputActivation: .tanh),
    FeedForwardShape(input: .features(37), hidden: [33, 17], activation: .tanh, outputs: 3),
    FeedForwardShape(input: .features(7), hidden: [], outputs: 4),
    FeedForwardShape(input: .oneHot(9), hidden: [], outputs: 4),
    FeedForwardShape(input: .oneHot(23), hidden: [40], activation: .tanh, outputs: 4),
  ]

  @Test(
    "Outputs and gradients, by parameters and by inputs, are those of double precision",
    arguments: shapes, KernelTable.supported)
  func finiteDifferences(shape: FeedForwardShape, kernels: KernelTable) {
    for rows in [1, 5] {
      let trial = FeedForwardTrial(shape, rows: rows, kernels: kernels)
      trial.run()
      for row in 0..<rows {
        for (output, expected) in trial.plain.outputs(trial.inputs[row]).enumerated() {
          #expect(abs(Double(trial.workspace.output(row)[output]) - expected) < 1e-5)
        }
      }
      for slice in trial.network.layout.slices {
        // A sample of each slice: every finite difference costs two forward passes.
        let elements = slice.elements
        for number in stride(from: 0, to: elements.count, by: max(1, elements.count / 6)) {
          let index = slice.index(row: elements[number].0, column: elements[number].1)
          let expected = trial.slope { plain, _, h in plain.parameters[index] += h }
          let found = Double(trial.gradient[index])
          #expect(abs(found - expected) < 3e-5 * max(1, abs(expected)), "\(slice.name) \(found)")
        }
      }
      guard trial.workspace.hasInputGradients else { continue }
      for row in 0..<rows {
        for index in 0..<trial.workspace.inputWidth {
          let expected = trial.slope { _, inputs, h in inputs[row][index] += h }
          let found = Double(trial.workspace.inputGradient(row)[index])
          #expect(abs(found - expected) < 3e-5 * max(1, abs(expected)), "\(row) \(index)")
        }
      }
    }
  }

  @Test("Gradients by inputs alone are the same bits, and touch no parameter's gradient")
  func inputsAlone() {
    let trial = FeedForwardTrial(Self.shapes[2], rows: 6)
    trial.run()
    let both = (0..<6).map { Self.row(trial.workspace.inputGradient($0), count: 17) }
    for row in 0..<6 { trial.workspace.inputGradient(row).update(repeating: .nan, count: 17) }
    let gradient = trial.gradient.array
    trial.network.backwardToInputs(
      trial.parameters.pointer, rows: 2..<6, workspace: trial.workspace)
    for row in 2..<6 {
      #expect(Self.row(trial.workspace.inputGradient(row), count: 17) == both[row])
    }
    #expect(trial.workspace.inputGradient(1)[0].isNaN)
    #expect(trial.gradient.array == gradient)
  }

  @Test("Gradients by parameters do not depend on whether those by inputs are asked for")
  func withoutInputGradients() {
    let with = FeedForwardTrial(Self.shapes[2], rows: 6)
    let without = FeedForwardTrial(Self.shapes[2], rows: 6, inputGradients: false)
    with.run()
    without.run()
    #expect(with.gradient.array == without.gradient.array)
  }

  @Test("A row does not depend on those computed with it")
  func rowsAlone() {
    let together = FeedForwardTrial(Self.shapes[0], rows: 7)
    together.run()
    let outputs = (0..<7).map { together.workspace.output($0)[0] }
    for row in 0..<7 {
      together.workspace.output(row)[0] = .nan
      together.network.forward(
        together.parameters.pointer, rows: row..<row + 1, workspace: together.workspace)
      #expect(together.workspace.output(row)[0] == outputs[row])
    }
  }

  @Test("A one-hot input is its vector spelled out", arguments: [[], [24]])
  func oneHot(hidden: [Int]) {
    let hot = FeedForwardTrial(
      FeedForwardShape(input: .oneHot(10), hidden: hidden, outputs: 3), rows: 6)
    let spelled = FeedForwardTrial(
      FeedForwardShape(input: .features(10), hidden: hidden, outputs: 3), rows: 6)
    spelled.parameters.copy(from: hot.parameters)
    spelled.fill(hot.inputs)
    hot.run()
    spelled.run()
    for row in 0..<6 {
      for output in 0..<3 {
        #expect(hot.workspace.output(row)[output] == spelled.workspace.output(row)[output])
      }
    }
    for index in 0..<hot.gradient.count {
      #expect(abs(hot.gradient[index] - spelled.gradient[index]) < 1e-6)
    }
  }

  @Test("Fresh parameters fill their bounds, padding is 0", arguments: [nil, 0.003, 0])
  func initialisation(outputBound: Double?) {
    let shape = FeedForwardShape(input: .features(5), hidden: [64, 36], outputs: 20)
    let trial = FeedForwardTrial(shape, rows: 1)
    trial.parameters.fill(.nan)
    var random = RandomStream(seed: 8)
    trial.network.initialise(trial.parameters.pointer, outputBound: outputBound, random: &random)
    let bounds = [5, 5, 64, 64, 36, 36].map { 1 / Double($0).squareRoot() }
    var isParameter = [Bool](repeating: false, count: trial.parameters.count)
    for (number, slice) in trial.network.layout.slices.enumerated() {
      let bound = number < 4 ? bounds[number] : outputBound ?? bounds[number]
      var least = Double.infinity
      var greatest = -Double.infinity
      for (row, column) in slice.elements {
        let index = slice.index(row: row, column: column)
        isParameter[index] = true
        least = min(least, Double(trial.parameters[index]))
        greatest = max(greatest, Double(trial.parameters[index]))
      }
      #expect(least >= -bound * 1.000001 && greatest <= bound * 1.000001)
      #expect(least <= -0.6 * bound && greatest >= 0.6 * bound, "\(slice.name)")
    }
    #expect(isParameter.indices.allSatisfy { isParameter[$0] || trial.parameters[$0] == 0 })
  }

  @Test("The layout names its layers from the input up, and padding stays 0 as they learn")
  func layout() {
    let trial = FeedForwardTrial(Self.shapes[2], rows: 4)
    #expect(
      trial.network.layout.slices.map(\.name) == [
        "hidden.0.weight", "hidden.0.bias", "hidden.1.weight", "hidden.1.bias", "hidden.2.weight",
        "hidden.2.bias", "output.weight", "output.bias",
      ])
    #expect(
      trial.network.layout.parameterCount == 17 * 20 + 20 + 20 * 48 + 48 + 48 * 9 + 9 + 9 * 18 + 18)
    let state = OptimiserState(.adam(Adam()), count: trial.network.layout.count)
    for _ in 0..<4 {
      trial.run()
      state.apply(
        gradient: trial.gradient.pointer, learningRate: 0.1, to: trial.parameters.pointer)
    }
    let written = trial.parameters.array.filter { $0 != 0 }.count
    #expect(written <= trial.network.layout.parameterCount)
    #expect(trial.parameters.allFinite)
  }

  private static func row(_ values: UnsafePointer<Float>, count: Int) -> [Float] {
    Array(UnsafeBufferPointer(start: values, count: count))
  }
}

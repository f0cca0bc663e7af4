import Foundation
import Networks
import Randomness
import Testing

@testable import Agents

@Suite("The loss of a deep Q-network")
struct DQNGradientTests {
  struct Reference: Decodable {
    struct Case: Decodable, CustomStringConvertible {
      let `case`: String
      let activation: String
      let lossKind: String
      let isDouble: Bool
      let gamma: Double
      let parameters: [String: [[Double]]]
      let targetParameters: [String: [[Double]]]
      let inputs: [[Float]]
      let nextInputs: [[Float]]
      let actions: [Int]
      let rewards: [Float]
      let terminated: [Int]
      let loss: Double
      let qValues: [[Double]]
      let targets: [Double]
      let errors: [Double]
      let gradients: [String: [[Double]]]
      let gradientGlobalNorm: Double

      var description: String { `case` }
    }
    let tolerance: Double
    let cases: [Case]

    static func load() throws -> Reference {
      let url = try #require(
        Bundle.module.url(
          forResource: "gradients_dqn", withExtension: "json", subdirectory: "Resources"))
      return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    }
  }

  /// The reference's name of a slice and whether it is a weight.
  private func source(_ name: String) -> (name: String, isWeight: Bool) {
    let isWeight = name.hasSuffix(".weight")
    let layer =
      name.hasPrefix("output") ? "out" : name.split(separator: ".").dropFirst().first ?? ""
    return ("q.\(layer).\(isWeight ? "weight" : "bias")", isWeight)
  }

  private func fill(
    _ vector: FloatBuffer, _ network: FeedForwardNetwork, _ values: [String: [[Double]]]
  ) throws {
    for slice in network.layout.slices {
      let source = source(slice.name)
      let matrix = try #require(values[source.name])
      for row in 0..<slice.rows {
        for column in 0..<slice.columns {
          vector[slice.index(row: row, column: column)] = Float(
            source.isWeight ? matrix[column][row] : matrix[0][column])
        }
      }
    }
  }

  private func greatestDifference(
    _ vector: FloatBuffer, _ network: FeedForwardNetwork, _ values: [String: [[Double]]]
  ) throws -> Double {
    let expected = FloatBuffer(count: vector.count)
    try fill(expected, network, values)
    return (0..<vector.count).reduce(0) {
      max($0, abs(Double(vector[$1]) - Double(expected[$1])))
    }
  }

  @Test("Targets, errors, loss and gradient are PyTorch's, whatever the kernels")
  func reference() throws {
    let reference = try Reference.load()
    #expect(reference.cases.count == 8)
    for item in reference.cases {
      for kernels in KernelTable.supported { try check(item, kernels, reference.tolerance) }
    }
  }

  private func check(
    _ item: Reference.Case, _ kernels: KernelTable, _ tolerance: Double
  ) throws {
    let network = FeedForwardNetwork(
      shape: FeedForwardShape(
        input: .features(item.inputs[0].count),
        hidden: ["q.0.bias", "q.1.bias"].compactMap { item.parameters[$0]?[0].count },
        activation: try #require(Activation(rawValue: item.activation)),
        outputs: item.qValues[0].count),
      kernels: kernels)
    let online = network.makeParameters()
    let target = network.makeParameters()
    try fill(online, network, item.parameters)
    try fill(target, network, item.targetParameters)
    let replay = ReplayBuffer(capacity: 8, observationWidth: item.inputs[0].count)
    for row in item.inputs.indices {
      replay.store(
        item.inputs[row], action: Float(item.actions[row]), reward: item.rewards[row],
        next: item.nextInputs[row], terminated: item.terminated[row] == 1)
    }
    let batch = DQNBatch(network: network, count: item.inputs.count)
    for row in 0..<batch.count { batch.slots[row] = Int32(row) }
    batch.gather(from: replay)
    batch.estimate(
      discount: item.gamma, isDouble: item.isDouble, online: online.pointer,
      target: target.pointer)
    let gradient = network.makeParameters()
    let loss = batch.differentiate(
      item.lossKind == "huber" ? .huber : .squared, online: online.pointer,
      into: gradient.pointer)
    for row in 0..<batch.count {
      #expect(abs(Double(batch.targets[row]) - item.targets[row]) < tolerance)
      #expect(abs(Double(batch.errors[row]) - item.errors[row]) < tolerance)
      for (action, value) in item.qValues[row].enumerated() {
        #expect(abs(Double(batch.states.output(row)[action]) - value) < tolerance)
      }
    }
    #expect(abs(loss - item.loss) < tolerance)
    #expect(try greatestDifference(gradient, network, item.gradients) < tolerance)
    let norm = GradientNorm.norm(gradient.pointer, count: gradient.count, kernels: kernels)
    #expect(abs(norm - item.gradientGlobalNorm) < tolerance)
  }

  @Test("The loss is 0 at 0, even, and its derivative is its slope", arguments: DQNLoss.allCases)
  func slope(loss: DQNLoss) {
    #expect(loss.value(0) == 0 && loss.derivative(0) == 0)
    for error in stride(from: Float(-3), through: 3, by: 0.125) {
      let step: Float = 0x1p-8
      let slope = (loss.value(error + step) - loss.value(error - step)) / (2 * step)
      #expect(abs(slope - loss.derivative(error)) <= step)
      #expect(loss.value(error) == loss.value(-error))
    }
  }

  @Test("Huber's is half the square within 1 and its slope never more than 1")
  func huber() {
    #expect(DQNLoss.huber.value(0.5) == 0.125 && DQNLoss.huber.value(1) == 0.5)
    #expect(DQNLoss.huber.value(-10) == 9.5 && DQNLoss.squared.value(-10) == 100)
    #expect(DQNLoss.huber.derivative(1e6) == 1 && DQNLoss.huber.derivative(-1e6) == -1)
  }

  @Test("The mean over a batch does not change when the batch is doubled")
  func meanOfBatch() {
    let network = FeedForwardNetwork(
      shape: FeedForwardShape(input: .features(3), hidden: [8], outputs: 2))
    let theta = network.makeParameters()
    var random = RandomStream(seed: 4)
    network.initialise(theta.pointer, random: &random)
    let replay = ReplayBuffer(capacity: 4, observationWidth: 3)
    for k in 0..<4 {
      replay.store(
        (0..<3).map { _ in Float(random.normal()) }, action: Float(k % 2), reward: Float(k),
        next: (0..<3).map { _ in Float(random.normal()) }, terminated: k == 2)
    }
    let results = [4, 8].map { count in
      let batch = DQNBatch(network: network, count: count)
      for row in 0..<count { batch.slots[row] = Int32(row % 4) }
      batch.gather(from: replay)
      batch.estimate(
        discount: 0.9, isDouble: false, online: theta.pointer, target: theta.pointer)
      let gradient = network.makeParameters()
      let loss = batch.differentiate(.huber, online: theta.pointer, into: gradient.pointer)
      return [Float(loss)] + gradient.array
    }
    for (single, twice) in zip(results[0], results[1]) { #expect(abs(single - twice) < 1e-6) }
    #expect(results[0][0] > 0)
  }
}

import Foundation
import Networks
import Testing

@testable import Agents

/// `gradients_ddpg.json`: losses and gradients of DDPG by PyTorch's autograd in double precision.
/// Weights are [out][in], biases [1][out]; an action has two numbers.
struct DDPGReference: Decodable {
  struct Case: Decodable, CustomStringConvertible {
    struct Terms: Decodable {
      var targets: [Double]?
      var values: [Double]?
      var actorActions: [[Double]]?
      var actorValues: [Double]?
    }
    var `case`: String
    var activation: String
    var gamma: Double
    var actionScale: Double
    var parameters: [String: [[Double]]]
    var targetParameters: [String: [[Double]]]
    var inputs: [[Float]]
    var actions: [[Float]]
    var rewards: [Float]
    var nextInputs: [[Float]]
    var terminated: [Int]
    var loss: Double
    var terms: Terms
    var gradients: [String: [[Double]]]
    var gradientGlobalNorm: Double

    var description: String { `case` }
  }
  var tolerance: Double
  var cases: [Case]

  static func load() throws -> DDPGReference {
    let url = try #require(
      Bundle.module.url(
        forResource: "gradients_ddpg", withExtension: "json", subdirectory: "Resources"))
    return try JSONDecoder().decode(DDPGReference.self, from: Data(contentsOf: url))
  }
}

/// A reference case in our networks and a batch.
struct DDPGReferenceTrial {
  let example: DDPGReference.Case
  let networks: DDPGNetworks
  let parameters: FloatBuffer
  let batch: DDPGBatch
  let gradient: FloatBuffer

  init(_ example: DDPGReference.Case, kernels: KernelTable) throws {
    self.example = example
    networks = DDPGNetworks(
      observationWidth: 3, actions: 2, bounds: -example.actionScale...example.actionScale,
      hidden: [8, 8], activation: try #require(Activation(rawValue: example.activation)),
      kernels: kernels)
    parameters = FloatBuffer(count: 2 * networks.onlineCount)
    gradient = FloatBuffer(count: networks.onlineCount)
    gradient.fill(.nan)
    batch = DDPGBatch(networks: networks, count: example.inputs.count)
    for (part, table) in [
      (DDPGNetworks.Part.actor, example.parameters), (.critic, example.parameters),
      (.targetActor, example.targetParameters), (.targetCritic, example.targetParameters),
    ] {
      let start = networks.range(of: part).lowerBound
      try forEach(part, in: table) { index, value in parameters[start + index] = Float(value) }
    }
    for row in example.inputs.indices {
      batch.fill(
        row, example.inputs[row], action: example.actions[row], reward: example.rewards[row],
        next: example.nextInputs[row], terminated: example.terminated[row] == 1)
    }
  }

  func pointer(_ part: DDPGNetworks.Part) -> UnsafeMutablePointer<Float> {
    parameters.pointer + networks.range(of: part).lowerBound
  }

  /// Every parameter of a network: its index there and what a table says of it.
  func forEach(
    _ part: DDPGNetworks.Part, in table: [String: [[Double]]], _ body: (Int, Double) -> Void
  ) throws {
    let isActor = part == .actor || part == .targetActor
    let layout = (isActor ? networks.actor : networks.critic).layout
    for slice in layout.slices {
      let name = slice.name.replacingOccurrences(of: "hidden.", with: "")
        .replacingOccurrences(of: "output", with: "out")
      let matrix = try #require(table[(isActor ? "actor." : "critic.") + name])
      for row in 0..<slice.rows {
        for column in 0..<slice.columns {
          body(
            slice.index(row: row, column: column),
            name.hasSuffix("bias") ? matrix[0][column] : matrix[column][row])
        }
      }
    }
  }
}

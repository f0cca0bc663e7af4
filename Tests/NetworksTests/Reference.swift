import Foundation
import Testing

/// A file of reference numbers from the test target's resources.
func reference<Contents: Decodable>(_ name: String) throws -> Contents {
  let url = try #require(
    Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Resources"))
  return try JSONDecoder().decode(Contents.self, from: Data(contentsOf: url))
}

/// `gradients_actor_critic.json`.
struct GradientReference: Decodable {
  struct Case: Decodable, CustomStringConvertible {
    struct Terms: Decodable {
      var policyLoss: Double
      var valueLoss: Double
      var entropy: Double
      var logits: [[Double]]
      var values: [Double]
    }
    var `case`: String
    var activation: String
    var parameters: [String: [[Double]]]
    var inputs: [[Double]]
    var actions: [Int32]
    var advantages: [Float]
    var returns: [Float]
    var loss: Double
    var terms: Terms
    var gradients: [String: [[Double]]]
    var gradientGlobalNorm: Double

    var description: String { `case` }
  }
  var tolerance: Double
  var cases: [Case]
}

/// `optimisers.json`.
struct OptimiserReference: Decodable {
  struct Run: Decodable {
    var kind: String
    var options: [String: Double]
    var clip: Double?
    var norms: [Double]
    var parametersAfter: [String: [Double]]
  }
  var tolerance: Double
  var initial: [Double]
  var gradients: [[Double]]
  var runs: [Run]
}

/// `categorical.json`.
struct CategoricalReference: Decodable {
  struct Case: Decodable {
    var label: String
    var logits: [Double]
    var logitsQ: [Double]
    var logProbabilities: [Double]
    var probabilities: [Double]
    var entropy: Double
    var divergence: Double
  }
  var tolerance: Double
  var categorical: [Case]
}

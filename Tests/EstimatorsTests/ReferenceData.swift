internal import Foundation
internal import MarkovProcesses
internal import Testing

/// One of the JSON files of this target's resources.
func reference<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
  let url = try #require(
    Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Resources"))
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  return try decoder.decode(type, from: Data(contentsOf: url))
}

/// `return_estimators.json`: computed from the definitions with numpy, checked with
/// Stable-Baselines3 and rlax.
struct ReturnCases: Decodable {
  struct Case: Decodable {
    var label: String
    var envs: Int
    var gamma: Double
    var rewards: [[Double]]
    var values: [[Double]]
    var nextValues: [[Double]]
    var terminated: [[Int]]
    var truncated: [[Int]]
    var monteCarlo: [[Double]]
    var monteCarloWithoutBootstrap: [[Double]]
    var td0Target: [[Double]]
    var nStep: [String: [[Double]]]
    var lambdaReturn: [String: [[Double]]]
    var gae: [String: [[Double]]]
  }
  struct Weights: Decodable {
    var lambda: Double
    var stepsLeft: Int
    var weights: [Double]
    var tailWeight: Double
  }
  var cases: [Case]
  var lambdaWeights: [Weights]
}

/// `bias_variance.json`: exact moments computed with numpy.
struct BiasVarianceProblems: Decodable {
  struct Moments: Decodable {
    var mean: [Double]
    var bias: [Double]
    var biasSquared: [Double]
    var variance: [Double]
    var meanSquaredError: [Double]
  }
  struct Problem: Decodable {
    var states: Int
    var actions: Int
    var gamma: Double
    var outcomes: [[[[Double]]]]
    var policy: [[Double]]
    var trueValues: [Double]
    var estimateV: [Double]
    var nStep: [String: Moments]
    var lambdaReturn: [String: Moments]

    var mdp: TabularMDP {
      TabularMDP(
        states: states, actions: actions,
        outcomes: outcomes.map { state in
          state.map { action in
            action.map {
              TabularMDP.Outcome(probability: $0[0], nextState: Int($0[1]), reward: $0[2])
            }
          }
        })
    }
  }
  var problems: [Problem]
}

/// `maze_values.json`: values computed with numpy's linear solver and value iteration.
struct MazeCases: Decodable {
  struct Result: Decodable {
    var stepReward: Double
    var slip: Double
    var slipModel: String
    var gamma: Double
    var vUniform: [Double]
    var vPolicy: [Double]
    var vStar: [Double]
    var greedyActions: [[Int]]
  }
  struct Maze: Decodable {
    var map: [String]
    var cells: [[Int]]
    var policy: [[Double]]
    var results: [Result]
  }
  var mazes: [Maze]
}

/// The largest absolute difference of two lists.
func distance(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

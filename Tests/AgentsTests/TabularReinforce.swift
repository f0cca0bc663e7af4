import Environments
import Foundation
import Networks
import TestSupport

@testable import Agents

/// REINFORCE with tables for networks in a scripted world, in double precision and written down
/// directly: what the learner is held against.
struct TabularReinforce {
  /// A step of an episode.
  struct Step {
    var state: Int
    var action: Int
    var target = 0.0
    var baseline = 0.0
  }

  let world: ScriptedWorld
  let network: ActorCriticNetwork
  /// The running mean of the returns.
  private(set) var mean = 0.0
  /// The variance of the last update's episodes; nil of one.
  private(set) var variance: Double?
  private(set) var actorNorm = 0.0
  private(set) var criticNorm = 0.0
  private var meanCount = 0
  private var valueWeights: [Double]
  private var valueBias = 0.5
  private var policyWeights: [[Double]]
  private var policyBias = [0.125, -0.25]
  private var episode = 0

  init(_ world: ScriptedWorld) {
    self.world = world
    let states = world.specification.observation.states
    network = ActorCriticNetwork(
      shape: NetworkShape(input: .oneHot(states), hidden: [], actions: 2, trunk: .separate))
    valueWeights = (0..<states).map { Double($0 * $0) / 16 - 1 }
    policyWeights = (0..<states).map { [Double($0) / 8, 1 - Double($0) / 4] }
  }

  /// Shared parameters that begin where this stands.
  var shared: SharedParameters {
    SharedParameters(count: network.layout.count, optimiser: .sgd) { theta in
      for (index, value) in elements { theta[index] = Float(value) }
    }
  }

  private var elements: [(index: Int, value: Double)] {
    network.layout.slices.flatMap { slice in
      (0..<slice.rows).flatMap { row in
        (0..<slice.columns).map { column in
          (slice.index(row: row, column: column), value(slice.name, row, column))
        }
      }
    }
  }

  private func value(_ name: String, _ row: Int, _ column: Int) -> Double {
    switch name {
    case "policy.weight": policyWeights[row][column]
    case "policy.bias": policyBias[column]
    case "value.weight": valueWeights[row]
    default: valueBias
    }
  }

  func greatestDifference(from theta: FloatBuffer) -> Double {
    elements.reduce(0) { max($0, abs(Double(theta[$1.index]) - $1.value)) }
  }

  /// The returns and baselines of the next episodes, in which these actions were taken.
  private mutating func play(_ actions: [Int], _ settings: LearningSettings) -> [[Step]] {
    var rest = actions[...]
    return (0..<settings.episodesPerUpdate).map { _ in
      let number = episode % world.episodes.count
      let script = world.episodes[number]
      episode += 1
      var steps = script.indices.map {
        Step(state: world.state(episode: number, step: $0), action: rest.removeFirst())
      }
      let end = steps[steps.count - 1].state + 1
      let isCut = !script[script.count - 1].terminated
      var following = isCut && settings.baseline == .value ? valueWeights[end] + valueBias : 0
      for t in steps.indices.reversed() {
        following = script[t].reward + settings.discount * following
        steps[t].target = following
        steps[t].baseline =
          switch settings.baseline {
          case .none: 0
          case .constant: mean
          case .value: valueWeights[steps[t].state] + valueBias
          }
      }
      return steps
    }
  }

  /// One update of the episodes in which those actions were taken.
  ///
  /// - Returns: its steps.
  mutating func update(actions: [Int], _ settings: LearningSettings) -> [Step] {
    let episodes = play(actions, settings)
    let steps = episodes.flatMap(\.self)
    let policies = episodes.map { policyGradient($0, of: steps.count, settings) }
    let sum = policies.reduce(Table.zero(valueWeights.count)) { $0 + $1 }
    actorNorm = sum.squaredNorm.squareRoot()
    let count = Double(episodes.count)
    variance =
      episodes.count < 2
      ? nil
      : policies.reduce(0) { $0 + ($1 * count + sum * -1).squaredNorm } / (count - 1)
    let critic = settings.baseline == .value ? valueGradient(steps, settings) : nil
    criticNorm = critic?.squaredNorm.squareRoot() ?? 0
    move(sum, critic, settings)
    let meanReturn = steps.reduce(0) { $0 + $1.target } / Double(steps.count)
    meanCount += 1
    mean += (meanReturn - mean) / Double(min(meanCount, 10))
    return steps
  }

  private mutating func move(_ actor: Table, _ critic: Table?, _ settings: LearningSettings) {
    let rate = settings.learningRate * clip(actorNorm, settings)
    for state in policyWeights.indices {
      for a in 0..<2 { policyWeights[state][a] += rate * actor.weights[state][a] }
    }
    for a in 0..<2 { policyBias[a] += rate * actor.bias[a] }
    guard let critic else { return }
    let criticRate = settings.criticLearningRate * clip(criticNorm, settings)
    for state in valueWeights.indices {
      valueWeights[state] += criticRate * critic.weights[state][0]
    }
    valueBias += criticRate * critic.bias[0]
  }

  private func policyGradient(_ steps: [Step], of total: Int, _ settings: LearningSettings) -> Table
  {
    let beta = Double(settings.loss.entropyCoefficient)
    var gradient = Table.zero(policyWeights.count)
    for step in steps {
      let logits = (0..<2).map { policyWeights[step.state][$0] + policyBias[$0] }
      let sum = logits.reduce(0) { $0 + exp($1) }
      let policy = logits.map { exp($0) / sum }
      let entropy = policy.reduce(0) { $0 - $1 * log($1) }
      for a in 0..<2 {
        let score = (a == step.action ? 1 : 0) - policy[a]
        let ascent =
          (step.target - step.baseline) * score - beta * policy[a] * (log(policy[a]) + entropy)
        gradient.weights[step.state][a] += ascent / Double(total)
        gradient.bias[a] += ascent / Double(total)
      }
    }
    return gradient
  }

  private func valueGradient(_ steps: [Step], _ settings: LearningSettings) -> Table {
    var gradient = Table.zero(valueWeights.count)
    let coefficient = 2 * Double(settings.loss.valueCoefficient) / Double(steps.count)
    for step in steps {
      gradient.weights[step.state][0] += coefficient * (step.target - step.baseline)
      gradient.bias[0] += coefficient * (step.target - step.baseline)
    }
    return gradient
  }

  private func clip(_ norm: Double, _ settings: LearningSettings) -> Double {
    min(1, settings.maxGradientNorm / (norm + 1e-6))
  }

  /// A gradient by a table's weights and biases.
  private struct Table {
    var weights: [[Double]]
    var bias: [Double]

    static func zero(_ states: Int) -> Table {
      Table(weights: Array(repeating: [0, 0], count: states), bias: [0, 0])
    }

    var squaredNorm: Double { (weights.flatMap(\.self) + bias).reduce(0) { $0 + $1 * $1 } }

    static func + (a: Table, b: Table) -> Table {
      Table(
        weights: zip(a.weights, b.weights).map { zip($0, $1).map(+) },
        bias: zip(a.bias, b.bias).map(+))
    }

    static func * (a: Table, factor: Double) -> Table {
      Table(
        weights: a.weights.map { $0.map { $0 * factor } }, bias: a.bias.map { $0 * factor })
    }
  }
}

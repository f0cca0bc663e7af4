import Environments
import Foundation
import Networks
import TestSupport

@testable import Agents

/// The one-step actor-critic with tables for networks in a scripted world, in double precision and
/// written down directly: what the learner is held against.
struct TabularActorCritic {
  /// What came about in a step.
  struct Outcome {
    var target: Double
    var advantage: Double
    var entropy: Double
    var actorNorm: Double
    var criticNorm: Double
  }

  let world: ScriptedWorld
  let network: ActorCriticNetwork
  /// V by states, the bias included.
  var values: [Double] { valueWeights.map { $0 + valueBias } }

  private var valueWeights: [Double]
  private var valueBias = 0.5
  private var policyWeights: [[Double]]
  private var policyBias = [0.125, -0.25]
  private var episode = 0
  private var time = 0

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

  /// Every parameter with its place.
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

  /// One step with that action; step sizes are those of the settings times `share`.
  mutating func step(action: Int, _ settings: LearningSettings, share: Double) -> Outcome {
    let script = world.episodes[episode % world.episodes.count]
    let outcome = script[time]
    let state = world.state(episode: episode % world.episodes.count, step: time)
    let next = outcome.terminated ? 0 : values[state + 1]
    let target = outcome.reward + settings.discount * next
    let advantage = target - values[state]

    // A table's state and its bias have the same gradient, so that a length gains a root of 2.
    let criticNorm = abs(advantage) * 2.0.squareRoot()
    let criticStep =
      share * settings.criticLearningRate * clip(criticNorm, settings) * advantage
    let logits = (0..<2).map { policyWeights[state][$0] + policyBias[$0] }
    let sum = logits.reduce(0) { $0 + exp($1) }
    let policy = logits.map { exp($0) / sum }
    let entropy = policy.reduce(0) { $0 - $1 * log($1) }
    let beta = Double(settings.loss.entropyCoefficient)
    let ascent = (0..<2).map {
      advantage * (($0 == action ? 1 : 0) - policy[$0])
        - beta * policy[$0] * (log(policy[$0]) + entropy)
    }
    let actorNorm = (2 * ascent.reduce(0) { $0 + $1 * $1 }).squareRoot()
    let actorRate = share * settings.learningRate * clip(actorNorm, settings)

    valueWeights[state] += criticStep
    valueBias += criticStep
    for index in 0..<2 {
      policyWeights[state][index] += actorRate * ascent[index]
      policyBias[index] += actorRate * ascent[index]
    }
    time += 1
    if outcome.terminated || outcome.truncated { (episode, time) = (episode + 1, 0) }
    return Outcome(
      target: target, advantage: advantage, entropy: entropy, actorNorm: actorNorm,
      criticNorm: criticNorm)
  }

  private func clip(_ norm: Double, _ settings: LearningSettings) -> Double {
    min(1, settings.maxGradientNorm / (norm + 1e-6))
  }
}

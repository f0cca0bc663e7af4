import Agents
import Environments
import Estimators
import Networks
import TestSupport

/// An agent whose heads are tables over the states of a scripted world: every value is what the
/// test says, and the policy is uniform.
struct Table {
  let world: ScriptedWorld
  let network: ActorCriticNetwork
  let theta: FloatBuffer

  init(_ world: ScriptedWorld, value: (Int) -> Float = { Float(10 * ($0 + 1)) }) {
    self.world = world
    network = ActorCriticNetwork(
      shape: NetworkShape(
        input: .oneHot(world.specification.observation.states), hidden: [], actions: 2))
    theta = network.makeParameters()
    for state in 0..<world.specification.observation.states {
      theta[weight("value", state, 0)] = value(state)
    }
  }

  /// Where the weight of a head from a state stands.
  func weight(_ head: String, _ state: Int, _ column: Int) -> Int {
    guard let slice = network.layout.slice(named: head + ".weight") else { return -1 }
    return slice.index(row: state, column: column)
  }

  /// V after `step` steps of episode `episode`.
  func value(_ episode: Int, _ step: Int) -> Double {
    Double(theta[weight("value", world.state(episode: episode, step: step), 0)])
  }

  func actor(_ index: Int = 0, seed: UInt64 = 5) -> Actor {
    Actor(index: index, environment: world, seed: seed, workers: 1)
  }

  func rollout(actors: Int = 1, capacity: Int = 4) -> Rollout {
    Rollout(
      actors: (0..<actors).map { actor($0) }, network: network, capacity: capacity,
      endsWithEpisode: actors == 1)
  }

  /// Shared parameters that begin as `theta`.
  func shared(_ optimiser: Optimiser) -> SharedParameters {
    SharedParameters(count: theta.count, optimiser: optimiser) { pointer in
      pointer.update(from: theta.pointer, count: theta.count)
    }
  }
}

extension ObservationSpace {
  var states: Int {
    switch self {
    case .discrete(let count): count
    case .box(let quantities): quantities.count
    }
  }
}

extension Rollout {
  /// Acts until the rollout is complete and estimates its returns.
  func run(
    _ estimator: ReturnEstimator, length: Int, discount: Double = 0.5,
    theta: UnsafePointer<Float>
  ) {
    begin()
    while !isComplete(estimator: estimator, rolloutLength: length) {
      act(theta, estimator: estimator, workers: width)
    }
    estimate(estimator, discount: discount, theta: theta)
  }
}

/// Plain settings for tests: no entropy bonus, no clipping that bites.
func settings(
  _ estimator: ReturnEstimator = .nStep(5), length: Int = 5, learningRate: Double = 0.01,
  workers: Int = 1, entropy: Double = 0
) -> LearningSettings {
  var hyperparameters = ActorCriticHyperparameters()
  hyperparameters.estimator = estimator
  hyperparameters.rolloutLength = length
  hyperparameters.learningRate = learningRate
  hyperparameters.entropyCoefficient = entropy
  hyperparameters.maxGradientNorm = 1e6
  return LearningSettings(hyperparameters, budget: 1_000_000, workers: workers)
}

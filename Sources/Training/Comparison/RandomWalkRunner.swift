internal import Agents
internal import Environments
internal import Estimators
internal import MarkovProcesses
internal import Randomness

/// Makes runs of the random-walk experiment, one after the other: draws the walks of a run, lets
/// every cell learn from them, and takes in its error.
struct RandomWalkRunner {
  private let plan: RandomWalkPlan
  private var walks: RandomWalks
  private var nStepTD: [NStepTD]
  private var lambdaReturn: [OfflineLambdaReturn]
  private var values: [Double]

  private static let discount = 1.0

  /// Number of states.
  var states: Int { walks.trueValues.count }

  /// - Throws: where the walk has no values, which no walk that ends does.
  init(_ plan: RandomWalkPlan, world: RandomWalk) throws(DivergenceError) {
    self.plan = plan
    nStepTD = plan.steps.map { NStepTD(steps: $0, discount: Self.discount) }
    lambdaReturn = plan.lambdas.map { OfflineLambdaReturn(lambda: $0, discount: Self.discount) }
    walks = try RandomWalks(plan.episodes, of: world, discount: Self.discount)
    values = walks.trueValues
  }

  /// One repetition: the error of each cell goes into `cells`, first those of n-step TD, n by n,
  /// then those of the λ-return; within each in the order of the step sizes.
  mutating func run(_ index: Int, into cells: inout [RunningStatistics]) {
    walks.draw(from: RandomStream(seed: plan.seed, key: UInt64(index)))
    var cell = 0
    for method in nStepTD.indices {
      for alpha in plan.alphas {
        cells[cell].add(
          walks.meanError(of: &nStepTD[method], stepSize: alpha, values: &values))
        cell += 1
      }
    }
    for method in lambdaReturn.indices {
      for alpha in plan.alphas {
        cells[cell].add(
          walks.meanError(of: &lambdaReturn[method], stepSize: alpha, values: &values))
        cell += 1
      }
    }
  }
}

/// The episodes of one run, which all cells share, and the values they should teach.
struct RandomWalks {
  let trueValues: [Double]
  private var world: RandomWalk
  private var episodes: [PredictionEpisode]

  /// Room for a number of episodes of a walk.
  init(_ count: Int, of world: RandomWalk, discount: Double) throws(DivergenceError) {
    self.world = world
    episodes = Array(repeating: PredictionEpisode(from: world.startStates[0]), count: count)
    guard let mdp = world.knownMDP else {
      trueValues = []
      return
    }
    trueValues = try policyEvaluation(mdp, policy: uniformPolicy(mdp), discount: discount)
  }

  /// Walks anew, as a stream of random numbers says.
  mutating func draw(from stream: RandomStream) {
    var random = stream
    for walk in episodes.indices {
      world.reset(start: nil, random: &random)
      episodes[walk].restart(from: state)
      var hasEnded = false
      while !hasEnded {
        let outcome = world.step(0, random: &random)
        episodes[walk].append(reward: outcome.reward, state: outcome.terminated ? -1 : state)
        hasEnded = outcome.ended
      }
    }
  }

  private var state: Int {
    var observation: Float = 0
    world.observe(into: &observation)
    return Int(observation)
  }

  /// The RMS error over the states after each episode, averaged over the episodes, when V begins
  /// at 0.
  func meanError(
    of method: inout some TabularPrediction, stepSize alpha: Double, values: inout [Double]
  ) -> Double {
    for state in values.indices { values[state] = 0 }
    var sum = 0.0
    for episode in episodes {
      method.learn(from: episode, stepSize: alpha, values: &values)
      sum += rootMeanSquare(values)
    }
    return sum / Double(episodes.count)
  }

  private func rootMeanSquare(_ values: [Double]) -> Double {
    var squares = 0.0
    for state in values.indices {
      let error = values[state] - trueValues[state]
      squares += error * error
    }
    return (squares / Double(values.count)).squareRoot()
  }
}

internal import Environments
internal import Networks

extension DQNLearner {
  /// 0 to 6: the phases in their order.
  public var place: Int { phase.rawValue }

  /// Whether the last step ended an episode; the next begins with the next turn.
  public var hasEndedEpisode: Bool { actor.episodeStep > 0 && outcome.ended }

  /// The probability of an action at random: of the step in work, and between two turns of the next.
  public var epsilon: Double {
    let isTaken = phase.rawValue > Phase.act.rawValue
    return hyperparameters.epsilon(steps: actor.steps - (isTaken ? 1 : 0), budget: budget)
  }

  /// What the agent saw of the state the step in work began in.
  public var observation: UnsafePointer<Float> { UnsafePointer(acting.input(0)) }

  /// What it saw of the state the step led to, once it has been taken.
  public var reachedObservation: UnsafePointer<Float> { UnsafePointer(reached.pointer) }

  /// Q(s, .; theta) of that state as the action was chosen by it: one number per action.
  public var actionValues: UnsafePointer<Float> { UnsafePointer(acting.output(0)) }

  /// Q(s, .; theta) of the actor's present state, worked out when asked for: one number per action.
  public var presentActionValues: UnsafePointer<Float> {
    actor.observe(into: looking.input(0))
    network.forward(online, rows: 0..<1, workspace: looking)
    return UnsafePointer(looking.output(0))
  }

  /// The Euclidean norm of theta - theta-: how far the target network is behind.
  public var targetDistance: Double {
    var sum = 0.0
    for index in 0..<network.layout.count {
      let difference = Double(online[index]) - Double(target[index])
      sum += difference * difference
    }
    return sum.squareRoot()
  }

  /// Mean age of the batch's transitions when they were drawn: steps since they had been stored. 0 before
  /// the first batch.
  public var batchAge: Double {
    guard batch.stored > 0 else { return 0 }
    let sum = (0..<batch.count).reduce(0) {
      $0 + replay.age(batch.slots[$1], when: batch.stored)
    }
    return Double(sum) / Double(batch.count)
  }

  /// The mean TD error of the last batch.
  public var lastError: Float? {
    guard updates > 0 else { return nil }
    return (0..<batch.count).reduce(0) { $0 + batch.errors[$1] } / Float(batch.count)
  }

  /// The epsilon-greedy policy in the actor's state, and max over a of Q(s, a; theta).
  public func look(probabilities: UnsafeMutablePointer<Float>) -> Float {
    let values = presentActionValues
    EpsilonGreedy(epsilon: epsilon)
      .probabilities(of: values, count: looking.outputs, into: probabilities)
    return values[Categorical.greedy(values, count: looking.outputs)]
  }

  /// The action of the greatest value by the online network, of those that tie the first.
  public func greedyPolicy(rows: Int) -> any GreedyPolicy {
    GreatestActionValue(network, rows: rows)
  }
}

internal import Environments
internal import Networks

extension DDPGLearner {
  /// 0 to 7: the phases in their order.
  public var place: Int { phase.rawValue }

  /// The mean TD error of the last batch.
  public var lastError: Float? {
    guard updates > 0 else { return nil }
    return (0..<batch.count).reduce(0) { $0 + batch.errors[$1] } / Float(batch.count)
  }

  /// Q(s, mu(s)) of the actor's state; actions are continuous, so there are no probabilities.
  public func look(probabilities: UnsafeMutablePointer<Float>) -> Float {
    actor.observe(into: looking.observation(0))
    looking.decide(rows: 1, parameters: parameters.pointer)
    return looking.value(0)
  }

  /// Whether the last step ended an episode; the next begins with the next turn.
  public var hasEndedEpisode: Bool { actor.episodeStep > 0 && outcome.ended }

  /// Whether actions are still drawn uniformly: the one of the step in work, and between two turns the
  /// next.
  public var isWarmingUp: Bool {
    let isTaken = phase.rawValue > Phase.act.rawValue
    return actor.steps - (isTaken ? 1 : 0) < hyperparameters.learningStarts
  }

  /// What the agent saw of the state the step in work began in.
  public var observation: UnsafePointer<Float> { UnsafePointer(acting.input(0)) }

  /// What it saw of the state the step led to, once it has been taken.
  public var reachedObservation: UnsafePointer<Float> { UnsafePointer(reached.pointer) }

  /// The actor's action, without noise.
  public func greedyPolicy(rows: Int) -> any GreedyPolicy {
    DeterministicPolicy(networks, rows: rows)
  }

  /// The Euclidean norm of theta - theta': how far the target actor is behind.
  public var targetActorDistance: Double { distance(.actor, .targetActor) }

  /// The Euclidean norm of w - w': how far the target critic is behind.
  public var targetCriticDistance: Double { distance(.critic, .targetCritic) }

  private func distance(_ part: DDPGNetworks.Part, _ target: DDPGNetworks.Part) -> Double {
    let (online, behind) = (pointer(to: part), pointer(to: target))
    var sum = 0.0
    for index in 0..<networks.range(of: part).count {
      let difference = Double(online[index]) - Double(behind[index])
      sum += difference * difference
    }
    return sum.squareRoot()
  }
}

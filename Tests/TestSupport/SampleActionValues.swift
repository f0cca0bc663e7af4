internal import Estimators
internal import Scenes
public import Telemetry

/// Made-up but plausible runs of agents that learn values of actions.
public enum SampleActionValues {
  /// An errand in a town, learnt in a table.
  public static func town(_ agent: AgentName = .qLearning) -> EngineSnapshot {
    var snapshot = plain(agent, discount: 0.9, learningRate: 0.5)
    snapshot.run.environment = "Taxi-v4"
    snapshot.run.actions = ["south", "north", "east", "west", "pick up", "drop off"]
    snapshot.run.observed = []
    snapshot.run.solvedReturn = 8
    snapshot.stage.scene = .grid(SampleScenes.town(agent: 12))
    snapshot.stage.observation = []
    snapshot.stage.action = 1
    snapshot.stage.reward = -1
    snapshot.stage.probabilities = [0.017, 0.915, 0.017, 0.017, 0.017, 0.017]
    snapshot.layers = SampleScenes.layers(states: 500, actions: 6, preferred: 1)
    let learnt = (0..<500).map { state -> [Double] in
      let (far, best) = (Double(state / 20 % 7), state / 20 % 6)
      return (0..<6).map { $0 == best ? -far - 0.25 : -far - 1.5 - Double($0 * $0) }
    }
    snapshot.layers?.actionValues = GridActionValues(
      values: learnt,
      path: .init(
        states: [248, 148, 48, 28, 8], actions: [1, 1, 3, 3, 5], end: .goal, reward: 16,
        isFromHere: true))
    var report = ActionValueReport()
    let values = [-3.125, 1.5, -2.75, -0.875, -10.5, -11.25]
    report.choices = zip(values, snapshot.stage.probabilities).map {
      ActionValueReport.Choice(value: $0, probability: $1, targetProbability: $0 == 1.5 ? 1 : 0)
    }
    report.greedyAction = 1
    report.targetPolicy = .greedy
    report.epsilon = 0.1
    report.step = ActionValueReport.Step(
      action: 3, reward: -1, target: 0.35, error: -0.4, newValue: 0.55)
    snapshot.actionValues = report
    snapshot.counters.epsilon = 0.1
    return snapshot
  }

  /// CartPole, learnt with replay and a target network.
  public static var deep: EngineSnapshot {
    var snapshot = plain(.dqn, discount: 0.99, learningRate: 1e-3)
    var report = ActionValueReport()
    report.choices = [
      ActionValueReport.Choice(value: 42.25, probability: 0.02, targetProbability: 0),
      ActionValueReport.Choice(value: 43.5, probability: 0.98, targetProbability: 1),
    ]
    report.targetPolicy = .greedy
    report.greedyAction = 1
    report.epsilon = 0.04
    report.replay = replay(age: 24_310)
    report.distances = [ActionValueReport.Distance(network: "Q", norm: 0.732)]
    snapshot.actionValues = report
    snapshot.counters.epsilon = 0.04
    return snapshot
  }

  /// A world whose action is a number, learnt by an actor and a critic with targets.
  public static var deterministic: EngineSnapshot {
    var snapshot = plain(.ddpg, discount: 0.99, learningRate: 1e-4)
    snapshot.run.environment = "Pendulum-v1"
    snapshot.run.actions = []
    snapshot.run.solvedReturn = nil
    snapshot.stage.action = nil
    snapshot.stage.probabilities = []
    var report = ActionValueReport()
    report.curve = curve(peak: 0.5, height: -120)
    report.targetCurve = curve(peak: -0.25, height: -124)
    report.replay = replay(age: 51_002)
    report.distances = [
      ActionValueReport.Distance(network: "actor", norm: 0.114),
      ActionValueReport.Distance(network: "critic", norm: 1.872),
    ]
    report.action = 0.93
    report.noise = 0.215
    snapshot.actionValues = report
    return snapshot
  }

  private static func plain(
    _ agent: AgentName, discount: Double, learningRate: Double
  ) -> EngineSnapshot {
    var snapshot = SampleSnapshots.cartPole(workers: 1, agent: agent)
    snapshot.run.agent = agent.rawValue
    snapshot.settings.estimator = .td
    snapshot.settings.discount = discount
    snapshot.settings.learningRate = learningRate
    snapshot.settings.entropyCoefficient = 0
    snapshot.marks = []
    snapshot.biasVariance = nil
    return snapshot
  }

  private static func replay(age: Double) -> ActionValueReport.Replay {
    ActionValueReport.Replay(
      count: 61_250, capacity: 100_000, batchAge: age,
      errors: (0..<64).map { Double(($0 * 37) % 64 - 30) / 20 })
  }

  private static func curve(peak: Double, height: Double) -> ActionValueReport.Curve {
    let actions = (0...40).map { -2 + Double($0) / 10 }
    func value(_ a: Double) -> Double { height - 6 * (a - peak) * (a - peak) }
    let choice = peak - 0.2
    return ActionValueReport.Curve(
      actions: actions, values: actions.map(value), policyAction: choice,
      policyValue: value(choice), slope: -12 * (choice - peak))
  }
}

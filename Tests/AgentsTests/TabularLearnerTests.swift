import Agents
import Environments
import Estimators
import FootlightsAssets
import MarkovProcesses
import Networks
import TestSupport
import Testing

@Suite("A tabular agent")
struct TabularLearnerTests {
  private func learner(
    _ world: any Environment, _ target: TemporalDifferenceTarget, alpha: Double = 0.5,
    epsilon: Double = 0.1, discount: Double = 0.5, initialValue: Double = 0, seed: UInt64 = 5
  ) -> TabularLearner {
    var hyperparameters = TabularHyperparameters()
    hyperparameters.alpha = alpha
    hyperparameters.epsilon = epsilon
    hyperparameters.discount = discount
    hyperparameters.initialValue = initialValue
    return TabularLearner(
      actor: Actor(index: 0, environment: world, seed: seed, workers: 1), target: target,
      hyperparameters: hyperparameters)
  }

  private func maze(_ name: String) throws -> any Environment {
    try EnvironmentRegistry(mazes: BundledAssets.mazes).make("Maze/" + name)
  }

  // MARK: By hand

  /// Episodes that end in every way, and a table of which each row is another state.
  private static let world = ScriptedWorld([
    [.going(1), .going(-2), .terminated(4)], [.going(0.5), .truncated(2)], [.both(3)],
  ])
  private static let rows: [[Float]] = [
    [1, 3], [2, 6], [8, -4], [100, 100], [10, 2], [4, 12], [60, 20], [0, 1], [100, 100],
  ]

  private func scripted(
    _ target: TemporalDifferenceTarget, epsilon: Double, seed: UInt64 = 5
  ) -> TabularLearner {
    let learner = learner(Self.world, target, epsilon: epsilon, seed: seed)
    for (state, row) in Self.rows.enumerated() {
      for action in 0..<2 { learner.control.table[state, action] = row[action] }
    }
    return learner
  }

  @Test(
    "Without exploration the three agree: their targets and updates are those worked out by hand",
    arguments: TemporalDifferenceTarget.allCases)
  func greedyUpdates(target: TemporalDifferenceTarget) {
    let learner = scripted(target, epsilon: 0)
    // y = 1 + 6/2, -2 + 8/2, 4 (terminated), 0.5 + 12/2, 2 + 60/2 (truncated), 3 (both: terminated).
    let expected: [(state: Int, action: Int, target: Double, old: Double, new: Double)] = [
      (0, 1, 4, 3, 3.5), (1, 1, 2, 6, 4), (2, 0, 4, 8, 6), (4, 0, 6.5, 10, 8.25),
      (5, 1, 32, 12, 22), (7, 1, 3, 1, 2),
    ]
    for wanted in expected {
      learner.turn()
      let step = learner.control.step
      #expect(step.state == wanted.state && step.action == wanted.action)
      #expect(step.target == wanted.target && step.oldValue == wanted.old)
      #expect(step.error == wanted.target - wanted.old && step.stepSize == 0.5)
      #expect(step.newValue == wanted.new)
      #expect(Double(learner.control.table[step.state, step.action]) == wanted.new)
    }
    #expect(learner.updates == 6)
  }

  @Test("Exploring, each algorithm counts on its own value of the state reached")
  func exploringTargets() {
    for seed in 0..<20 {
      for target in TemporalDifferenceTarget.allCases {
        let learner = scripted(target, epsilon: 0.5, seed: UInt64(seed))
        for _ in 0..<6 {
          learner.turn()
          let step = learner.control.step
          guard !step.terminated else {
            #expect(step.target == step.reward && step.nextAction == nil)
            #expect(learner.control.targetProbabilities == nil)
            continue
          }
          let row = Self.rows[step.nextState].map(Double.init)
          let worth =
            switch target {
            case .sarsa: row[step.nextAction ?? 9]
            case .expectedSarsa: 0.75 * (row.max() ?? 0) + 0.25 * (row.min() ?? 0)
            case .qLearning: row.max() ?? 0
            }
          #expect(step.target == step.reward + 0.5 * worth)
        }
      }
    }
  }

  @Test("Only the value of the action taken moves")
  func oneValueMoves() throws {
    let learner = learner(try maze("four-by-three"), .qLearning, initialValue: 0.25)
    for _ in 0..<300 {
      let before = learner.parameters.array
      learner.turn()
      let step = learner.control.step
      let place = 4 * step.state + step.action
      for (index, value) in learner.parameters.array.enumerated() where index != place {
        #expect(value == before[index])
      }
      #expect(Double(learner.parameters[place]) == step.newValue)
    }
  }

  // MARK: The next action

  @Test("Sarsa takes the very action of its target next, even where the update made another better")
  func keptAction() {
    // One state that leads to itself: every update changes the row that a' was drawn from.
    let learner = learner(ScriptedWorld.endless, .sarsa, alpha: 1, epsilon: 0.3)
    var overtaken = 0
    for _ in 0..<500 {
      learner.turn()
      let next = learner.control.step.nextAction
      let drawnFrom = learner.control.targetProbabilities
      if learner.control.table.greedyAction(in: 0) != next { overtaken += 1 }
      learner.advance()
      #expect(learner.control.step.action == next)
      #expect(learner.control.behaviourProbabilities == drawnFrom)
      learner.turn()
    }
    #expect(overtaken > 20)
  }

  @Test("Sarsa's action at a truncation counts in the target, and is dropped with the episode")
  func truncatedAction() {
    let learner = scripted(.sarsa, epsilon: 0)
    for _ in 0..<5 { learner.turn() }
    #expect(learner.hasEndedEpisode && learner.control.step.truncated)
    // The state of the truncation likes action 0, the start of the next episode action 1.
    #expect(learner.control.step.nextAction == 0 && learner.control.step.nextState == 6)
    learner.advance()
    #expect(learner.control.step.state == 7 && learner.control.step.action == 1)
    #expect(!learner.hasEndedEpisode)
  }

  @Test("Q-learning learns of the best action and may take another")
  func offPolicy() throws {
    let learner = learner(try maze("open-room"), .qLearning, epsilon: 0.5)
    var others = 0
    for _ in 0..<500 {
      learner.turn()
      let step = learner.control.step
      guard let best = step.nextAction else { continue }
      #expect(learner.control.targetProbabilities == (0..<4).map { $0 == best ? 1 : 0 })
      learner.advance()
      if learner.control.step.action != best { others += 1 }
      learner.turn()
    }
    #expect(others > 50)
  }

  // MARK: What the loop promises

  @Test(
    "The same seed gives the same bits, another seed others",
    arguments: TemporalDifferenceTarget.allCases)
  func seeds(target: TemporalDifferenceTarget) throws {
    func hash(_ seed: UInt64) throws -> String {
      let learner = learner(try maze("ice-lake"), target, seed: seed)
      for _ in 0..<5000 { learner.turn() }
      return parametersHash(learner.parameters.pointer, count: learner.parameters.count)
    }
    #expect(try hash(1) == hash(1))
    #expect(try hash(1) != hash(2))
  }

  @Test(
    "Four phases one by one are a turn, bit for bit, wherever the rest is done at once",
    arguments: TemporalDifferenceTarget.allCases)
  func phases(target: TemporalDifferenceTarget) throws {
    func hash(_ work: (TabularLearner, Int) -> Void) throws -> String {
      let learner = learner(try maze("ice-lake"), target)
      for step in 0..<3000 { work(learner, step) }
      #expect(learner.actor.steps == 3000 && learner.updates == 3000)
      #expect(learner.actor.episodes > 3)
      return parametersHash(learner.parameters.pointer, count: learner.parameters.count)
    }
    let whole = try hash { learner, _ in learner.turn() }
    let apart = try hash { learner, _ in
      for place in 0..<4 {
        #expect(learner.place == place)
        #expect(learner.advance() == (place == 3))
      }
    }
    let mixed = try hash { learner, step in
      for _ in 0..<step % 4 { learner.advance() }
      learner.turn()
    }
    #expect(whole == apart && whole == mixed)
  }

  @Test("Every phase does its own part and leaves the rest for the next")
  func partsOfAStep() {
    let learner = scripted(.expectedSarsa, epsilon: 0.5)
    #expect(learner.control.targetProbabilities == nil)
    learner.advance()
    #expect(learner.control.behaviourProbabilities == [0.25, 0.75] && learner.actor.steps == 0)
    learner.advance()
    #expect(learner.actor.steps == 1 && learner.control.step.reward == 1)
    #expect(learner.control.step.nextState == 1 && learner.control.targetProbabilities == nil)
    learner.advance()
    #expect(learner.control.step.target == 3.5 && learner.updates == 0)
    #expect(learner.control.targetProbabilities == [0.25, 0.75])
    learner.advance()
    #expect(learner.updates == 1 && learner.control.step.newValue != 0)
  }

  @Test("A value that is no number is not kept: the run has diverged")
  func divergence() {
    let learner = learner(
      ScriptedWorld([[.going(1), .going(.infinity), .terminated(1)]]), .sarsa, epsilon: 0)
    for _ in 0..<9 { learner.turn() }
    #expect(learner.hasDiverged && learner.updates == 1)
    #expect(learner.parameters.allFinite)
  }

  @Test("Tables fit worlds of counted states and a few actions")
  func fits() throws {
    #expect(TabularLearner.fits(try maze("corridor").specification))
    #expect(TabularLearner.fits(RandomWalk.nineteen.specification))
    #expect(!TabularLearner.fits(CartPole().specification))
  }

  // MARK: What is learnt

  @Test("Acting at random, Q-learning learns the exact optimal action values")
  func optimalValues() throws {
    let world = try maze("cliff")
    let process = try #require(world.knownMDP)
    let exact = try valueIteration(process, discount: 0.9)
    let learner = learner(world, .qLearning, alpha: 1, epsilon: 1, discount: 0.9)
    for _ in 0..<200_000 { learner.turn() }
    for state in 0..<process.states {
      for action in 0..<4 {
        let difference =
          Double(learner.control.table[state, action]) - exact.qValues[state][action]
        #expect(abs(difference) < 1e-5)
      }
    }
  }

  @Test(
    "Acting at random, Sarsa and Expected Sarsa learn what acting at random is worth",
    arguments: [TemporalDifferenceTarget.sarsa, .expectedSarsa])
  func uniformValues(target: TemporalDifferenceTarget) throws {
    let process = try #require(RandomWalk.five.knownMDP)
    let exact = try policyEvaluation(process, policy: uniformPolicy(process), discount: 1)
    let learner = learner(RandomWalk.five, target, alpha: 0.002, epsilon: 1, discount: 1)
    for _ in 0..<400_000 { learner.turn() }
    for state in 0..<process.states {
      let row = learner.control.table.row(state)
      #expect(abs(Double(row[0] + row[1]) / 2 - exact[state]) < 0.04)
    }
  }

  @Test(
    "Q-learning finds a shortest way from every start of a maze without slip",
    arguments: [
      ("corridor", 20_000), ("open-room", 20_000), ("cliff", 20_000), ("four-rooms", 50_000),
      ("detour", 100_000), ("arena", 100_000), ("spiral", 50_000), ("labyrinth", 500_000),
    ])
  func mazes(name: String, budget: Int) throws {
    let world = try maze(name)
    let process = try #require(world.knownMDP)
    let exact = try valueIteration(process, discount: 0.99)
    for seed in 0..<5 {
      let learner = learner(world, .qLearning, discount: 0.99, seed: UInt64(seed))
      for _ in 0..<budget { learner.turn() }
      for start in world.startStates {
        let best = GreedyPath(in: process, from: start) { exact.greedyActions[$0][0] }
        let path = GreedyPath(in: process, from: start) {
          learner.control.table.greedyAction(in: $0)
        }
        #expect(path.reachesEnd && path.reward == best.reward, "seed \(seed), start \(start)")
      }
    }
  }
}

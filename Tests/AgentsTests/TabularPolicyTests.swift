import Agents
import Environments
import MarkovProcesses
import Networks
import Randomness
import TestSupport
import Testing

@Suite("Policies by a table")
struct TabularPolicyTests {
  private func probabilities(_ values: [Float], epsilon: Double) -> [Float] {
    var result = values
    EpsilonGreedy(epsilon: epsilon).probabilities(
      of: values, count: values.count, into: &result)
    return result
  }

  @Test("The best action gets what exploration leaves, and its share of exploration")
  func epsilonGreedy() {
    #expect(probabilities([1, 3, 2, -1], epsilon: 0.5) == [0.125, 0.625, 0.125, 0.125])
    #expect(probabilities([1, 3, 2, -1], epsilon: 0) == [0, 1, 0, 0])
    #expect(probabilities([1, 3, 2, -1], epsilon: 1) == [0.25, 0.25, 0.25, 0.25])
    #expect(probabilities([7], epsilon: 0.5) == [1])
  }

  @Test("Best actions that tie share the greedy probability")
  func ties() {
    #expect(probabilities([2, -1, 2, 0], epsilon: 0.5) == [0.375, 0.125, 0.375, 0.125])
    #expect(probabilities([0, 0], epsilon: 0) == [0.5, 0.5])
  }

  @Test("Actions are drawn as often as their probabilities say")
  func draws() {
    let values: [Float] = [2, -1, 2, 0]
    let expected = probabilities(values, epsilon: 0.5)
    var written: [Float] = [0, 0, 0, 0]
    var random = RandomStream(seed: 3)
    var counts = [0.0, 0, 0, 0]
    let draws = 20_000.0
    for _ in 0..<Int(draws) {
      counts[
        EpsilonGreedy(epsilon: 0.5).choose(
          by: values, count: 4, probabilities: &written, random: &random)] += 1
    }
    #expect(written == expected)
    for (count, probability) in zip(counts, expected.map(Double.init)) {
      let deviation = (draws * probability * (1 - probability)).squareRoot()
      #expect(abs(count - draws * probability) < 4 * deviation)
    }
  }

  @Test("A table lies row by row, begins at its initial value, and takes the first of the greatest")
  func table() {
    let table = ActionValueTable(states: 3, actions: 2, initialValue: 0.5)
    #expect(table.values.array == [0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
    table[1, 1] = 2
    table[2, 0] = -1
    #expect(table.values.array == [0.5, 0.5, 0.5, 2, -1, 0.5] && table.row(1)[1] == 2)
    #expect((0..<3).map(table.greedyAction(in:)) == [0, 1, 1])
  }

  @Test("A greedy policy goes by the parameters it is given, row by row")
  func greedyPolicy() {
    let learner = TabularLearner(
      actor: Actor(index: 0, environment: ScriptedWorld(length: 4), seed: 1, workers: 1),
      target: .qLearning, hyperparameters: TabularHyperparameters())
    let policy = learner.greedyPolicy(rows: 2)
    policy.observation(0)[0] = 4
    policy.observation(1)[0] = 1
    var parameters: [Float] = Array(repeating: 0, count: 10)
    parameters[2 * 1 + 1] = 1
    policy.decide(rows: 2, parameters: parameters)
    #expect(policy.action(0) == .discrete(0) && policy.action(1) == .discrete(1))
    parameters[2 * 4 + 1] = 0.5
    policy.decide(rows: 1, parameters: parameters)
    #expect(policy.action(0) == .discrete(1))
  }

  // MARK: The greedy path

  /// 0 leads to 1, 1 to 2 and 2 ends with action 0; action 1 leads back to 0. Action 2 slips.
  private static let process = TabularMDP(
    states: 3, actions: 3,
    outcomes: (0..<3).map { state in
      let next = state == 2 ? -1 : state + 1
      return [
        [.init(probability: 1, nextState: next, reward: -1)],
        [.init(probability: 1, nextState: 0, reward: -2)],
        [
          .init(probability: 0.25, nextState: 0, reward: 8),
          .init(probability: 0.5, nextState: next, reward: -3),
          .init(probability: 0.25, nextState: state, reward: 9),
        ],
      ]
    })

  @Test("A path that ends has a state for each of its steps")
  func endingPath() {
    let path = GreedyPath(in: Self.process, from: 0) { _ in 0 }
    #expect(path.states == [0, 1, 2] && path.reachesEnd && path.reward == -3)
    #expect(GreedyPath(in: Self.process, from: 2) { _ in 0 }.states == [2])
  }

  @Test("A path that comes back to one of its states stops there")
  func roundPath() {
    let path = GreedyPath(in: Self.process, from: 1) { $0 == 2 ? 1 : 0 }
    #expect(path.states == [1, 2, 0] && !path.reachesEnd && path.reward == -4)
    let still = GreedyPath(in: Self.process, from: 0) { _ in 1 }
    #expect(still.states == [0] && !still.reachesEnd && still.reward == -2)
  }

  @Test("Where the world is uncertain the path follows what is likeliest")
  func likeliestPath() {
    let path = GreedyPath(in: Self.process, from: 0) { _ in 2 }
    #expect(path.states == [0, 1, 2] && path.reachesEnd && path.reward == -9)
  }

  @Test("Of things equally likely the one that is meant happens, else the first")
  func meantPath() {
    let process = TabularMDP(
      states: 3, actions: 1,
      outcomes: (0..<3).map { _ in
        [[1, 2, -1].map { .init(probability: 1.0 / 3, nextState: $0, reward: 1) }]
      })
    func path(_ meant: Int?) -> GreedyPath {
      GreedyPath(in: process, from: 0, action: { _ in 0 }, meant: { _, _ in meant })
    }
    #expect(path(2).states == [0, 2] && !path(2).reachesEnd)
    #expect(path(-1).states == [0] && path(-1).reachesEnd)
    #expect(path(nil).states == [0, 1] && path(0).states == [0, 1])
    #expect(path(2).actions == [0, 0])
  }

  @Test("A greedy policy in a table says the whole row it looked at")
  func rowOfTable() {
    let table = ActionValueTable(states: 5, actions: 3)
    for state in 0..<5 { for action in 0..<3 { table[state, action] = Float(7 * state - action) } }
    let policy = GreedyInTable(actions: 3, rows: 2)
    policy.observation(0)[0] = 4
    policy.observation(1)[0] = 1
    policy.decide(rows: 2, parameters: table.values.pointer)
    for (row, state) in [(0, 4), (1, 1)] {
      let values = policy.actionValues(row, parameters: table.values.pointer)
      #expect((0..<3).map { values?[$0] } == (0..<3).map { table[state, $0] })
    }
  }
}

import Environments
import FootlightsAssets
import MarkovProcesses
import Randomness
import Testing

/// Mazes with exact values, solved with numpy.
private struct SolvedMazes: Decodable {
  struct Solved: Decodable {
    let map: [String]
    let cells: [[Int]]
    let policy: [[Double]]
    let results: [Result]
  }

  struct Result: Decodable {
    let stepReward: Double
    let slip: Double
    let slipModel: String
    let gamma: Double
    let uniformValues: [Double]
    let policyValues: [Double]
    let bestValues: [Double]

    enum CodingKeys: String, CodingKey {
      case slip, gamma
      case stepReward = "step_reward"
      case slipModel = "slip_model"
      case uniformValues = "V_uniform"
      case policyValues = "V_policy"
      case bestValues = "V_star"
    }
  }

  let mazes: [Solved]
}

@Suite("The known process of a maze")
struct MazeProcessTests {
  /// The value of each action in each state, one step before `values`.
  private func actionValues(
    of process: TabularMDP, gamma: Double, values: [Double]
  ) -> [[Double]] {
    process.outcomes.map { actions in
      actions.map { outcomes in
        outcomes.reduce(0) { sum, outcome in
          let next = outcome.nextState < 0 ? 0 : values[outcome.nextState]
          return sum + outcome.probability * (outcome.reward + gamma * next)
        }
      }
    }
  }

  @Test("The reference values satisfy the process's Bellman equations")
  func referenceValues() throws {
    let file = try reference("maze_values", as: SolvedMazes.self)
    for solved in file.mazes {
      for result in solved.results {
        var definition = try MazeParser.parse(
          Array(solved.map.joined(separator: "\n").utf8), file: "reference")
        definition.configuration.stepReward = result.stepReward
        definition.configuration.slip = result.slip
        definition.configuration.slipModel =
          try MazeConfiguration.SlipModel(rawValue: result.slipModel)
          ?? #require(result.slip == 0 ? .perpendicular : nil)
        let process = try #require(Maze(name: "reference", definition: definition).knownMDP)
        #expect(process.states == solved.cells.count)
        let uniform = actionValues(of: process, gamma: result.gamma, values: result.uniformValues)
        let policy = actionValues(of: process, gamma: result.gamma, values: result.policyValues)
        let best = actionValues(of: process, gamma: result.gamma, values: result.bestValues)
        for state in 0..<process.states {
          let mean = uniform[state].reduce(0, +) / 4
          #expect(abs(mean - result.uniformValues[state]) < 1e-8)
          let weighted = zip(policy[state], solved.policy[state]).reduce(0) { $0 + $1.0 * $1.1 }
          #expect(abs(weighted - result.policyValues[state]) < 1e-8)
          #expect(abs((best[state].max() ?? 0) - result.bestValues[state]) < 1e-8)
        }
      }
    }
  }

  @Test("Outcomes of equal next state and reward are one")
  func merged() throws {
    let slippery = MazeConfiguration(slip: 0.2, slipModel: .perpendicular)
    let corridor = try #require(try maze("S.G", configuration: slippery).knownMDP)
    let forward = corridor.outcomes[0][1]
    #expect(forward.count == 2)
    #expect(forward.first { $0.nextState == 1 }?.probability == 0.8)
    #expect(forward.first { $0.nextState == 0 }?.probability == 0.2)

    let uniform = MazeConfiguration(slip: 0.4, slipModel: .uniform)
    let process = try #require(try maze("PSG", configuration: uniform).knownMDP)
    let right = process.outcomes[0][1]
    #expect(right.count == 3)
    #expect(abs(try #require(right.first { $0.reward == 1 }).probability - 0.7) < 1e-12)
    #expect(abs(try #require(right.first { $0.reward == -1 }).probability - 0.1) < 1e-12)
    #expect(abs(try #require(right.first { $0.nextState == 0 }).probability - 0.2) < 1e-12)
  }

  /// Pearson's statistic of `draws` steps from every state with every action, and its degrees of
  /// freedom; an impossible outcome gives infinity.
  private func statistic(
    of world: Maze, process: TabularMDP, draws: Int, random: inout RandomStream
  ) throws -> (value: Double, freedom: Int) {
    var value = 0.0
    var freedom = 0
    for state in 0..<process.states {
      for (action, outcomes) in process.outcomes[state].enumerated() {
        var counts = [Int](repeating: 0, count: outcomes.count)
        for _ in 0..<draws {
          var copy = world
          try copy.begin(in: [Double(state)])
          let step = copy.step(action, random: &random)
          let next = Int(copy.worldState[0])
          guard
            let index = outcomes.firstIndex(where: {
              $0.nextState == next && $0.reward == step.reward
            })
          else { return (.infinity, 1) }
          counts[index] += 1
        }
        for (count, outcome) in zip(counts, outcomes) {
          let expected = outcome.probability * Double(draws)
          value += (Double(count) - expected) * (Double(count) - expected) / expected
        }
        freedom += outcomes.count - 1
      }
    }
    return (value, freedom)
  }

  @Test(
    "Steps follow the known process", arguments: MazeConfiguration.SlipModel.allCases, [0, 0.3, 1])
  func sampled(model: MazeConfiguration.SlipModel, slip: Double) throws {
    let world = try maze(
      "S..P", ".#..", "...G", configuration: MazeConfiguration(slip: slip, slipModel: model))
    let process = try #require(world.knownMDP)
    var random = RandomStream(seed: 2024)
    let (value, freedom) = try statistic(
      of: world, process: process, draws: 500, random: &random)
    // The statistic is about normal with mean `freedom` and variance twice that.
    #expect(abs(value - Double(freedom)) <= 4 * (2 * Double(freedom)).squareRoot())
  }
}

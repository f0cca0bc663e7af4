import Agents
import Environments
import Estimators
import FootlightsAssets
import Networks
import Telemetry
import Testing

@testable import Training

@Suite("Presets")
struct PresetTests {
  @Test("Every bundled preset has a name of its own, an environment and a summary")
  func bundled() throws {
    let presets = try Runs.presets()
    #expect(Set(presets.map(\.name)).count == presets.count)
    for preset in presets {
      #expect(Runs.registry.names.contains(preset.environment) || preset.environment == "Maze")
      #expect(!preset.summary.isEmpty && preset.summary.count <= 60)
      #expect(preset.name.hasPrefix(preset.agent.rawValue + "-"))
    }
  }

  @Test("No environment has two presets of an agent, and every preset's is known")
  func pairs() throws {
    for agent in AgentName.allCases {
      let environments = try Runs.presets().filter { $0.agent == agent }.map(\.environment)
      #expect(Set(environments).count == environments.count, "\(agent)")
      #expect(Set(environments).isSubset(of: Runs.registry.names + ["Maze"]), "\(agent)")
    }
  }

  @Test("The environments an agent is meant for have presets of it")
  func meant() throws {
    let mazes = Runs.registry.names.filter { $0.hasPrefix("Maze/") }
    let tables = ["CliffWalking-v1", "FrozenLake-v1", "Taxi-v4", "Maze", "RandomWalk-19"]
    let numbers = ["Pendulum-v1", "MountainCarContinuous-v0"]
    let meant: [AgentName: [String]] = [
      .a3c: ["CartPole-v1", "Maze", "RandomWalk-19"] + mazes + numbers,
      .a2c: ["CartPole-v1", "Maze", "RandomWalk-19"] + mazes + numbers,
      .actorCritic: ["CartPole-v1", "Maze", "RandomWalk-19"] + mazes + numbers,
      .reinforce: ["CartPole-v1", "Maze", "RandomWalk-19"] + mazes + numbers,
      .sarsa: tables, .expectedSarsa: tables, .qLearning: tables,
      .dqn: ["CartPole-v1", "MountainCar-v0", "Acrobot-v1"],
      .ddpg: numbers,
    ]
    for agent in AgentName.allCases {
      let environments = try Runs.presets().filter { $0.agent == agent }.map(\.environment)
      #expect(Set(environments).isSuperset(of: try #require(meant[agent])), "\(agent)")
    }
  }

  private func parse(_ text: String) throws -> [Preset] {
    try PresetFile.parse(Array(text.utf8), file: "mine.yaml")
  }

  private static let head = """
    mine:
      summary: my own
      environment: CartPole-v1
      agent: a3c

    """

  @Test("Every setting is taken")
  func everySetting() throws {
    let text =
      Self.head
        + """
          decay: 0.9
          epsilon: 0.001
          estimator: lambda:0.8
          gamma: 0.5
          rollout_length: 7
          learning_rate: 2e-3
          learning_rate_schedule: linear
          entropy_coefficient: 0.25
          value_coefficient: 2
          max_gradient_norm: 40
          optimiser: rmsprop_torch
          hidden: [32, 16]
          activation: relu
          trunk: separate
          workers: 3
          steps: 1e6
          speed: 2.5
          delay: exponential
        """.split(separator: "\n").map { "  " + $0.drop { $0 == " " } }.joined(separator: "\n")
    let preset = try #require(try parse(text).first)
    var expected = Preset(
      name: "mine", summary: "my own", environment: "CartPole-v1", agent: .a3c)
    var learning = ActorCriticHyperparameters()
    learning.estimator = .lambda(0.8)
    learning.discount = 0.5
    learning.rolloutLength = 7
    learning.learningRate = 2e-3
    learning.learningRateSchedule = .linear
    learning.entropyCoefficient = 0.25
    learning.valueCoefficient = 2
    learning.maxGradientNorm = 40
    learning.optimiser = .rmsProp(
      RMSProp(decay: 0.9, epsilon: 0.001, epsilonPlacement: .outsideRoot, initialMeanSquare: 0))
    learning.hidden = [32, 16]
    learning.activation = .relu
    learning.trunk = .separate
    expected.hyperparameters = learning
    expected.workers = 3
    expected.steps = 1_000_000
    expected.speed = 2.5
    expected.delay = .exponential
    #expect(preset == expected)
    let notOfA3C = ["critic_learning_rate", "baseline", "episodes_per_update"]
    for (key, _, _) in Preset.settingDocumentation(of: .a3c) where !notOfA3C.contains(key) {
      #expect(text.contains("  \(key): "))
    }
  }

  @Test(
    "What cannot be taken is said with file, line, what was found and what is accepted",
    arguments: [
      (
        "  lerning_rate: 1",
        "mine.yaml:5: unknown setting 'lerning_rate' (did you mean 'learning_rate'?)"
      ),
      ("  agnt: a3c", "mine.yaml:5: unknown setting 'agnt' (did you mean 'agent'?)"),
      ("  gamma: 1.5", "mine.yaml:5: gamma: found '1.5', accepted is a number from 0 to 1"),
      ("  gamma: nan", "mine.yaml:5: gamma: found 'nan', accepted is a number from 0 to 1"),
      ("  gamma:", "mine.yaml:5: gamma: found '', accepted is a number from 0 to 1"),
      (
        "  workers: 0",
        "mine.yaml:5: workers: found '0', accepted is a whole number from 1 to 10000"
      ),
      ("  steps: 0", "mine.yaml:5: steps: found '0', accepted is a whole number of at least 1"),
      (
        "\n  estimator: nstep:0",
        "mine.yaml:6: estimator: found 'nstep:0', accepted is mc, td, nstep:N with N a whole number "
          + "of at least 1, lambda:L with L from 0 to 1"
      ),
      (
        "  hidden: 64,0",
        "mine.yaml:5: hidden: found '64,0', accepted is none, or up to 4 widths from 1 to 1024 such as 64,64"
      ),
      ("  hidden: [[64]]", "mine.yaml:5: hidden: accepted is a single value"),
      ("  hidden: [64, {a: b}]", "mine.yaml:5: hidden: accepted is a single value"),
      (
        "  delay: long",
        "mine.yaml:5: delay: found 'long', accepted is none, uniform or exponential"
      ),
      ("  trunk: {a: b}", "mine.yaml:5: trunk: accepted is a single value"),
      ("  activation: gelu", "mine.yaml:5: activation: found 'gelu', accepted is tanh or relu"),
      (
        "  optimiser: sdg",
        "mine.yaml:5: optimiser: found 'sdg', accepted is rmsprop, rmsprop_torch, adam or sgd"
      ),
    ])
  func mistakes(line: String, message: String) {
    let problem = #expect(throws: PresetFile.Problem.self) {
      try PresetFile.parse(Array((Self.head + line).utf8), file: "mine.yaml")
    }
    #expect(problem?.description == message)
  }

  @Test(
    "A file that is not presets is said to be none",
    arguments: [
      ("", "mine.yaml: accepted is a mapping from names to presets"),
      ("- a\n- b", "mine.yaml:1: accepted is a mapping from names to presets"),
      ("mine: 3", "mine.yaml:1: preset 'mine': accepted is a mapping from settings to values"),
      ("mine:\n  summary: x", "mine.yaml:1: preset 'mine' has no 'environment'"),
      (
        "mine:\n  summary: x\n  environment: CartPole-v1\n  agent: ppo",
        "mine.yaml:4: agent: found 'ppo', accepted is "
          + AgentName.allCases.map(\.rawValue).dropLast().joined(separator: ", ") + " or ddpg"
      ),
      ("a\0b", "mine.yaml: not a text file; accepted is YAML in UTF-8"),
    ])
  func notPresets(text: String, message: String) {
    let problem = #expect(throws: PresetFile.Problem.self) {
      try PresetFile.parse(Array(text.utf8), file: "mine.yaml")
    }
    #expect(problem?.description == message)
  }

  @Test("Broken YAML, keys given twice and nesting without end are told, not survived by luck")
  func broken() {
    for text in [
      "mine: [", "\tmine: x", "mine: {summary: 'x", Self.head + "  agent: a2c",
      String(repeating: "[", count: 100_000),
    ] {
      let problem = #expect(throws: PresetFile.Problem.self) {
        try PresetFile.parse(Array(text.utf8), file: "mine.yaml")
      }
      #expect(problem?.description.hasPrefix("mine.yaml:") == true)
    }
    #expect(throws: PresetFile.Problem.self) {
      try PresetFile.parse([0xFF, 0xFE, 0x41], file: "mine.yaml")
    }
  }

  @Test("A file too long is refused, not cut")
  func tooLong() {
    let text = Self.head + String(repeating: "#", count: PresetFile.mostBytes)
    #expect(throws: PresetFile.Problem.self) { try parse(text) }
  }

  @Test("Every setting says what it means, and its standard value is one it takes")
  func documentation() throws {
    for agent in AgentName.allCases {
      for (key, meaning, standard) in Preset.settingDocumentation(of: agent) {
        #expect(!meaning.isEmpty)
        let untouched = Preset(name: "", summary: "", environment: "", agent: agent)
        var preset = untouched
        do {
          try preset.set(key, to: standard)
          #expect(preset == untouched, "\(agent) \(key)")
        } catch {
          // Told of a3c and a2c too, with the agents that take it.
          #expect("\(error)".contains("only with"), "\(agent) \(key): \(error)")
        }
      }
    }
  }

  @Test("A run's size grows with workers, widths and rollouts, and a table of a maze is small")
  func size() throws {
    let presets = try Runs.presets()
    for preset in presets where preset.environment != "Maze" && preset.agent.hasPolicyNetwork {
      let world = try Runs.registry.make(preset.environment)
      func bytes(_ change: (inout RunConfiguration) -> Void) -> Double {
        var configuration = RunConfiguration(
          environment: world, agent: preset.agent, preset: preset.name,
          hyperparameters: preset.hyperparameters, workers: preset.workers, threads: 1,
          budget: preset.steps)
        change(&configuration)
        return configuration.estimatedBytes
      }
      let usual = bytes { _ in }
      #expect(usual > 0 && usual < 1e8)
      if preset.agent.hasWorkers {
        #expect(bytes { $0.workers *= 10 } > 5 * usual)
      } else {
        #expect(bytes { $0.workers *= 10 } == usual)
      }
      #expect(bytes { $0.hyperparameters.hidden = [1024, 1024] } > 10 * usual)
      if preset.agent == .reinforce {
        #expect(bytes { $0.hyperparameters.episodesPerUpdate *= 10 } > 5 * usual)
        continue
      }
      #expect(bytes { $0.hyperparameters.rolloutLength *= 10 } > usual)
      #expect(bytes { $0.hyperparameters.estimator = .monteCarlo } > usual)
    }
  }

  @Test("Settings take what is in their range and nothing beside it")
  func ranges() {
    let cases: [(key: String, good: [String], bad: [String])] = [
      ("gamma", ["0", "1", ".5"], ["-0.1", "1.1", "inf", "one", ""]),
      ("rollout_length", ["1", "4096", "4_096"], ["0", "4097", "1.5", "-1"]),
      ("learning_rate", ["1e-9", "1e30"], ["0", "-1", "1e31", "nan"]),
      ("entropy_coefficient", ["0", "1e6"], ["-1", "1e7"]),
      ("max_gradient_norm", ["0.5"], ["0"]),
      ("decay", ["0", "0.99"], ["1", "-0.1"]),
      ("epsilon", ["1e-8", "1"], ["0", "2"]),
      ("hidden", ["none", "64", "1,2,3,4"], ["0", "1025", "1,2,3,4,5", "64,", "a"]),
      ("workers", ["1", "10000", "2e2"], ["0", "10001", "1e99", "8.5"]),
      (
        "steps", ["1", "500_000", "5e5"], ["0", "99999999999999999999", "5e-1", "5_", "_5", "5__0"]
      ),
      ("delay", ["none", "uniform", "exponential"], ["", "None"]),
      ("speed", ["0.001", "8"], ["0", "-8", "inf"]),
      ("estimator", ["mc", "td", "nstep:5", "nstep:inf", "lambda:0"], ["lambda:2", "gae"]),
    ]
    for (key, good, bad) in cases {
      var preset = Preset(name: "", summary: "", environment: "", agent: .a2c)
      for text in good { #expect(throws: Never.self) { try preset.set(key, to: text) } }
      for text in bad { #expect(throws: SettingError.self) { try preset.set(key, to: text) } }
    }
  }

  @Test("Constants of RMSProp stay, in whatever order they and its form are given")
  func order() throws {
    var first = Preset(name: "", summary: "", environment: "", agent: .a2c)
    var second = first
    for (key, value) in [("decay", "0.5"), ("optimiser", "rmsprop_torch"), ("epsilon", "0.25")] {
      try first.set(key, to: value)
    }
    for (key, value) in [("optimiser", "rmsprop_torch"), ("epsilon", "0.25"), ("decay", "0.5")] {
      try second.set(key, to: value)
    }
    #expect(first == second)
  }
}

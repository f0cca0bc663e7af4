internal import Foundation
internal import Testing

@Suite("The calculators agree with the reference data")
struct CalculatorTests {
  @Test("returns, nested and flat, with keys as given")
  func returns() throws {
    let cases = try #require(try reference("return_estimators")["cases"] as? [[String: Any]])
    for var c in cases {
      c["n"] = [1, 2, 3, 5, 8, "inf"] as [Any]
      c["lambda"] = ["LIST"]
      let text = try jsonText(c).replacingOccurrences(
        of: "[\"LIST\"]", with: "[0.0, 0.5, 0.9, 0.95, 1.0]")
      let found = try ProgramRun(["returns", "-", "--json"], input: text).json()
      let same = ["monte_carlo": "monte_carlo", "td": "td0_target"]
        .merging(["monte_carlo_without_bootstrap": "monte_carlo_without_bootstrap"]) { $1 }
      for (key, theirs) in same { #expect(distance(found[key], c[theirs]) < 1e-9) }
      for key in ["n_step", "lambda_return", "gae"] {
        let (ours, theirs) = (found[key] as? [String: Any], c[key] as? [String: Any])
        #expect(ours?.keys.sorted() == theirs?.keys.sorted())
        for (name, values) in theirs ?? [:] { #expect(distance(ours?[name], values) < 1e-9) }
      }
    }
  }

  @Test("flat input gives flat output, flags may be words, options replace the file's lists")
  func flatReturns() throws {
    let rollout = """
      {"rewards": [1, 1, 1], "values": [1, 2, 4], "next_values": [2, 4, 99], "gamma": 0.5,
       "terminated": [false, 0, true], "truncated": [0, 0, 0], "n": [1], "lambda": [0]}
      """
    let found = try ProgramRun(
      ["returns", "--json", "--n", "2,inf", "--lambda", "0.50", "{folder}/r.json"],
      files: ["r.json": rollout]
    ).json()
    #expect(distance(found["monte_carlo"], [1.75, 1.5, 1]) == 0)
    let steps = found["n_step"] as? [String: Any]
    #expect(steps?.keys.sorted() == ["2", "inf"])
    #expect(distance(steps?["2"], [2.5, 1.5, 1]) == 0)
    let gae = found["gae"] as? [String: Any]
    #expect(distance(gae?["0.50"], [1.0625, 0.25, -3]) == 0)
  }

  @Test("compare, every state, n and lambda")
  func compare() throws {
    let problems = try #require(try reference("bias_variance")["problems"] as? [[String: Any]])
    for problem in problems {
      let found = try ProgramRun(
        [
          "compare", "--mdp", "-", "--json", "--n", "1,2,3,4,5,8,16,32,inf",
          "--lambda", "0.0,0.2,0.5,0.8,0.9,0.95,1.0",
        ], input: jsonText(problem)
      ).json()
      #expect(distance(found["true_values"], problem["true_values"]) < 1e-8)
      for key in ["n_step", "lambda_return"] {
        let ours = found[key] as? [String: [String: Any]]
        let theirs = problem[key] as? [String: [String: Any]]
        #expect(ours?.keys.sorted() == theirs?.keys.sorted())
        for (name, figures) in theirs ?? [:] {
          for (figure, values) in figures {
            #expect(distance(ours?[name]?[figure], values) < 1e-8, "\(key) \(name) \(figure)")
          }
        }
      }
    }
  }

  @Test("solve, with the policy of a file")
  func solve() throws {
    let mazes = try #require(try reference("maze_values")["mazes"] as? [[String: Any]])
    for maze in mazes {
      let map = try #require(maze["map"] as? [String]).joined(separator: "\n")
      let policy = try jsonText(["policy": try #require(maze["policy"])])
      for result in try #require(maze["results"] as? [[String: Any]]) {
        func option(_ key: String) -> String { result[key].map { "\($0)" } ?? "" }
        let found = try ProgramRun(
          [
            "solve", "--maze", "{folder}/map.txt", "--step-reward", option("step_reward"),
            "--slip", option("slip"), "--slip-model", option("slip_model"),
            "--gamma", option("gamma"), "--policy", "{folder}/policy.json", "--json",
          ], files: ["map.txt": map, "policy.json": policy]
        ).json()
        #expect(distance(found["cells"], maze["cells"]) == 0)
        #expect(distance(found["greedy_actions"], result["greedy_actions"]) == 0)
        for key in ["V_uniform", "V_policy", "V_star"] {
          #expect(distance(found[key], result[key]) < 1e-8)
        }
      }
    }
  }

  @Test("rollout, a free run of CartPole from a given state")
  func rollout() throws {
    let episodes = try #require(try reference("env_cartpole")["episodes"] as? [[String: Any]])
    for episode in episodes {
      let states = try #require(episode["states"] as? [Any])
      let actions = try #require(episode["actions"] as? [Int])
      let input = try jsonText(["state": states[0], "actions": actions + [0, 0]])
      let found = try ProgramRun(["rollout", "--env", "CartPole-v1", "-", "--json"], input: input)
        .json()
      #expect(distance(found["states"], states) < 1e-9)
      #expect(distance(found["observations"], episode["observations"]) < 1e-6)
      #expect(distance(found["rewards"], actions.map { _ in 1.0 }) == 0)
      #expect(distance(found["terminated_at"], episode["terminated_at"]) == 0)
      #expect(distance(found["truncated_at"], episode["truncated_at"]) == 0)
    }
  }

  @Test("rollout, free runs of Pendulum: an action is a number, or a list of one")
  func continuousRollout() throws {
    let episodes = try #require(try reference("env_pendulum")["episodes"] as? [[String: Any]])
    for episode in episodes.prefix(4) {
      let states = try #require(episode["states"] as? [Any])
      let actions = try #require(episode["actions"] as? [[Double]])
      for form in [actions, actions.map { $0[0] }] as [[Any]] {
        let found = try ProgramRun(
          ["rollout", "--env", "Pendulum-v1", "-", "--json"],
          input: jsonText(["state": states[0], "actions": form])
        ).json()
        #expect(distance(found["states"], states) < 1e-8)
        #expect(distance(found["observations"], episode["observations"]) < 1e-6)
        #expect(distance(found["rewards"], episode["rewards"]) < 1e-8)
        #expect(distance(found["terminated_at"], episode["terminated_at"]) == 0)
        #expect(distance(found["truncated_at"], episode["truncated_at"]) == 0)
      }
    }
  }

  @Test("rollout of a continuous world as a table shows its actions as numbers")
  func continuousTable() throws {
    let run = try ProgramRun(
      ["rollout", "--env", "MountainCarContinuous-v0"],
      input: #"{"state": [0.4, 0.06], "actions": [0.75]}"#)
    #expect(
      run.output == """
        t  action       x       v   reward  end
        0  0.7500  0.4000  0.0600  99.9438  terminated
        1          0.4602  0.0602

        """)
  }

  @Test("rollout of a maze: its state is the index of a cell, its rules can be set")
  func mazeRollout() throws {
    let found = try ProgramRun(
      ["rollout", "--env", "{folder}/m.txt", "--set", "step_reward=-0.5", "--json", "-"],
      input: #"{"state": [1], "actions": [3, 3, 1, 1, 1]}"#, files: ["m.txt": "S..G\n"]
    ).json()
    #expect(distance(found["rewards"], [-0.5, -0.5, -0.5, -0.5, 1]) == 0)
    #expect(distance(found["observations"], [[0], [0], [1], [2], [2]]) == 0)
    #expect(distance(found["terminated_at"], [4]) == 0)
  }

  @Test("list names what is bundled, each with a summary; one kind can be asked for")
  func list() throws {
    let found = try ProgramRun(["list", "--json"]).json()
    for kind in ["environments", "agents", "presets", "mazes", "themes", "keys"] {
      let entries = try #require(found[kind] as? [[String: Any]])
      #expect(entries.allSatisfy { $0["name"] is String && $0["summary"] is String })
    }
    let mazes = try ProgramRun(["list", "mazes", "--json"]).json()
    #expect(mazes.keys.sorted() == ["mazes"])
    let table = try ProgramRun(["list", "environments"])
    #expect(table.output.contains("CartPole-v1"))
  }

  @Test("bundled mazes are solved by either of their names")
  func bundledMaze() throws {
    let short = try ProgramRun(["solve", "--maze", "corridor", "--json"])
    #expect(try short.json()["V_policy"] is NSNull)
    #expect(try ProgramRun(["solve", "--maze", "Maze/corridor", "--json"]).output == short.output)
  }

  @Test("without --json there are tables")
  func tables() throws {
    let problem = """
      {"states": 1, "actions": 1, "gamma": 0.5, "outcomes": [[[[0.5, 0, 1], [0.5, -1, 0]]]],
       "policy": [[1]], "estimate_V": [0]}
      """
    let run = try ProgramRun(
      ["compare", "--mdp", "-", "--n", "1,inf", "--lambda", "1"], input: problem)
    #expect(
      run.output == """
        state 0 of 0 to 0 · gamma 0.5 · true value 0.6667 · critic 0.0000
        target    mean     bias   bias²  variance     MSE
        n 1     0.5000  -0.1667  0.0278    0.2500  0.2778  least
        n inf   0.6667   0.0000  0.0000    0.5079  0.5079
        λ 1     0.6667   0.0000  0.0000    0.5079  0.5079  least

        """)
  }
}

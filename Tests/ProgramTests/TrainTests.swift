internal import Foundation
internal import Testing

@Suite("train, as a script sees it")
struct TrainTests {
  static let keys = [
    "env", "agent", "estimator", "scheduler", "seed", "workers", "threads", "steps", "updates",
    "episodes", "seconds", "steps_per_second", "mean_return", "evaluation", "reached",
    "steps_to_reach", "seconds_to_reach", "parameters_hash", "diverged",
  ]

  private func object(_ run: ProgramRun) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  private func train(_ arguments: String...) throws -> [String: Any] {
    try ProgramRun(["train", "--json"] + arguments).json()
  }

  @Test("the outcome has all its fields, and nothing else is said")
  func fields() throws {
    let found = try train("--steps", "1e3", "--seed", "7", "--workers", "3", "--agent", "a2c")
    #expect(Set(found.keys) == Set(Self.keys))
    #expect(found["env"] as? String == "CartPole-v1" && found["agent"] as? String == "a2c")
    #expect(found["seed"] as? Int == 7 && found["workers"] as? Int == 3)
    #expect(try #require(found["steps"] as? Int) >= 1_000)
    #expect(found["reached"] is NSNull && found["diverged"] as? Bool == false)
    let evaluation = try #require(found["evaluation"] as? [String: Any])
    #expect(Set(evaluation.keys) == ["episodes", "mean_return", "std_return", "mean_length"])
    #expect(evaluation["episodes"] as? Int == 100)
  }

  @Test("a goal reached ends the run, one that is not ends with status 3")
  func goals() throws {
    let reached = try train("--until-return", "-200", "--steps", "1_000_000")
    #expect(reached["reached"] as? Bool == true)
    #expect(try #require(reached["steps"] as? Int) < 10_000)
    let missed = try ProgramRun(["train", "--json", "--until-return", "475", "--steps", "500"])
    #expect(missed.status == 3)
    #expect(try object(missed)["reached"] as? Bool == false)
    #expect(try object(missed)["steps_to_reach"] is NSNull)
  }

  @Test("a run that diverges ends with status 4, one line of complaint, and its outcome")
  func divergence() throws {
    for form in [["--json"], []] {
      let run = try ProgramRun(
        ["train", "--set", "learning_rate=1e30", "--steps", "100000"] + form)
      #expect(run.status == 4)
      #expect(run.complaint.hasPrefix("footlights: diverged: "))
      #expect(run.complaint.filter(\.isNewline).count == 1 && run.complaint.hasSuffix("\n"))
      if !form.isEmpty { #expect(try object(run)["diverged"] as? Bool == true) }
    }
  }

  @Test("virtual time and A2C give the same parameters again; delays and seeds matter")
  func reproducibility() throws {
    func hash(_ arguments: String...) throws -> String {
      let run = try ProgramRun(["train", "--json", "--steps", "2000"] + arguments)
      return try #require(try run.json()["parameters_hash"] as? String)
    }
    let first = try hash("--scheduler", "virtual", "--threads", "1")
    #expect(try hash("--scheduler", "virtual", "--threads", "2") == first)
    #expect(try hash("--scheduler", "virtual", "--set", "delay=uniform") == first)
    #expect(try hash("--scheduler", "virtual", "--seed", "1") != first)
    #expect(try hash("--scheduler", "virtual", "--set", "delay=exponential") != first)
    let team = try hash("--agent", "a2c", "--threads", "1")
    #expect(try hash("--agent", "a2c", "--threads", "2") == team)
  }

  @Test("the regret of a maze is that of its greedy actions by solve", arguments: ["cliff", "m"])
  func regret(maze: String) throws {
    let map = "; slip: 0.3\n; slip-model: uniform\nS.P.\n...S\n.#.G\n"
    let (name, files) = maze == "m" ? ("{folder}/m.txt", ["m.txt": map]) : (maze, [:])
    let found = try ProgramRun(
      ["train", "--json", "--env", maze == "m" ? name : "Maze/" + name, "--steps", "2000"],
      files: files
    ).json()
    let rules = try #require(found["maze"] as? [String: Any])
    func rule(_ key: String) -> String { rules[key].map { "\($0)" } ?? "" }
    let actions = try #require(found["greedy_actions"] as? [Int])
    let policy = actions.map { action in (0..<4).map { $0 == action ? 1 : 0 } }
    let solved = try ProgramRun(
      [
        "solve", "--maze", name, "--step-reward", rule("step_reward"), "--slip", rule("slip"),
        "--slip-model", rule("slip_model"), "--gamma", rule("gamma"), "--policy", "-", "--json",
      ], input: jsonText(["policy": policy]), files: files
    ).json()
    func values(_ key: String) throws -> [Double] { try #require(solved[key] as? [Double]) }
    let (best, greedy, uniform) = (
      try values("V_star"), try values("V_policy"), try values("V_uniform")
    )
    let shares = best.indices.map { (best[$0] - greedy[$0]) / (best[$0] - uniform[$0]) }
    let regret = try #require(found["regret"] as? Double)
    let starts = maze == "m" ? [0, 6] : nil
    if let starts {
      #expect(abs(regret - (starts.map { shares[$0] }.max() ?? 0)) < 1e-9)
    } else {
      #expect(shares.contains { abs($0 - regret) < 1e-9 })
    }
  }

  @Test("help tells of every setting, every estimator and how it is used")
  func help() throws {
    for command in ["train", "watch"] {
      let help = try ProgramRun([command, "--help"]).output
      for word in [
        "learning_rate ", "delay ", "slip-model ", "nstep:N", "lambda:L", "Examples:",
        "footlights \(command) --env",
      ] {
        #expect(help.contains(word), "\(word)")
      }
      #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
  }
}

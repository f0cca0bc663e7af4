internal import Foundation
internal import Testing

@Suite("The random walk, as a script sees it")
struct RandomWalkProgramTests {
  private static let experiment = ["compare", "--experiment", "random-walk"]

  @Test("The experiment's tables agree with the reference within four standard errors")
  func tables() throws {
    let theirs = try reference("random_walk")
    let ours = try ProgramRun(Self.experiment + ["--runs", "600", "--json"]).json()
    #expect(
      Set(ours.keys) == [
        "alphas", "n_step_td", "lambda_return_sequential", "states", "episodes", "runs", "seed",
        "best_n_step", "best_lambda",
      ])
    #expect(distance(ours["alphas"], theirs["alphas"]) == 0)
    for (key, setting) in [("n_step_td", "n"), ("lambda_return_sequential", "lambda")] {
      let found = try #require(ours[key] as? [[String: Any]])
      let expected = try #require(theirs[key] as? [[String: Any]])
      #expect(found.count == expected.count)
      for (a, b) in zip(found, expected) {
        #expect(Set(a.keys) == [setting, "rms", "standard_error"])
        #expect(distance(a[setting], b[setting]) == 0)
        try compare(a, b, "\(setting) \(a[setting] ?? "")")
      }
    }
    for (key, setting) in [("best_n_step", "n"), ("best_lambda", "lambda")] {
      let (a, b) = (ours[key] as? [String: Any], theirs[key] as? [String: Any])
      #expect(distance(a?[setting], b?[setting]) == 0)
      #expect(distance(a?["alpha"], b?["alpha"]) == 0)
    }
    #expect(ours["states"] as? Int == 19 && ours["episodes"] as? Int == 10)
    #expect(ours["runs"] as? Int == 600 && ours["seed"] as? Int == 0)
  }

  /// The difference of every cell in standard errors of the difference.
  private func compare(_ a: [String: Any], _ b: [String: Any], _ row: String) throws {
    let (means, errors) = (try numbers(a["rms"]), try numbers(a["standard_error"]))
    let (theirMeans, theirErrors) = (try numbers(b["rms"]), try numbers(b["standard_error"]))
    #expect(means.count == theirMeans.count && means.count == 12)
    for k in means.indices {
      #expect((means[k] == nil) == (theirMeans[k] == nil), "\(row), alpha \(k)")
      guard let mean = means[k], let error = errors[k], let theirMean = theirMeans[k],
        let theirError = theirErrors[k]
      else { continue }
      let allowed = 4 * (error * error + theirError * theirError).squareRoot()
      #expect(abs(mean - theirMean) <= allowed && error > 0, "\(row), alpha \(k)")
    }
  }

  private func numbers(_ value: Any?) throws -> [Double?] {
    try #require(value as? [Any]).map { $0 as? Double }
  }

  @Test("The same seed gives the same bytes on any number of threads, another seed others")
  func reproducibility() throws {
    func output(_ arguments: String...) throws -> String {
      try ProgramRun(Self.experiment + ["--runs", "50", "--json"] + arguments).output
    }
    let first = try output("--threads", "1", "--seed", "5")
    #expect(try output("--threads", "2", "--seed", "5") == first)
    #expect(try output("--threads", "7", "--seed", "5") == first)
    #expect(try output("--threads", "2", "--seed", "6") != first)
  }

  @Test("Without --json there are both tables and both plots; files hold the same figures")
  func people() throws {
    let folder = try TemporaryFolder()
    let run = try ProgramRun(
      Self.experiment + [
        "--runs", "20", "--seed", "3", "--csv", "\(folder.path)/t.csv", "--svg",
        "\(folder.path)/t.svg",
      ])
    #expect(run.status == 0 && run.complaint.isEmpty)
    for part in [
      "20 runs", "seed 3", "on-line n-step TD", "off-line lambda-return", "least: n ",
      "least: lambda ", "On-line n-step TD, random walk of 19 states",
      "Off-line lambda-return, random walk of 19 states",
    ] { #expect(run.output.contains(part), "\(part)") }

    let csv = try String(contentsOf: folder.file("t.csv"), encoding: .utf8).split(separator: "\n")
    #expect(csv[0] == "method,setting,alpha,rms,standard_error")
    #expect(csv.count == 1 + 18 * 12)
    #expect(csv.dropFirst().allSatisfy { $0.split(separator: ",").count == 5 })
    #expect(csv[1].hasPrefix("n_step_td,1,0.02,0.53"))
    #expect(csv[csv.count - 1].hasPrefix("lambda_return_sequential,1,1.0,"))

    let svg = try String(contentsOf: folder.file("t.svg"), encoding: .utf8)
    #expect(svg.hasPrefix("<svg xmlns=") && svg.hasSuffix("</svg>\n"))
    for setting in ["n 1<", "n 512<", "λ 0<", "λ 0.975<"] { #expect(svg.contains(setting)) }
    #expect(svg.matches(of: /<clipPath id="plot-area-[12]">/).count == 2)
  }

  @Test("What cannot be done is said in a line that names what is accepted")
  func mistakes() throws {
    try ProgramRun(["compare", "--experiment", "random-wolk"]).expectRejection([
      "--experiment", "'random-wolk'", "did you mean 'random-walk'?", "accepted is random-walk",
    ])
    for (option, value) in [("--runs", "1"), ("--seed", "-1"), ("--threads", "0")] {
      try ProgramRun(Self.experiment + [option, value]).expectRejection([option, "'\(value)'"])
    }
    try ProgramRun(Self.experiment + ["--svg", "/no/such/folder/a.svg"])
      .expectRejection(["/no/such/folder/a.svg"])
  }

  @Test("train teaches the critic its values, where there is nothing to choose")
  func training() throws {
    for (env, agent, states) in [
      ("RandomWalk-5", "a2c", 5), ("RandomWalk-5", "a3c", 5), ("RandomWalk-19", "a2c", 19),
    ] {
      let found = try ProgramRun([
        "train", "--env", env, "--agent", agent, "--scheduler", "virtual", "--steps", "300000",
        "--json",
      ]).json()
      #expect(try #require(found["critic_rms_error"] as? Double) < 0.1, "\(env) \(agent)")
      #expect(found["regret"] as? Double == 0)
      #expect(distance(found["greedy_actions"], Array(repeating: 0, count: states)) == 0)
      #expect(found["maze"] == nil && found["diverged"] as? Bool == false)
    }
  }

  @Test("rollout walks to an end; the state beyond it is -1, as in a maze")
  func rollout() throws {
    let input =
      #"{"state": [0], "actions": [\#(repeatElement("0", count: 400).joined(separator: ","))]}"#
    let found = try ProgramRun(["rollout", "--env", "RandomWalk-5", "--json", "-"], input: input)
      .json()
    let states = try #require(found["states"] as? [[Double]])
    let rewards = try #require(found["rewards"] as? [Double])
    #expect(states.first == [0] && states.last == [-1] && states.count == rewards.count + 1)
    #expect(distance(found["terminated_at"], [rewards.count - 1]) == 0)
    #expect(rewards.dropLast().allSatisfy { $0 == 0 })
    try ProgramRun(
      ["rollout", "--env", "RandomWalk-5", "-"], input: #"{"state": [0], "actions": [1]}"#
    ).expectRejection(["RandomWalk-5", "from 0 to 0"])
  }
}

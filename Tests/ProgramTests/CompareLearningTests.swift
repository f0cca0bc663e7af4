internal import Foundation
internal import Testing

@Suite("compare by learning, as a script sees it")
struct CompareLearningTests {
  private static let maze = ["compare", "--env", "Maze/corridor", "--steps", "3000"]

  private func estimators(_ found: [String: Any]) throws -> [String: [String: Any]] {
    try #require(found["estimators"] as? [String: [String: Any]])
  }

  /// The mean of the middle half.
  private func interquartileMean(_ scores: [Double]) -> Double {
    let cut = scores.count / 4
    let middle = scores.sorted()[cut..<scores.count - cut]
    return middle.reduce(0, +) / Double(middle.count)
  }

  /// The 95 % interval by going through every one of the n^n draws.
  private func interval(_ scores: [Double]) -> [Double] {
    let n = scores.count
    let draws = (0..<n).reduce(1) { count, _ in count * n }
    let means = (0..<draws).map { draw in
      var rest = draw
      return interquartileMean(
        (0..<n).map { _ in
          defer { rest /= n }
          return scores[rest % n]
        })
    }.sorted()
    return [0.025, 0.975].map { means[Int((Double(draws) * $0).rounded(.up)) - 1] }
  }

  @Test("all fields are there; means and intervals are those of the scores")
  func figures() throws {
    let found = try ProgramRun(
      Self.maze + [
        "--estimators", "td,nstep:5, lambda:0.95,mc", "--seeds", "5", "--seed", "3", "--json",
        "--until-return", "0.5",
      ]
    ).json()
    #expect(
      Set(found.keys) == [
        "env", "agent", "preset", "workers", "gamma", "steps", "seeds", "evaluation_episodes",
        "goal", "confidence", "interval_method", "estimators",
      ])
    #expect(found["env"] as? String == "Maze/corridor" && found["agent"] as? String == "a3c")
    #expect(found["steps"] as? Int == 3000 && found["seeds"] as? [Int] == [3, 4, 5, 6, 7])
    #expect(found["goal"] as? Double == 0.5 && found["confidence"] as? Double == 0.95)
    let estimators = try estimators(found)
    #expect(Set(estimators.keys) == ["td", "nstep:5", "lambda:0.95", "mc"])
    for figures in estimators.values {
      let scores = try #require(figures["scores"] as? [Double])
      let returns = try #require(figures["returns"] as? [[Double]])
      #expect(returns.count == 5 && returns.allSatisfy { $0.count == 20 })
      #expect(scores == returns.map { $0[19] })
      #expect(distance(figures["interquartile_mean"], interquartileMean(scores)) < 1e-9)
      #expect(distance(figures["interval"], interval(scores)) < 1e-9)
      let curve = try #require(figures["curve"] as? [String: Any])
      #expect(curve["steps"] as? [Int] == (1...20).map { $0 * 150 })
      for checkpoint in [0, 9, 19] {
        let now = returns.map { $0[checkpoint] }
        let mean = try #require(curve["interquartile_mean"] as? [Double])[checkpoint]
        let low = try #require(curve["low"] as? [Double])[checkpoint]
        let high = try #require(curve["high"] as? [Double])[checkpoint]
        #expect(abs(mean - interquartileMean(now)) < 1e-9)
        #expect(distance([low, high], interval(now)) < 1e-9)
      }
      try goals(figures, returns)
    }
  }

  /// The goal is reached at the first checkpoint whose return is enough.
  private func goals(_ figures: [String: Any], _ returns: [[Double]]) throws {
    let steps = try #require(figures["steps_to_goal"] as? [Any])
    let seconds = try #require(figures["seconds_to_goal"] as? [Any])
    for (run, returns) in returns.enumerated() {
      guard let first = returns.firstIndex(where: { $0 >= 0.5 }) else {
        #expect(steps[run] is NSNull && seconds[run] is NSNull)
        continue
      }
      let found = try #require(steps[run] as? Int)
      #expect(found >= (first + 1) * 150)
      #expect(try #require(seconds[run] as? Double) > 0)
    }
    let reached = returns.count { $0.contains { $0 >= 0.5 } }
    #expect(figures["reached_goal"] as? Int == reached)
  }

  /// The JSON without the fields that are measured by a clock.
  private func withoutSeconds(_ value: Any) -> Any {
    if let object = value as? [String: Any] {
      return object.filter { !$0.key.contains("seconds") }.mapValues(withoutSeconds)
    }
    if let list = value as? [Any] { return list.map(withoutSeconds) }
    return value
  }

  @Test("the number of threads changes seconds alone, with either agent; another seed changes more")
  func reproducibility() throws {
    func text(_ arguments: String...) throws -> String {
      let run = try ProgramRun(
        ["compare", "--env", "CartPole-v1", "--estimators", "td,mc", "--steps", "600"]
          + ["--seeds", "2", "--json"] + arguments)
      let bare = withoutSeconds(try run.json())
      return String(
        decoding: try JSONSerialization.data(withJSONObject: bare, options: .sortedKeys),
        as: UTF8.self)
    }
    for agent in ["a3c", "a2c"] {
      let first = try text("--agent", agent, "--threads", "1")
      #expect(try text("--agent", agent, "--threads", "2") == first)
      #expect(try text("--agent", agent, "--seed", "7") != first)
    }
  }

  @Test("a seed's scores do not depend on which other seeds and estimators there are")
  func independence() throws {
    func scores(_ arguments: String...) throws -> [String: [Double]] {
      let run = try ProgramRun(Self.maze + ["--json"] + arguments)
      return try estimators(try run.json()).compactMapValues { $0["scores"] as? [Double] }
    }
    let both = try scores("--estimators", "td,nstep:3", "--seeds", "3")
    let one = try scores("--estimators", "nstep:3", "--seeds", "1", "--seed", "2")
    #expect(one["nstep:3"] == both["nstep:3"].map { [$0[2]] })
    // The same target by another name is the same run.
    let twins = try scores("--estimators", "td,nstep:1", "--seeds", "2")
    #expect(twins["td"] == twins["nstep:1"])
  }

  @Test("one seed claims no interval, and says so")
  func oneSeed() throws {
    let arguments = Self.maze + ["--estimators", "td", "--seeds", "1"]
    let figures = try #require(try estimators(ProgramRun(arguments + ["--json"]).json())["td"])
    #expect(figures["interval"] is NSNull && figures["interquartile_mean"] is Double)
    let curve = try #require(figures["curve"] as? [String: Any])
    #expect(try #require(curve["low"] as? [Any]).allSatisfy { $0 is NSNull })
    let text = try ProgramRun(arguments)
    #expect(text.status == 0 && text.output.contains("one seed: no interval is claimed"))
  }

  @Test("a run that diverges has no score, and the others' figures say whose they are")
  func divergence() throws {
    let arguments =
      Self.maze + ["--estimators", "td", "--seeds", "2", "--set", "learning_rate=1e30"]
    let figures = try #require(try estimators(ProgramRun(arguments + ["--json"]).json())["td"])
    #expect(try #require(figures["scores"] as? [Any]).allSatisfy { $0 is NSNull })
    #expect(figures["interquartile_mean"] is NSNull && figures["interval"] is NSNull)
    #expect(figures["diverged"] as? Int == 2)
    #expect(try ProgramRun(arguments).output.contains("td: 2 of 2 runs diverged"))
  }

  @Test("table, plot and files say the same")
  func files() throws {
    let folder = try TemporaryFolder()
    let arguments = Self.maze + ["--estimators", "td,mc", "--seeds", "2"]
    let run = try ProgramRun(
      arguments + ["--csv", "\(folder.path)/c.csv", "--svg", "\(folder.path)/c.svg"])
    #expect(run.status == 0 && run.complaint.isEmpty)
    for part in ["Maze/corridor", "interquartile mean", "no goal", "A-- td  B-- mc"] {
      let found = run.output.contains(part) || run.output.contains(part.replacing("--", with: "━━"))
      #expect(found, "\(part)")
    }
    #expect(!run.output.contains("\u{1B}"))
    let lines = try String(contentsOf: folder.file("c.csv"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
    #expect(lines.count == 1 + 2 * 2 * 20 && lines[0] == "estimator,seed,step,return")
    let found = try estimators(ProgramRun(arguments + ["--json"]).json())
    let returns = try #require(found["mc"]?["returns"] as? [[Double]])
    let last = try #require(lines.last?.split(separator: ","))
    #expect(last.dropLast() == ["mc", "1", "3000"])
    #expect(distance(Double(last[3]), returns[1][19]) < 1e-12)
    let svg = try String(contentsOf: folder.file("c.svg"), encoding: .utf8)
    #expect(svg.hasPrefix("<svg") && svg.contains(">mc</text>"))
    #expect(try ProgramRun(arguments + ["--svg", "-"]).output == svg)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
  }

  @Test(
    "what does not fit is refused on one line",
    arguments: [
      (
        ["--env", "CartPole-v1", "--estimators", "tdd"],
        ["--estimators", "'tdd'", "did you mean 'td'"]
      ),
      (["--env", "CartPole-v1", "--estimators", "nstep:0"], ["--estimators", "nstep:0", ">= 1"]),
      (["--env", "CartPole-v1", "--estimators", "lambda:1.5"], ["--estimators", "from 0 to 1"]),
      (["--env", "CartPole-v1", "--estimators", "td,"], ["--estimators", "''"]),
      (["--env", "CartPole-v1", "--estimators", "td,mc,td"], ["--estimators", "'td'", "twice"]),
      (
        ["--env", "CartPole-v1", "--estimators", "lambda:0.9,lambda:0.90"],
        ["--estimators", "'lambda:0.90'", "twice"]
      ),
      (["--env", "CartPole-v1", "--estimators", "td", "--seeds", "0"], ["--seeds", "'0'", "1"]),
      (["--env", "CartPole-v1", "--estimators", "td", "--steps", "0"], ["--steps", "'0'"]),
      (["--env", "CartPole-v1", "--estimators", "td", "--threads", "0"], ["--threads", "'0'"]),
      (["--env", "CartPole", "--estimators", "td"], ["--env", "CartPole-v1"]),
      (["--estimators", "td"], ["--estimators", "--env"]),
      (["--mdp", "x.json", "--estimators", "td"], ["--estimators", "--mdp"]),
      (["--env", "CartPole-v1", "--seeds", "3"], ["--seeds", "--estimators"]),
      (["--mdp", "x.json", "--workers", "3"], ["--workers", "--env"]),
      (["--env", "CartPole-v1", "--estimators", "td", "--n", "3"], ["--n", "--estimators"]),
      (["--env", "CartPole-v1", "--estimator", "td"], ["--estimator", "--estimators"]),
      (
        ["--env", "CartPole-v1", "--estimators", "td", "--set", "estimator=mc"],
        ["--set", "estimator"]
      ),
      (
        ["--env", "CartPole-v1", "--estimators", "td", "--csv", "{folder}/no/c.csv"],
        ["no/c.csv", "cannot be written"]
      ),
      (
        ["--env", "CartPole-v1", "--estimators", "td", "--json", "--svg", "-"], ["--svg", "--json"]
      ),
      ([], ["--mdp", "--env", "--estimators", "--experiment"]),
    ])
  func rejections(arguments: [String], parts: [String]) throws {
    try ProgramRun(["compare"] + arguments).expectRejection(parts)
  }

  @Test("the help explains every way of comparing, with examples")
  func help() throws {
    let text = try ProgramRun(["compare", "--help"]).output
    for part in ["--mdp FILE:", "--env NAME:", "--estimators LIST:", "random-walk:", "Examples:"] {
      #expect(text.contains(part), "\(part)")
    }
  }
}

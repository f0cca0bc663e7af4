internal import Foundation
internal import Testing

@Suite("compare of targets in environments and by sampling, as a script sees it")
struct CompareTargetsTests {
  private static let map = ["m.txt": "; slip: 0.2\nS.#P\n...G\n"]
  private static let lists = ["--n", "1,3,inf", "--lambda", "0,0.9"]

  /// A process of two states: stay or go on, with a reward that is drawn.
  private static let process = """
    {"states": 2, "actions": 2, "gamma": 0.9, "estimate_V": [0.5, -0.25],
     "policy": [[0.5, 0.5], [0.25, 0.75]],
     "outcomes": [[[[0.75, 0, 1], [0.25, 1, 0]], [[1, 1, -1]]],
                  [[[1, 0, 2]], [[0.5, -1, 3], [0.5, 1, 0]]]]}
    """

  /// Whether a number lies in an interval, a little widened.
  private func lies(_ value: Any?, in interval: Any?) throws -> Bool {
    let value = try #require(value as? Double)
    let interval = try #require(interval as? [Double])
    return value >= interval[0] - 1e-9 && value <= interval[1] + 1e-9
  }

  @Test("figures measured in a process lie around the exact ones", arguments: [0, 1])
  func sampledProcess(state: Int) throws {
    let found = try ProgramRun(
      ["compare", "--mdp", "-", "--json", "--state", "\(state)", "--samples", "20000"]
        + ["--seed", "5", "--confidence", "0.99"] + Self.lists, input: Self.process
    ).json()
    let sampled = try #require(found["sampled"] as? [String: Any])
    #expect(sampled["samples"] as? Int == 20_000 && sampled["confidence"] as? Double == 0.99)
    #expect(found["state"] as? Int == state && sampled["rollouts_cut"] as? Int == 0)
    #expect(
      try lies((found["true_values"] as? [Double])?[state], in: sampled["true_value_interval"]))
    for family in ["n_step", "lambda_return"] {
      let exact = try #require(found[family] as? [String: [String: [Double]]])
      let measured = try #require(sampled[family] as? [String: [String: Any]])
      #expect(Set(exact.keys) == Set(measured.keys))
      for (name, figures) in measured {
        let truth = try #require(exact[name])
        for key in ["bias", "bias_squared", "variance"] {
          let value = try #require(truth[key])[state]
          let isCovered = try lies(value, in: figures["\(key)_interval"])
          #expect(isCovered, "\(family) \(name) \(key)")
        }
      }
    }
  }

  @Test("without --samples nothing is measured; the same seed measures the same, another another")
  func sampling() throws {
    func output(_ arguments: String...) throws -> String {
      try ProgramRun(
        ["compare", "--mdp", "-", "--json"] + arguments, input: Self.process
      ).output
    }
    #expect(try !output().contains("sampled"))
    let first = try output("--samples", "50", "--seed", "1")
    #expect(try output("--samples", "50", "--seed", "1") == first)
    #expect(try output("--samples", "50", "--seed", "2") != first)
  }

  @Test(
    "probabilities that do not sum to one are refused with state, action and the sum",
    arguments: [
      ("[0.75, 0, 1], [0.25, 1, 0]", "[0.75, 0, 1], [0.125, 1, 0]", ["outcomes[0][0]", "0.875"]),
      ("[0.5, -1, 3], [0.5, 1, 0]", "[0.5, -1, 3], [0.75, 1, 0]", ["outcomes[1][1]", "1.25"]),
      ("[1, 0, 2]", "", ["outcomes[1][0]", "0"]),
      ("[0.25, 0.75]", "[0.25, 0.5]", ["policy[1]", "0.75"]),
    ])
  func improper(found: String, replacement: String, parts: [String]) throws {
    let text = Self.process.replacing(found, with: replacement)
    #expect(text != Self.process)
    for more in [[], ["--samples", "10"]] {
      try ProgramRun(["compare", "--mdp", "-"] + more, input: text)
        .expectRejection(parts + ["sum to", "accepted is 1"])
    }
  }

  @Test("in a maze the figures are exact, and rollouts of the world measure the same")
  func maze() throws {
    let arguments =
      ["compare", "--env", "{folder}/m.txt", "--state", "1,0", "--steps", "400", "--json"]
      + ["--samples", "20000", "--confidence", "0.99", "--seed", "1"] + Self.lists
    let found = try ProgramRun(arguments, files: Self.map).json()
    #expect(found["exact"] as? Bool == true && found["state"] as? [Double] == [2])
    #expect(try #require(found["steps"] as? Int) >= 400)
    let sampled = try #require(found["sampled"] as? [String: Any])
    #expect(try lies(found["true_value"], in: sampled["true_value_interval"]))
    for family in ["n_step", "lambda_return"] {
      let exact = try #require(found[family] as? [String: [String: Double]])
      let measured = try #require(sampled[family] as? [String: [String: Any]])
      for (name, figures) in measured {
        for key in ["bias", "variance"] {
          let isCovered = try lies(exact[name]?[key], in: figures["\(key)_interval"])
          #expect(isCovered, "\(family) \(name) \(key)")
        }
      }
    }
  }

  @Test("the time limit is no part of a state's value: rollouts go on past it")
  func timeLimit() throws {
    let found = try ProgramRun(
      ["compare", "--env", "{folder}/m.txt", "--set", "step_limit=3", "--steps", "0", "--json"]
        + ["--samples", "4000"] + Self.lists, files: Self.map
    ).json()
    let sampled = try #require(found["sampled"] as? [String: Any])
    let exact = try #require(found["true_value"] as? Double)
    let measured = try #require(sampled["true_value"] as? Double)
    let reach = try #require(sampled["true_value_interval"] as? [Double])[1] - measured
    #expect(abs(measured - exact) < 3 * reach)
  }

  @Test("CartPole is measured from a state of four numbers, the same for the same seed")
  func cartPole() throws {
    let arguments =
      ["compare", "--env", "CartPole-v1", "--steps", "500", "--samples", "100", "--json"]
      + ["--state", "-0.1,0,0.05,-0.2"] + Self.lists
    let run = try ProgramRun(arguments)
    let found = try run.json()
    #expect(found["exact"] as? Bool == false && found["true_value"] == nil)
    #expect(found["state"] as? [Double] == [-0.1, 0, 0.05, -0.2])
    let sampled = try #require(found["sampled"] as? [String: Any])
    #expect(sampled["samples"] as? Int == 100)
    let td = try #require((sampled["n_step"] as? [String: [String: Any]])?["1"])
    let zero = try #require((sampled["lambda_return"] as? [String: [String: Any]])?["0"])
    #expect(distance(td["mean"], zero["mean"]) < 1e-9)
    #expect(distance(td["variance"], zero["variance"]) < 1e-9)
    #expect(try ProgramRun(arguments).output == run.output)
    let text = try ProgramRun([
      "compare", "--env", "CartPole-v1", "--steps", "0", "--samples", "50",
    ])
    #expect(text.status == 0 && text.output.contains("measured from 50 rollouts, 95 % intervals"))
  }

  @Test(
    "states that are none are refused",
    arguments: [
      ("{folder}/m.txt", "0,2", ["row 0 column 2", "wall"]),
      ("{folder}/m.txt", "0,3", ["row 0 column 3", "pit"]),
      ("{folder}/m.txt", "1,3", ["row 1 column 3", "goal"]),
      ("{folder}/m.txt", "2,0", ["'2,0'", "0,0 to 1,3"]),
      ("{folder}/m.txt", "-1,0", ["'-1,0'", "0,0 to 1,3"]),
      ("{folder}/m.txt", "5", ["'5'", "0 to 4"]),
      ("{folder}/m.txt", "1,2,3", ["'1,2,3'", "ROW,COLUMN"]),
      ("{folder}/m.txt", "here", ["'here'", "ROW,COLUMN"]),
      ("CartPole-v1", "0,0,0", ["'0,0,0'", "4 numbers"]),
      ("CartPole-v1", "0,0,0,nan", ["4 numbers"]),
      ("CartPole-v1", "3,0,0,0", ["'3,0,0,0'", "ended"]),
      ("RandomWalk-5", "5", ["'5'", "from 0 to 4"]),
    ])
  func badStates(world: String, state: String, parts: [String]) throws {
    try ProgramRun(
      ["compare", "--env", world, "--state", state, "--steps", "0"], files: Self.map
    ).expectRejection(["--state"] + parts)
  }

  @Test(
    "options of sampling are checked",
    arguments: [
      (["--samples", "1"], ["--samples", "'1'"]),
      (["--samples", "10", "--confidence", "0.5"], ["--confidence", "'0.5'", "0.95 or 0.99"]),
      (["--samples", "10", "--seed", "-1"], ["--seed", "'-1'"]),
      (["--confidence", "0.99"], ["--samples", "--confidence"]),
      (["--state", "2"], ["--state", "'2'", "from 0 to 1"]),
    ])
  func options(arguments: [String], parts: [String]) throws {
    try ProgramRun(["compare", "--mdp", "-"] + arguments, input: Self.process)
      .expectRejection(parts)
  }
}

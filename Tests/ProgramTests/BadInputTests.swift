internal import Foundation
internal import Testing

@Suite("Bad input: one line, status 2")
struct BadInputTests {
  static let rollout: [String: String] = [
    "rewards": "[1, 2, 3]", "values": "[1, 2, 3]", "next_values": "[2, 3, 4]",
    "terminated": "[0, 0, 1]", "truncated": "[0, 0, 0]", "gamma": "0.9", "n": "[1, \"inf\"]",
    "lambda": "[0.5]",
  ]

  static let process: [String: String] = [
    "states": "2", "actions": "1", "gamma": "0.9",
    "outcomes": "[[[[0.5, 1, 1], [0.5, -1, 0]]], [[[1, -1, 2]]]]", "policy": "[[1], [1]]",
    "estimate_V": "[0, 0]",
  ]

  /// A JSON object with one field replaced, or left out where `value` is nil.
  static func text(_ fields: [String: String], _ key: String, _ value: String?) -> String {
    var fields = fields
    fields[key] = value
    return "{"
      + fields.sorted { $0.key < $1.key }.map { "\"\($0)\": \($1)" }
      .joined(separator: ",\n") + "}"
  }

  @Test(
    "returns names the field, what was found and what is accepted",
    arguments: [
      ("values", nil, ["'values' is missing"]),
      ("gamma", nil, ["'gamma' is missing"]),
      ("rewards", "[1, NaN, 3]", ["standard input:", "NaN", "finite"]),
      ("rewards", "[1, -Infinity, 3]", ["Infinity", "finite"]),
      ("rewards", "[1, 1e999, 3]", ["rewards[1]", "finite"]),
      ("rewards", "[1, \"two\", 3]", ["rewards[1]", "'two'", "a number"]),
      ("rewards", "[]", ["rewards", "empty"]),
      ("rewards", "3", ["rewards", "the number 3", "list"]),
      ("rewards", "[[1], [2], [3]]", ["values", "[T][worlds]"]),
      ("values", "[1, 2]", ["values has 2 steps", "rewards has 3"]),
      ("next_values", "[1, 2, 3, 4]", ["next_values has 4 steps", "rewards has 3"]),
      ("terminated", "[0, 2, 1]", ["terminated[1]", "the number 2", "0, 1, true or false"]),
      ("truncated", "[0, null, 1]", ["truncated[1]", "null"]),
      ("gamma", "2", ["gamma", "the number 2", "from 0 to 1"]),
      ("gamma", "-0.1", ["gamma", "from 0 to 1"]),
      ("n", "[0]", ["n[0]", "the number 0", ">= 1"]),
      ("n", "[1.5]", ["n[0]", ">= 1"]),
      ("lambda", "[1.5]", ["lambda[0]", "the number 1.5", "from 0 to 1"]),
      ("lambda", "[[0.5]]", ["lambda[0]", "a list"]),
      ("reward", "[1]", ["'reward'", "did you mean 'rewards'?"]),
      ("n", "[1,]", ["standard input:3", "']'", "JSON value"]),
    ] as [(String, String?, [String])])
  func returns(key: String, value: String?, parts: [String]) throws {
    try ProgramRun(["returns", "-", "--json"], input: Self.text(Self.rollout, key, value))
      .expectRejection(parts)
  }

  @Test("ragged worlds are named with both sizes")
  func raggedWorlds() throws {
    let two = "[[1, 2], [3, 4]]"
    var fields = Self.rollout
    for key in ["rewards", "values", "next_values"] { fields[key] = two }
    for key in ["terminated", "truncated"] { fields[key] = "[[0, 0], [0, 0]]" }
    try ProgramRun(["returns"], input: Self.text(fields, "values", "[[1, 2], [3]]"))
      .expectRejection(["values[1] has 1 worlds", "expected 2"])
    try ProgramRun(["returns"], input: Self.text(fields, "values", "[[1], [3]]"))
      .expectRejection(["values has 1 worlds", "rewards has 2"])
  }

  @Test(
    "compare names the field, what was found and what is accepted",
    arguments: [
      ("policy", nil, ["'policy' is missing"]),
      ("states", "0", ["states", "the number 0"]),
      ("states", "3", ["outcomes has 2 items", "3 states"]),
      ("states", "2.5", ["states", "a whole number"]),
      ("actions", "2", ["outcomes[0] has 1 items", "2 actions"]),
      ("gamma", "1.01", ["gamma", "from 0 to 1"]),
      ("policy", "[[1], [0.9]]", ["policy[1]", "sum to 0.9"]),
      ("policy", "[[1], [-1]]", ["policy[1]", "-1"]),
      ("policy", "[[1], [0.5, 0.5]]", ["policy[1] has 2 probabilities", "1 actions"]),
      ("policy", "[[1]]", ["policy has 1 items", "2 states"]),
      ("estimate_V", "[0]", ["estimate_V has 1 values", "2 states"]),
      (
        "outcomes", "[[[[0.6, 1, 1], [0.5, -1, 0]]], [[[1, -1, 2]]]]",
        ["outcomes[0][0]", "sum to 1.1"]
      ),
      (
        "outcomes", "[[[[1.5, 1, 1], [-0.5, -1, 0]]], [[[1, -1, 2]]]]",
        ["outcomes[0][0][0][0]", "1.5"]
      ),
      (
        "outcomes", "[[[[1, 2, 1]]], [[[1, -1, 2]]]]",
        ["outcomes[0][0][0][1]", "the number 2", "0 to 1"]
      ),
      ("outcomes", "[[[[1, 0.5, 1]]], [[[1, -1, 2]]]]", ["outcomes[0][0][0][1]", "0.5"]),
      ("outcomes", "[[[[1, 0]]], [[[1, -1, 2]]]]", ["outcomes[0][0][0] has 2 numbers"]),
      ("outcomes", "[[[]], [[[1, -1, 2]]]]", ["outcomes[0][0]", "sum to 0"]),
      ("outcomes", "7", ["outcomes", "the number 7"]),
    ] as [(String, String?, [String])])
  func compare(key: String, value: String?, parts: [String]) throws {
    try ProgramRun(
      ["compare", "--mdp", "{folder}/mdp.json", "--json"],
      files: ["mdp.json": Self.text(Self.process, key, value)]
    ).expectRejection(["mdp.json: "] + parts)
  }

  @Test("a process that pays for ever is reported where nothing is discounted")
  func divergence() throws {
    var fields = Self.process
    fields["outcomes"] = "[[[[1, 0, 1]]], [[[1, -1, 2]]]]"
    try ProgramRun(["compare", "--mdp", "-"], input: Self.text(fields, "gamma", "1"))
      .expectRejection(["state 0", "discount"])
  }

  static let good = text(rollout, "gamma", "0.9")
  static let map = [
    "map.txt": "S..G\n",
    "wrong.yaml": "mine:\n  summary: x\n  environment: Cart\n  agent: a3c\n",
  ]

  @Test(
    "options name themselves, what was found and what is accepted",
    arguments: [
      (["returns", "--n", "0"], ["--n", "'0'", "inf"]),
      (["returns", "--n", "1,,2"], ["--n", "''"]),
      (["returns", "--lambda", "1.5"], ["--lambda", "'1.5'", "from 0 to 1"]),
      (["returns", "--lambda", "-0.5"], ["--lambda", "'-0.5'"]),
      (["compare"], ["--mdp"]),
      (["compare", "--mdp"], ["--mdp"]),
      (
        ["solve", "--maze", "{folder}/map.txt", "--gamma", "2"], ["--gamma", "'2'", "from 0 to 1"]
      ),
      (["solve", "--maze", "{folder}/map.txt", "--gamma", "nan"], ["--gamma", "'nan'"]),
      (["solve", "--maze", "{folder}/map.txt", "--slip", "-0.1"], ["--slip", "'-0.1'"]),
      (
        ["solve", "--maze", "{folder}/map.txt", "--slip-model", "ice"],
        ["--slip-model", "'ice'", "uniform"]
      ),
      (
        ["solve", "--maze", "{folder}/map.txt", "--step-reward", "inf"],
        ["--step-reward", "finite"]
      ),
      (["solve", "--maze", "{folder}/map.txt", "--step-reward"], ["--step-reward"]),
      (["solve", "--maze", "nowhere"], ["--maze", "'nowhere'", "list mazes"]),
      (["solve"], ["--maze"]),
      (["rollout", "--env", "CartPole", "-"], ["'CartPole'", "did you mean 'CartPole-v1'?"]),
      (["rollout", "--env", "Maze/corridoor", "-"], ["did you mean 'Maze/corridor'?"]),
      (["rollout", "--env", "Maze/corridor", "--set", "slip=2", "-"], ["slip", "'2'", "0 to 1"]),
      (["rollout", "--env", "Maze/corridor", "--set", "slop=0", "-"], ["did you mean 'slip'?"]),
      (["rollout", "--env", "Maze/corridor", "--set", "slip", "-"], ["--set", "key=value"]),
      (["rollout", "--env", "CartPole-v1", "--seed", "-1", "-"], ["--seed", "'-1'"]),
      (["rollout", "-"], ["--env"]),
      (["list", "maze"], ["'maze'", "did you mean 'mazes'?"]),
      (["sovle"], ["unknown command 'sovle'", "did you mean 'solve'?"]),
      (["returns", "--jsno"], ["--jsno"]),
      (["returns", "-", "more"], ["more"]),
      (["--nonsense"], ["--nonsense"]),
      (["help", "sovle"], ["unknown command 'sovle'", "did you mean 'solve'?"]),
      (["train", "--jsno"], ["'--jsno'", "did you mean '--json'?", "footlights help train"]),
      (["train", "--out", "x"], ["unknown option '--out'"]),
      (["train", "--seed"], ["--seed: its value is missing"]),
      (["train", "--seed", "1", "--seed", "2"], ["--seed: given twice"]),
      (["train", "--seed=1", "--seed", "2"], ["--seed: given twice"]),
      (["solve", "--maze", "--maze", "--maze", "cliff"], ["--maze: given twice"]),
      (["train", "--set", "gamma=1", "--set", "gamma=0"], ["--set: 'gamma' is given twice"]),
      (["train", "--set", "step_limit=5", "--set", "step-limit=6"], ["given twice"]),
      (["train", "--set", "gamma=1", "--gamma", "0"], ["--set: 'gamma' is given by --gamma too"]),
      (["train", "--set", "delay=long"], ["delay", "'long'", "none, uniform or exponential"]),
      (["train", "--set", "slip=0.1"], ["--set", "CartPole-v1 has no setting 'slip'"]),
      (["train", "--set", "\u{1B}[31m=1"], ["--set: unknown setting"]),
      (["train", "--env", "CartPole-v2"], ["--env", "'CartPole-v1'", "list environments"]),
      (["train", "--env", "maze/corridor"], ["--env", "did you mean 'Maze/corridor'?"]),
      (
        ["train", "--workers", "10000", "--set", "hidden=1024,1024"],
        ["--workers: 10000 workers", "at most 4 GB"]
      ),
      (["train", "--steps", "5_"], ["--steps", "'5_'"]),
      (["train", "--preset", "{folder}/wrong.yaml"], ["wrong.yaml", "'Cart'", "environment"]),
      (
        ["train", "--env", "Maze/cliff", "--set", "step_reward=1e308"],
        ["step-reward", "'1e308'", "-1e6 to 1e6"]
      ),
      (
        ["solve", "--maze", "cliff", "--step-reward", "1e308"], ["--step-reward", "-1e6 to 1e6"]
      ),
      (["watch", "--picture", ""], ["--picture", "the path of a file"]),
      (["watch", "--picture", "{folder}"], ["Is a directory"]),
      (["watch", "--picture", "{folder}/none/p.svg"], ["none/p.svg", "No such file"]),
    ] as [([String], [String])])
  func options(arguments: [String], parts: [String]) throws {
    try ProgramRun(arguments, input: Self.good, files: Self.map).expectRejection(parts)
  }

  @Test(
    "rollout names states and actions that are none",
    arguments: [
      (#"{"state": [0, 0, 0], "actions": [0]}"#, ["state", "4 numbers", "found 3"]),
      (#"{"state": [0, 0, 0, 0], "actions": [0, 2]}"#, ["actions[1]", "the number 2", "0 to 1"]),
      (#"{"state": [0, 0, 0, 0], "actions": [0.5]}"#, ["actions[0]", "a whole number"]),
      (#"{"state": [0, 0, 0, 0]}"#, ["'actions' is missing"]),
      (#"{"state": [0, 0, 0, null], "actions": []}"#, ["state[3]", "null"]),
      (#"{"actions": [0]}"#, ["'state' is missing"]),
      ("[1, 2]", ["a list of 2", "an object"]),
    ] as [(String, [String])])
  func rollout(input: String, parts: [String]) throws {
    try ProgramRun(["rollout", "--env", "CartPole-v1"], input: input).expectRejection(parts)
  }

  @Test(
    "rollout names what is no real number, and states beyond a world's bounds",
    arguments: [
      (
        #"{"state": [0, 0], "actions": ["left"]}"#,
        ["actions[0]", "the text", "Pendulum-v1", "torque"]
      ),
      (#"{"state": [0, 0], "actions": [1, [0, 1]]}"#, ["actions[1]", "has 2 numbers", "torque"]),
      (#"{"state": [0, 0], "actions": [[]]}"#, ["actions[0]", "has 0 numbers", "a real number"]),
      (#"{"state": [0, 0], "actions": [[true]]}"#, ["actions[0][0]", "a real number"]),
      (#"{"state": [0, 0], "actions": [1e999]}"#, ["actions[0]", "a finite number"]),
      (#"{"state": [0, 0], "actions": 1}"#, ["actions", "a list of actions"]),
      (#"{"state": [0, 9], "actions": []}"#, ["state", "number 1", "9", "from -8.0 to 8.0"]),
    ] as [(String, [String])])
  func continuousRollout(input: String, parts: [String]) throws {
    try ProgramRun(["rollout", "--env", "Pendulum-v1"], input: input).expectRejection(parts)
  }

  @Test(
    "a policy file must fit the maze",
    arguments: [
      (#"{"policy": [[1, 0, 0, 0]]}"#, ["policy has 1 rows", "3 cells"]),
      (#"{"policy": [[1, 0, 0, 0], [0.5, 0, 0, 0], [1, 0, 0, 0]]}"#, ["policy[1]", "sum to 0.5"]),
      (#"{"policy": [[1, 0, 0], [0.5, 0.5, 0, 0], [1, 0, 0, 0]]}"#, ["policy[0] has 3"]),
      ("{}", ["'policy' is missing"]),
    ] as [(String, [String])])
  func policy(text: String, parts: [String]) throws {
    try ProgramRun(
      ["solve", "--maze", "{folder}/map.txt", "--policy", "-"], input: text, files: Self.map
    ).expectRejection(parts)
  }

  @Test(
    "a file that is no maze is told by its line",
    arguments: [
      ("..G\n", ["m.txt", "no start"]), ("S..\n", ["no goal"]), ("S.G\n..\n", ["m.txt:2"]),
      ("S.X\n", ["'X'", "column 3"]), ("S#G\n", ["no way"]), ("", ["no maze"]),
      ("S\0G\n", ["not a text file"]),
    ] as [(String, [String])])
  func mazes(text: String, parts: [String]) throws {
    try ProgramRun(["solve", "--maze", "{folder}/m.txt"], files: ["m.txt": text])
      .expectRejection(parts)
  }

  @Test(
    "files that cannot be read are named with the reason",
    arguments: [
      ("{folder}/none.json", ["none.json", "No such file"]),
      ("{folder}", ["directory"]),
      ("/dev/zero", ["not a text file"]),
      ("{folder}/empty.json", ["empty.json", "empty"]),
      ("{folder}/binary.json", ["binary.json", "not a text file"]),
      ("{folder}/line\nbreak.json", ["No such file"]),
      ("", ["empty"]),
    ] as [(String, [String])])
  func files(path: String, parts: [String]) throws {
    for command in [
      ["returns", path], ["compare", "--mdp", path], ["rollout", "--env", "CartPole-v1", path],
    ] {
      try ProgramRun(command, files: ["empty.json": " \n", "binary.json": "{\"rewards\": \0}"])
        .expectRejection(parts)
    }
  }

  @Test(
    "text that is not JSON is told by its line",
    arguments: [
      ("{\n\"rewards\": [1,\n", [":3", "the end of the file"]),
      ("{\"rewards\": [1] \"values\"", [":1", "'\"'", "',' or '}'"]),
      ("{\"a\": 1, \"a\": 2}", ["'a'", "twice"]),
      ("{\"rewards\": [01]}", ["'1'", "']'"]),
      ("{} {}", ["'{'", "the end of the file"]),
      ("rewards", ["'rewards'", "a JSON value"]),
      (String(repeating: "[", count: 100_000), ["nested deeper"]),
      ("{\"rewards\": \"\\ud800\\u12\"}", ["hexadecimal"]),
    ] as [(String, [String])])
  func json(text: String, parts: [String]) throws {
    try ProgramRun(["returns"], input: text).expectRejection(parts)
  }

  @Test("numbers too large for a result are refused, nothing is half-written")
  func overflow() throws {
    let huge = "[1e308, 1e308, 1e308]"
    for form in [["--json"], []] {
      try ProgramRun(["returns"] + form, input: Self.text(Self.rollout, "rewards", huge))
        .expectRejection(["inf", "too large"])
      try ProgramRun(
        ["rollout", "--env", "CartPole-v1"] + form,
        input: #"{"state": [0, 1e308, 0, 1e308], "actions": [0, 0]}"#
      ).expectRejection(["not a number", "too large"])
    }
  }

  @Test("what is named in a message is cut where it is long")
  func longNames() throws {
    let name = String(repeating: "A", count: 10_000)
    for arguments in [[name], ["train", "--env", name], ["train", "--set", name + "=1"]] {
      let run = try ProgramRun(arguments)
      run.expectRejection(["AAA…'"])
      #expect(run.complaint.count < 400)
    }
  }

  @Test("an undiscounted maze whose cells cannot all reach an end is told by row and column")
  func trappedCells() throws {
    let map = "S.G\n###\n...\n"
    try ProgramRun(
      ["solve", "--maze", "{folder}/m.txt", "--gamma", "1"], files: ["m.txt": map]
    ).expectRejection(["--gamma", "row 2, column 0"])
  }
}

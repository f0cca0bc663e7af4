internal import Testing

@Suite("train --step-by and --updates, as a script sees them")
struct StepByTests {
  @Test("--updates ends at exactly that update, and --step-by changes no bit of what is learnt")
  func sameBits() throws {
    for run in [
      ["--scheduler", "virtual"], ["--agent", "a2c", "--threads", "1"],
      ["--agent", "a2c", "--threads", "2"],
    ] {
      let options = ["train", "--json", "--updates", "50"] + run
      var outcomes: [[String]] = []
      for grain in [[], ["--step-by", "phase"], ["--step-by", "step"], ["--step-by", "update"]] {
        let found = try ProgramRun(options + grain).json()
        #expect(found["updates"] as? Int == 50)
        outcomes.append(
          try ["parameters_hash", "steps", "episodes"].map { "\(try #require(found[$0]))" })
      }
      #expect(Set(outcomes).count == 1, "\(run): \(outcomes)")
    }
  }

  @Test("what is not accepted is named")
  func badInput() throws {
    for (arguments, parts) in [
      (
        ["--step-by", "phasee"],
        ["--step-by", "'phasee'", "did you mean 'phase'?", "step or update"]
      ),
      (["--step-by", "episode"], ["--step-by", "'episode'", "phase, step or update"]),
      (["--updates", "0"], ["--updates", "'0'", "at least 1"]),
      (["--updates", "-3"], ["--updates", "'-3'"]),
      (["--updates", "many"], ["--updates", "'many'"]),
    ] {
      try ProgramRun(["train"] + arguments).expectRejection(parts)
    }
    try ProgramRun(["watch", "--updates", "1.5"]).expectRejection(["--updates", "'1.5'"])
  }
}

internal import Foundation
internal import Telemetry
internal import TestSupport
internal import Testing

@testable import footlights

@Suite("footlights replay")
struct ReplayTests {
  @Test("Without a terminal: what it is, then a row for each step with the learner's numbers")
  func table() throws {
    let episode = SampleEpisode().file(named: "the best")
    let run = try ProgramRun(["replay", "{folder}/e.jsonl"], files: ["e.jsonl": episode.text()])
    #expect(run.status == 0 && run.complaint.isEmpty, "\(run.complaint)")
    let lines = run.output.split(separator: "\n")
    #expect(lines[0].hasSuffix("the best: episode 182 of worker 3"))
    #expect(run.output.contains("CartPole-v1, a3c, preset sample, seed 18446744073709551615"))
    let step = episode.record.steps[4]
    let words = try #require(lines.first { $0.split(separator: " ").first == "4" })
      .split(separator: " ").map(String.init)
    let update = episode.record.updates[try #require(step.update)]
    #expect(
      words == [
        "4", ["left", "right"][step.action], "1.0000", shown(Double(step.value)),
        shown(Double(step.target)), shown(Double(step.advantage)), "\(update.version)",
      ])
    #expect(lines.last?.hasSuffix("terminated") == true)
  }

  @Test("--json has every number as it was recorded; standard input is read as a file is")
  func json() throws {
    for episode in try SampleEpisode.all() {
      let json = try ProgramRun(["replay", "-", "--json"], input: episode.text()).json()
      #expect(json["name"] as? String == episode.header.name)
      #expect(json["length"] as? Int == episode.record.length)
      #expect((json["updates"] as? [Any])?.count == episode.record.updates.count)
      let steps = try #require(json["steps"] as? [[String: Any]])
      #expect(steps.count == episode.record.steps.count)
      for (found, step) in zip(steps, episode.record.steps) {
        // The test's own JSON reader errs in the last bit.
        #expect(distance(found["state"], step.state) < 1e-15)
        #expect((found["value"] as? Double).map(Float.init) == step.value)
        #expect(
          (found["target"] as? Double).map(Float.init) == (step.update == nil ? nil : step.target))
      }
    }
  }

  @Test(
    "A file that is no episode is refused in one line with status 2",
    arguments: [
      ("", ["empty"]),
      ("t,action,reward\n0,1,1.0\n", ["e:1", "'t,action,reward'", "footlights episode"]),
      ("{\"rewards\":[1]}\n", ["e:1", "'{\"rewards\":[1]}'", "footlights episode"]),
      ("{\n  \"format\": \"x\"\n}\n", ["e:1", "'{'"]),
      ("{\"format\":\"footlights run\",\"version\":1}\n", ["e:1", "'footlights run'"]),
      ("{\"format\":\"footlights episode\",\"version\":2}\n", ["e:1", "the number 2", "1"]),
      ("{\"format\":\"footlights episode\",\"version\":1}\n", ["e:1", "'environment' is missing"]),
      ("\u{1B}[2J\u{7}nonsense", ["e:1", "nonsense"]),
      ("a\0b", ["not a text file"]),
    ] as [(String, [String])])
  func foreign(text: String, parts: [String]) throws {
    try ProgramRun(["replay", "{folder}/e"], files: ["e": text]).expectRejection(parts)
  }

  @Test("A folder, a missing file, a second file and an unknown option are refused in one line")
  func usage() throws {
    try ProgramRun(["replay", "{folder}"]).expectRejection(["directory"])
    try ProgramRun(["replay", "{folder}/none.jsonl"]).expectRejection([
      "none.jsonl", "No such file",
    ])
    try ProgramRun(["replay", ""]).expectRejection(["the name of the input file is empty"])
    try ProgramRun(["replay", "a", "b"]).expectRejection(["'footlights help replay'"])
    try ProgramRun(["replay", "a", "--them", "x"]).expectRejection(["--theme"])
    try ProgramRun(["replay", "a", "--theme", "x"]).expectRejection(["--theme", "'x'", "dark"])
    try ProgramRun(["replai"]).expectRejection(["did you mean 'replay'"])
  }

  @Test("An edited file is refused by the program too, and said where")
  func edited() throws {
    var damage = EpisodeDamage(SampleEpisode().file(named: "good").text())
    damage.set("action", in: damage.line("step", 1), to: "7")
    try ProgramRun(["replay", "{folder}/e.jsonl"], files: ["e.jsonl": damage.text])
      .expectRejection(["e.jsonl:\(damage.line("step", 1) + 1): step.action", "from 0 to 1"])
  }

  @Test("The engine answers a moment in the same snapshot: episode, cursor and the world of then")
  func moments() throws {
    for episode in try SampleEpisode.all() {
      let engine = ReplayEngine(episode)
      let record = episode.record
      #expect(engine.snapshot().history?.cursor == 0)
      for (asked, cursor) in [
        (0, 0), (3, 3), (-5, 0), (record.steps.count, record.steps.count),
        (9_999, record.steps.count),
      ] {
        let moment = Moment.step(worker: 0, number: record.firstNumber + asked)
        engine.send(.show(Interest(history: HistoryInterest(moment: moment, isOpen: true))))
        let snapshot = engine.snapshot()
        #expect(snapshot.history?.moment == moment && snapshot.history?.cursor == cursor)
        #expect(snapshot.stage.step == record.omitted + cursor)
        let seen =
          cursor < record.steps.count
          ? record.steps[cursor].observation : record.reached.observation
        #expect(snapshot.stage.observation == seen.map(Double.init))
        let sum = record.steps.prefix(cursor).reduce(record.omittedReturn) {
          $0 + Double($1.reward)
        }
        #expect(snapshot.stage.episodeReturn == sum)
        let clock =
          cursor < record.steps.count
          ? record.steps[cursor].update.map { record.updates[$0].clock } : nil
        #expect(snapshot.history?.clock == clock)
      }
      let track = try #require(engine.snapshot().history?.index.tracks.first)
      #expect(track.steps == record.firstNumber..<record.firstNumber + record.steps.count)
      #expect(track.rollouts.allSatisfy { track.steps.contains($0.first) && $0.count > 0 })
    }
  }

  @Test("On a terminal it opens at the first step, refuses to learn, and leaves without a question")
  func terminal() throws {
    let folder = try TemporaryFolder()
    try folder.write(SampleEpisode().file(named: "good").text(), to: "e.jsonl")
    let terminal = try PseudoTerminal(
      ProgramRun.executable.path, ["replay", folder.file("e.jsonl").path], columns: 120, rows: 36)
    let modes = terminal.initialModes
    #expect(terminal.wait(for: "replay"))
    #expect(terminal.wait(for: "CartPole-v1"))
    terminal.send(" ")
    #expect(terminal.wait(for: "a replay has no learner"))
    terminal.send("1")
    #expect(terminal.wait(for: "4 shows the episode"))
    terminal.send("4")
    terminal.send("q")
    #expect(terminal.waitForEnd() == .status(0))
    #expect(terminal.modes == modes)
  }
}

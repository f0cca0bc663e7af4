internal import CellCanvas
internal import Foundation
internal import Randomness
internal import Screens
internal import Telemetry
internal import Testing

@testable import footlights

@Suite("Episode files that are refused")
struct EpisodeRefusalTests {
  /// What the reader says of a file; nil where it accepts it.
  private func complaint(_ text: String) -> String? {
    do {
      _ = try EpisodeReader.read(Array(text.utf8), file: "e.jsonl")
      return nil
    } catch {
      return error.description
    }
  }

  private func expect(_ text: String, _ parts: [String], _ place: SourceLocation = #_sourceLocation)
  {
    let found = complaint(text)
    #expect(found != nil, sourceLocation: place)
    for part in parts {
      #expect(found?.contains(part) == true, "\(found ?? "accepted")", sourceLocation: place)
    }
  }

  /// A field of the header, an update, a step or the state reached, what is put there, and what must
  /// be said. The hash is mended: each is found by itself.
  @Test(
    "A field that cannot be is named with its line, what was found and what is accepted",
    arguments: [
      ("format", 0, "version", "2", ["e.jsonl:1", "the number 2", "accepted is 1"]),
      ("format", 0, "environment", "\"CartPole-v0\"", ["e.jsonl:1", "did you mean 'CartPole-v1'"]),
      ("format", 0, "environment", "\"Pendulum-v1\"", ["e.jsonl:1: actions", "is a real number"]),
      ("format", 0, "environment", "\"RandomWalk-5\"", ["e.jsonl:1", "actions", "walk"]),
      ("format", 0, "maze", "\"S.#\"", ["e.jsonl:1", "no goal"]),
      ("format", 0, "actions", "[\"left\"]", ["e.jsonl:1: actions", "left, right"]),
      ("format", 0, "agent", "\"dqn\"", ["e.jsonl:1: agent", "'dqn'", "a3c, a2c"]),
      ("format", 0, "seed", "-1", ["e.jsonl:1: seed", "from 0 to 18446744073709551615"]),
      ("format", 0, "worker", "10000", ["e.jsonl:1: worker", "9999"]),
      ("format", 0, "length", "41", ["accepted is the length of 41 in line 1"]),
      ("format", 0, "length", "3", ["one step more than the length of 3"]),
      ("format", 0, "return", "7.0", ["e.jsonl:1: return is 7.0", "rewards sum to"]),
      ("format", 0, "name", "\"a\\nb\"", ["e.jsonl:1: name", "on one line"]),
      ("update", 0, "estimator", "\"nstep:0\"", ["e.jsonl:2: update.estimator", "nstep:N"]),
      ("update", 0, "estimator", "\"nstep:1\"", ["target is", "nstep:1 gives"]),
      ("update", 1, "gamma", "1.5", ["e.jsonl:3: update.gamma", "from 0 to 1"]),
      ("update", 0, "version", "40000", ["e.jsonl:3: update has the version", "above 40000"]),
      ("update", 0, "first_number", "1", ["but that one learnt from other steps"]),
      ("step", 3, "t", "9", ["step.t is 9, accepted is 3"]),
      ("step", 3, "state", "[0.0,0.0,0.0,1.0]", ["step.state has 4 numbers, accepted is 5"]),
      ("step", 3, "state", "[0.0,1e999,0.0,1.0,3.0]", ["step.state[1]", "a finite number"]),
      ("step", 3, "state", "[0.0,1e9,0.0,1.0,3.0]", ["step.state is no state of CartPole-v1"]),
      ("step", 3, "state", "[0.0,0.0,0.0,0.0,3.5]", ["no state of CartPole-v1", "whole number"]),
      (
        "step", 3, "observation", "[0.0,0.0,0.0,0.0]", ["step.observation is", "CartPole-v1 shows"]
      ),
      ("step", 3, "logits", "[0.5]", ["step.logits has 1 logits, accepted is 2"]),
      ("step", 3, "action", "2", ["step.action", "the number 2", "from 0 to 1"]),
      ("step", 3, "action", "0.5", ["step.action", "from 0 to 1"]),
      ("step", 3, "reward", "2.0", ["rewards sum to"]),
      ("step", 3, "reward", "null", ["step.reward", "null", "a number"]),
      ("step", 3, "terminated", "true", ["a step that ended the episode has another behind it"]),
      ("step", 3, "truncated", "2", ["step.truncated", "0, 1, true or false"]),
      ("step", 3, "target", "1.0", ["step target is 1.0, but", "gives"]),
      ("step", 3, "advantage", "1.0", ["step advantage is 1.0, but target less value is"]),
      ("step", 3, "update", "null", ["has a target, but no update"]),
      ("step", 3, "update", "900", ["step.update", "null, or an update from 0 to"]),
      ("step", 3, "update", "5", ["but that one learnt from other steps"]),
      ("step", 3, "value", "\"much\"", ["step.value", "'much'", "a number, null"]),
      ("end", 0, "steps", "3", ["end says 3 steps, there are"]),
    ] as [(String, Int, String, String, [String])])
  func field(kind: String, number: Int, key: String, value: String, parts: [String]) {
    var damage = EpisodeDamage(SampleEpisode().file(named: "good").text())
    #expect(complaint(damage.mended) == nil)
    damage.set(key, in: damage.line(kind, number), to: value)
    expect(damage.mended, parts)
  }

  @Test("A file that was edited and still makes sense is told by its hash")
  func edited() {
    var damage = EpisodeDamage(SampleEpisode().file(named: "good").text())
    damage.set("preset", in: 0, to: "\"another\"")
    expect(damage.text, ["end.hash is", "the file was changed after it was written"])
    let text = SampleEpisode().file(named: "good").text()
    expect(text.replacing("\n", with: "\r\n"), ["end.hash is"])
    expect(" " + text, ["e.jsonl"])
  }

  @Test("A file that is cut off anywhere is refused, and told from a foreign one")
  func cutOff() {
    let text = SampleEpisode(steps: 9).file(named: "good").text()
    let bytes = Array(text.utf8)
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(complaint(String(decoding: bytes[..<length], as: UTF8.self)) != nil)
    }
    var damage = EpisodeDamage(text)
    damage.lines.removeLast()
    expect(damage.text, ["the file is cut off here", "{\"end\": ...} is missing"])
    expect(String(damage.text.dropLast(9)), ["the file is cut off here"])
    expect(String(text.prefix(100)), ["e.jsonl:1: the file is cut off here"])
    expect(String(text.dropLast()), ["accepted is an end of line behind"])
  }

  @Test("Lines that are missing, twice, empty or out of order are told")
  func order() {
    let good = EpisodeDamage(SampleEpisode().file(named: "good").text())
    func damaged(_ change: (inout EpisodeDamage) -> Void) -> String {
      var damage = good
      change(&damage)
      return damage.mended
    }
    let step = good.line("step", 2)
    expect(damaged { $0.lines.remove(at: step) }, ["e.jsonl:\(step + 1): step.t is 3"])
    expect(damaged { $0.lines.insert($0.lines[step], at: step) }, ["step.t is 2, accepted is 3"])
    expect(damaged { $0.lines.insert("", at: step) }, ["e.jsonl:\(step + 1): an empty line"])
    let first = good.line("step", 0)
    expect(damaged { $0.lines.swapAt(first - 1, first) }, ["found 'update' after 'step'"])
    expect(damaged { $0.lines.remove(at: $0.line("reached")) }, ["found 'end', expected"])
    expect(damaged { $0.lines.append("{}") }, ["nothing more"])
    expect(damaged { $0.lines[step] = "[1]" }, ["found a list of 1"])
    expect(
      damaged { $0.lines[step] = "{\"stop\":1}" }, ["'stop'", "update, step, reached and end"])
    expect(damaged { $0.lines[step] = "{\"step\":" }, ["e.jsonl:\(step + 1): found the end"])
  }

  @Test("Whatever happens to a file, it is refused in one line or reads back as it was")
  func mutations() throws {
    for (number, episode) in try SampleEpisode.all().enumerated() {
      let original = Array(episode.text().utf8)
      var random = RandomStream(seed: UInt64(number))
      for _ in 0..<600 {
        let bytes = EpisodeDamage.mutation(of: original, &random)
        do {
          let copy = try EpisodeReader.read(bytes, file: "e.jsonl")
          #expect(Array(copy.text().utf8) == original)
        } catch {
          #expect(!oneLine(error.description).isEmpty)
        }
      }
    }
  }

  @Test("What is accepted although it was changed, its hash too, can be shown at every step")
  func mendedMutations() throws {
    var accepted = 0
    for (number, episode) in try SampleEpisode.all().enumerated() {
      let original = Array(episode.text().utf8)
      var random = RandomStream(seed: 100 + UInt64(number))
      for _ in 0..<600 {
        let bytes = EpisodeDamage.mutation(of: original, &random)
        let mended = EpisodeDamage(String(decoding: bytes, as: UTF8.self)).mended
        guard let copy = try? EpisodeReader.read(Array(mended.utf8), file: "e.jsonl") else {
          continue
        }
        accepted += 1
        let again = try EpisodeReader.read(Array(copy.text().utf8), file: "e.jsonl")
        #expect(again.text() == copy.text())
        #expect(!copy.table().isEmpty)
        show(ReplayEngine(copy), steps: copy.record.steps.count)
      }
    }
    #expect(accepted > 20)
  }

  private func show(_ engine: ReplayEngine, steps: Int) {
    let look = Look(theme: .dark, glyphs: .unicode)
    let size = Size(columns: 100, rows: 30)
    var state = InterfaceState(columns: size.columns, rows: size.rows)
    state.view = .episode
    for index in [0, steps / 2, steps] {
      state.moment = .kept(id: 0, index: index)
      engine.send(.show(Interest(history: HistoryInterest(moment: state.moment, isOpen: true))))
      let canvas = frame(
        state: state, snapshot: engine.snapshot(),
        catalogue: Catalogue(environments: [], agents: [], presets: []), size: size, look: look)
      #expect(canvas.size == size)
    }
  }
}

import CellCanvas
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("Keys and views, while an agent learns values of actions")
struct ActionValueKeyTests {
  private static let agents = AgentName.allCases.filter { !$0.hasPolicyNetwork }

  private func bench(_ agent: AgentName = .qLearning) -> InterfaceBench {
    InterfaceBench(SampleActionValues.town(agent))
  }

  @Test("Views of workers, estimators and the past say why they are empty", arguments: agents)
  func notices(agent: AgentName) {
    for (key, reason) in [
      ("2", "has one worker"), ("3", "has no estimator to choose"), ("4", "records no steps"),
    ] where key != "3" || !agent.hasTable {
      for (columns, rows) in [(40, 12), (80, 24), (120, 36), (200, 50)] {
        var bench = bench(agent)
        bench.type(key)
        let words = bench.text(columns: columns, rows: rows)
          .split { " \n│".contains($0) }.joined(separator: " ")
        #expect(words.contains("\(agent.shortLabel) \(reason)"), "\(key) \(columns)x\(rows)")
        for promise in ["measuring", "appear", "are being recorded", "no episode"] {
          #expect(!words.contains(promise), "\(key): \(promise)")
        }
      }
    }
  }

  @Test("A notice as recorded", arguments: ["2", "3", "4"])
  func golden(key: String) {
    // A table has the page of the race there.
    var bench = bench(key == "3" ? .dqn : .qLearning)
    bench.type(key)
    expectGoldenScreen(bench.frame(columns: 80, rows: 24), named: "action-values-view-\(key)-80x24")
  }

  @Test(
    "What makes no sense is not asked for, and the footer says why",
    arguments: [
      ("t", "no estimator"), ("n", "no estimator"), ("l", "no estimator"), ("[", "no estimator"),
      ("]", "no estimator"), ("a", "keeps the settings"), ("<", "no entropy bonus"),
      (">", "no entropy bonus"), (",", "no past"), ("(", "no past"), (")", "no rollouts"),
      ("U", "no past"), ("E", "no past"), ("^", "no past"), ("$", "no past"),
      ("w", "one worker"), ("W", "one worker"), ("k", "no estimators"), ("S", "no past"),
      ("4k", "no past"), ("4S", "no past"), ("4,", "no past"), ("3r", "no race"),
      ("3i", "no estimators"), ("2z", "one worker"), (":lambda .9\n", "no estimator"),
      (":beta .1\n", "no entropy bonus"), (":lr .1\n", "keeps the settings"),
      (":gamma .5\n", "keeps the settings"), (":race n 5 vs n 1\n", "no race"),
    ])
  func refused(keys: String, reason: String) {
    for agent in Self.agents where keys != "3r" || !agent.hasTable {
      var bench = bench(agent)
      for key in keys { bench.press(key == "\n" ? .enter : .character(key)) }
      #expect(bench.commands == [], "\(agent)")
      let said = bench.state.message?.text ?? ""
      #expect(said.contains(reason) && said.contains(agent.shortLabel), "\(agent): \(said)")
      #expect(bench.state.requests.moves.isEmpty && bench.state.moment == nil)
    }
  }

  @Test("Arrows and pages of the empty views are refused too, and move nothing")
  func arrows() {
    for (view, keys) in [
      ("3", [Key.pageDown, .pageUp, .left, .up]),
      ("4", [.left, .up, .pageUp, .home, .end]), ("2", [.up, .left, .home]),
    ] {
      for key in keys {
        var bench = bench()
        bench.type(view)
        let before = bench.state
        bench.press(key)
        #expect(bench.state.message?.kind == .refusal, "\(view) \(key)")
        #expect(bench.state.estimators == before.estimators && bench.commands == [])
      }
    }
  }

  @Test("The footer offers none of them", arguments: ["1", "2", "3", "4"])
  func footer(view: String) {
    for agent in Self.agents {
      var bench = bench(agent)
      bench.type(view)
      bench.state.message = nil
      let hints = Footer.hints(state: bench.state, snapshot: bench.snapshot)
      #expect(!hints.isEmpty)
      for piece in hints.flatMap(\.pieces) {
        guard let action = piece.action else { continue }
        #expect(agent.refusal(of: action, in: bench.state.view) == nil, "\(piece.text)")
      }
    }
  }

  @Test("Pause, steps, updates, episodes and speed are taken as ever")
  func taken() {
    for (key, command) in [
      (" ", EngineCommand.setPaused(true)), ("s", .step(.step)), ("u", .step(.update)),
      ("e", .step(.episode)), ("0", .setSpeed(.unlimited)),
    ] {
      var bench = bench()
      if key != " " { bench.snapshot.status = .paused }
      bench.type(key)
      #expect(bench.commands.contains(command), "\(key)")
    }
  }

  @Test("Agents with a policy network are refused nothing by this")
  func others() {
    for agent in AgentName.allCases where agent.hasPolicyNetwork {
      for action in [Action.toggleEstimator, .stepBack, .toggleRace, .nextWorker, .keepEpisode] {
        #expect(agent.refusal(of: action, in: .episode) == nil)
      }
    }
  }
}

import CellCanvas
import Estimators
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("Keys, while the basic actor-critic learns")
struct ActorCriticKeyTests {
  private func bench() -> InterfaceBench {
    var snapshot = SampleSnapshots.cartPole(workers: 1)
    snapshot.settings.agent = .actorCritic
    snapshot.settings.estimator = .td
    snapshot.settings.workers = 1
    return InterfaceBench(snapshot)
  }

  @Test(
    "What it cannot take is not asked for, and the footer says why",
    arguments: [
      ("t", "TD target"), ("n", "TD target"), ("l", "TD target"), ("[", "TD target"),
      ("]", "TD target"), ("a", "one worker"), (":workers 4\n", "one worker"),
      (":tmax 5\n", "after every step"), (":lambda .9\n", "TD target"), (":a2c\n", "one worker"),
      (":race n 5 vs n 1\n", "no race: actor-critic"),
    ])
  func refused(keys: String, reason: String) {
    var bench = bench()
    for key in keys { bench.press(key == "\n" ? .enter : .character(key)) }
    #expect(bench.commands == [])
    #expect(bench.state.message?.text.contains(reason) == true)
    #expect(bench.state.requests.settings == nil)
  }

  @Test("Step size, discount and entropy are its own affair, and TD is what it has")
  func taken() {
    for (line, change) in [
      (":lr .01", SettingChange.learningRate(0.01)), (":gamma .9", .discount(0.9)),
      (":beta .1", .entropyCoefficient(0.1)), (":td", .estimator(.td)), (":workers 1", .workers(1)),
    ] {
      var bench = bench()
      bench.type(line)
      bench.press(.enter)
      #expect(bench.commands == [.change(change)])
    }
  }

  @Test("Two step sizes are raced from where it is")
  func race() {
    var bench = bench()
    bench.type(":race lr .01 vs lr .1")
    bench.press(.enter)
    #expect(
      bench.commands == [
        .race(RaceRequest(first: .learningRate(0.01), second: .learningRate(0.1)))
      ])
  }

  @Test("A3C does not become it")
  func others() {
    for agent in [AgentName.a3c, .a2c] {
      #expect(!agent.takes(.agent(.actorCritic)) && agent.takes(.workers(5)))
      #expect(agent.takes(.agent(.a2c)) && agent.takes(.agent(.a3c)))
    }
  }
}

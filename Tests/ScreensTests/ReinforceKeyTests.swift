import CellCanvas
import Estimators
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("Keys, while REINFORCE learns")
struct ReinforceKeyTests {
  private func bench() -> InterfaceBench {
    var snapshot = SampleSnapshots.cartPole(workers: 1)
    snapshot.settings.agent = .reinforce
    snapshot.settings.estimator = .monteCarlo
    snapshot.settings.workers = 1
    return InterfaceBench(snapshot)
  }

  @Test(
    "What it cannot take is not asked for, and the footer says why",
    arguments: [
      ("t", "whole episodes"), ("n", "whole episodes"), ("l", "whole episodes"),
      ("[", "whole episodes"), ("]", "whole episodes"), ("a", "one worker"),
      (":workers 4\n", "one worker"), (":tmax 5\n", "whole episodes"),
      (":lambda .9\n", "whole episodes"), (":a2c\n", "one worker"),
      (":race n 5 vs n 1\n", "no race: REINFORCE"),
    ])
  func refused(keys: String, reason: String) {
    var bench = bench()
    for key in keys { bench.press(key == "\n" ? .enter : .character(key)) }
    #expect(bench.commands == [])
    #expect(bench.state.message?.text.contains(reason) == true)
    #expect(bench.state.requests.settings == nil)
  }

  @Test("Step size, discount and entropy are its own affair, and Monte Carlo is what it has")
  func taken() {
    for (line, change) in [
      (":lr .01", SettingChange.learningRate(0.01)), (":gamma .9", .discount(0.9)),
      (":beta .1", .entropyCoefficient(0.1)), (":mc", .estimator(.monteCarlo)),
      (":workers 1", .workers(1)),
    ] {
      var bench = bench()
      bench.type(line)
      bench.press(.enter)
      #expect(bench.commands == [.change(change)])
    }
  }

  @Test("No other agent becomes it, and it becomes none")
  func others() {
    for agent in AgentName.allCases where agent != .reinforce {
      #expect(!agent.takes(.agent(.reinforce)) && !AgentName.reinforce.takes(.agent(agent)))
    }
    #expect(AgentName.a3c.refusal(of: .agent(.reinforce)).contains("REINFORCE"))
  }
}

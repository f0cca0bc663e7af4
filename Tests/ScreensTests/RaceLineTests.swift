import Estimators
import Telemetry
import Testing

@testable import Screens

@Suite("A race in the setting line")
struct RaceLineTests {
  @Test(
    "Any two settings can be raced",
    arguments: [
      (
        "race n 5 vs lambda .95",
        RaceRequest(first: .estimator(.nStep(5)), second: .estimator(.lambda(0.95)))
      ),
      (
        "race a3c vs a2c",
        RaceRequest(first: .agent(.a3c), second: .agent(.a2c))
      ),
      (
        "race td vs mc pairs 20 steps 50000",
        RaceRequest(
          first: .estimator(.td), second: .estimator(.monteCarlo), steps: 50_000, pairs: 20)
      ),
      (
        "race  N=5  vs  lambda:.9  steps 1000",
        RaceRequest(first: .estimator(.nStep(5)), second: .estimator(.lambda(0.9)), steps: 1_000)
      ),
      (
        "race workers 4 vs gamma .9 pairs 1",
        RaceRequest(first: .workers(4), second: .discount(0.9), pairs: 1)
      ),
    ])
  func good(line: String, request: RaceRequest) throws {
    #expect(try SettingParser.standard.parse(line) == .race(request))
  }

  @Test(
    "a and b take an estimator in every spelling",
    arguments: [
      ("a td", Contender.first, ReturnEstimator.td), ("a n 5", .first, .nStep(5)),
      ("b nstep:3", .second, .nStep(3)), ("b lambda=.9", .second, .lambda(0.9)),
      ("b mc", .second, .monteCarlo),
    ])
  func contender(line: String, side: Contender, estimator: ReturnEstimator) throws {
    #expect(try SettingParser.standard.parse(line) == .contender(side, estimator))
  }

  @Test(
    "What cannot be is answered in one line with what was found and what is accepted",
    arguments: [
      ("race", "race: found nothing; accepted: X vs Y [pairs P] [steps N]"),
      (
        "race n 5",
        "race: found \"n 5\"; accepted: X vs Y [pairs P] [steps N], such as n 5 vs lambda .95"
      ),
      (
        "race td vs mc vs n 5",
        "race: found \"td vs mc vs n 5\"; accepted: X vs Y [pairs P] [steps N], "
          + "such as n 5 vs lambda .95"
      ),
      ("race vs td", "race: found nothing before vs; accepted: X vs Y [pairs P] [steps N]"),
      ("race td vs", "race: found nothing after vs; accepted: X vs Y [pairs P] [steps N]"),
      ("race n 0 vs td", "race: n: found \"0\"; accepted: 1, 2, 3 ... or inf"),
      ("race gama 1 vs td", "race: no setting \"gama\"; did you mean gamma?"),
      (
        "race speed 4 vs td",
        "race: found \"speed 4\"; accepted: what changes the learning: "
          + "n 5, lambda .95, lr .001, gamma .9, a2c ..."
      ),
      ("race td vs mc pairs 0", "race: pairs: found \"0\"; accepted: 1 to 1000"),
      ("race td vs mc steps", "race: steps: found nothing; accepted: 1 to 1000000000"),
      (
        "race td vs mc pairs 2 pairs 3",
        "race: found \"pairs\" at the end; accepted: X vs Y [pairs P] [steps N]"
      ),
      (
        "race td vs mc pairs 2 now",
        "race: found \"now\" at the end; accepted: X vs Y [pairs P] [steps N]"
      ),
      ("a lambda 2", "a: found \"lambda 2\"; accepted: mc, td, nstep:N or lambda:L"),
      ("b", "b: found nothing; accepted: mc, td, nstep:N or lambda:L"),
    ])
  func bad(line: String, message: String) {
    #expect(throws: SettingError(description: message)) {
      try SettingParser.standard.parse(line)
    }
  }
}

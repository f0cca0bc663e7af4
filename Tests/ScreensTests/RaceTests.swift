import CellCanvas
import Estimators
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("What a race says")
struct RaceVerdictTests {
  private func verdict(_ middle: Double, _ interval: ClosedRange<Double>?) -> RaceVerdict {
    var race = SampleRaces.finished
    race.difference = [RaceReport.Point(step: 1, middle: middle, interval: interval)]
    return RaceVerdict(race)
  }

  @Test(
    "An interval beside 0 says who is ahead, one around 0 that nothing is shown",
    arguments: [
      (31.2, 12.4...48.0, "B ahead by 31.2 [12.4, 48.0]"),
      (-31.2, (-48.0)...(-12.4), "A ahead by 31.2 [12.4, 48.0]"),
      (-3, (-20.0)...15, "no difference shown: -3.0 [-20.0, 15.0]"),
      (3, 0.0...15, "no difference shown: 3.0 [0.0, 15.0]"),
    ])
  func words(middle: Double, interval: ClosedRange<Double>, words: String) {
    #expect(verdict(middle, interval).text(decimals: 1) == words)
  }

  @Test("One pair has no interval, and nothing is claimed of it")
  func onePair() {
    let verdict = verdict(12, nil)
    #expect(verdict.leader == nil)
    #expect(verdict.text(decimals: 1) == "B−A +12.0, one pair: no interval")
    #expect(RaceVerdict(SampleRaces.onePair).leader == nil)
  }

  @Test("Before the first evaluation there is no verdict")
  func nothing() {
    #expect(RaceVerdict(SampleRaces.justBegun) == .nothing)
    #expect(verdict(.nan, 0...1) == .nothing)
  }

  @Test("The sample in which B learns faster has B ahead on the way; that of equals has none")
  func samples() {
    #expect(RaceVerdict(SampleRaces.running).leader == .second)
    #expect(RaceVerdict(SampleRaces.equals).leader == nil)
  }
}

@Suite("A race and its keys")
struct RaceKeyTests {
  private func bench() -> InterfaceBench {
    var bench = InterfaceBench()
    bench.state.view = .estimators
    bench.state.estimators.page = .race
    return bench
  }

  @Test("r races the pair of estimators, ten pairs of runs")
  func begins() {
    var bench = bench()
    bench.press(.character("r"))
    #expect(
      bench.commands == [
        .race(RaceRequest(first: .estimator(.nStep(5)), second: .estimator(.lambda(0.95))))
      ])
    #expect(bench.state.message?.text == "race: n 5 vs λ .95, 10 pairs; the run waits")
  }

  @Test("r ends a race that is on, and one that is over begins anew")
  func ends() {
    var bench = bench()
    bench.snapshot.race = SampleRaces.running
    #expect(bench.text().contains("end race"))
    bench.press(.character("r"))
    #expect(bench.commands == [.endRace])
    bench.snapshot.race = SampleRaces.finished
    bench.press(.character("r"))
    #expect(bench.commands.count == 1)
    #expect(bench.commands != [.endRace])
  }

  @Test("Two equal settings may be raced, and that is said")
  func equals() {
    var bench = bench()
    bench.state.estimators.pair = [.td, .td]
    #expect(bench.text().contains("A and B are the same"))
    bench.press(.character("r"))
    #expect(bench.commands.count == 1)
    #expect(bench.state.message?.text.contains("are the same") == true)
  }

  @Test("A run that has ended is not raced from")
  func ended() {
    var bench = bench()
    bench.snapshot.status = .finished("done")
    bench.press(.character("r"))
    #expect(bench.commands.isEmpty)
    #expect(bench.state.message?.kind == .refusal)
  }

  @Test("Help stays in the footer beside the race")
  func footer() {
    let last = bench().frame(columns: 80, rows: 24).plainText[23]
    #expect(last.contains("r race"))
    #expect(last.contains("? help"))
  }

  @Test("A race typed after a colon opens its page and begins")
  func typed() {
    var bench = InterfaceBench()
    bench.type(":race lr .001 vs lr .01 pairs 20 steps 50000")
    bench.press(.enter)
    let request = RaceRequest(
      first: .learningRate(0.001), second: .learningRate(0.01), steps: 50_000, pairs: 20)
    #expect(bench.commands == [.race(request)])
    #expect(bench.state.view == .estimators)
    #expect(bench.state.estimators.page == .race)
    #expect(bench.state.estimators.raceRequest(of: .a3c) == request)
    #expect(bench.text().contains("lr .001"))
  }

  @Test("a and b choose the pair, and put away what was typed to be raced")
  func pair() {
    var bench = bench()
    bench.state.estimators.race = RaceRequest(first: .workers(1), second: .workers(2))
    bench.type(":a td")
    bench.press(.enter)
    bench.type(":b lambda .8")
    bench.press(.enter)
    #expect(bench.commands.isEmpty)
    #expect(bench.state.estimators.pair == [.td, .lambda(0.8)])
    #expect(bench.state.estimators.race == nil)
    #expect(bench.state.message?.text.hasPrefix("B is λ-return .8") == true)
  }
}

@Suite("The cursor in a rollout")
struct RolloutCursorTests {
  @Test("The arrows, Home and End move it within the rollout")
  func moves() {
    var bench = InterfaceBench(
      RolloutRaceScreens.with(SampleSnapshots.cartPole(), rollout: SampleRollouts.cartPole()))
    bench.state.view = .estimators
    bench.state.estimators.page = .rollout
    for (key, step) in [
      (Key.up, 0), (.down, 1), (.right, 2), (.left, 1), (.end, 7), (.down, 7), (.home, 0),
    ] {
      bench.press(key)
      #expect(bench.state.estimators.step == step)
    }
    bench.press(.end)
    // A shorter rollout follows.
    bench.snapshot.estimators?.rollout = SampleRollouts.maze
    #expect(bench.text().contains("Weights at t 4"))
    bench.press(.up)
    #expect(bench.state.estimators.step == 3)
  }

  @Test("Without a rollout it says so")
  func nothing() {
    var bench = InterfaceBench()
    bench.state.view = .estimators
    bench.state.estimators.page = .rollout
    bench.press(.down)
    #expect(bench.state.message?.kind == .refusal)
  }
}

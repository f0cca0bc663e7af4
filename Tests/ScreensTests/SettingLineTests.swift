import CellCanvas
import Estimators
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("The setting line")
struct SettingLineTests {
  @Test(
    "A line asks for what it says",
    arguments: [
      ("n 5", SettingRequest.change(.estimator(.nStep(5)))),
      ("n=7", .change(.estimator(.nStep(7)))), ("n inf", .change(.estimator(.monteCarlo))),
      ("  lambda   .9 ", .change(.estimator(.lambda(0.9)))),
      ("LAMBDA 1", .change(.estimator(.lambda(1)))), ("λ 0", .change(.estimator(.lambda(0)))),
      ("td", .change(.estimator(.td))), ("mc", .change(.estimator(.monteCarlo))),
      ("estimator td", .change(.estimator(.td))),
      ("estimator nstep:3", .change(.estimator(.nStep(3)))),
      ("lambda:.95", .change(.estimator(.lambda(0.95)))),
      ("gamma .99", .change(.discount(0.99))), ("gamma 0", .change(.discount(0))),
      ("beta .02", .change(.entropyCoefficient(0.02))),
      ("lr 1e-3", .change(.learningRate(1e-3))), ("workers 32", .change(.workers(32))),
      ("tmax 20", .change(.rolloutLength(20))), ("a2c", .change(.agent(.a2c))),
      ("a3c", .change(.agent(.a3c))), ("speed 4", .speed(.multiple(4))),
      ("speed max", .speed(.unlimited)), ("theme light", .theme("light")),
      ("layer policy", .layer(.policy)), ("worker 3", .worker(3)), ("q", .quit),
    ])
  func good(line: String, request: SettingRequest) throws {
    #expect(try SettingParser.standard.parse(line) == request)
  }

  @Test(
    "A line that cannot be is answered in one line with what was found and what is accepted",
    arguments: [
      ("n 0", "n: found \"0\"; accepted: 1, 2, 3 ... or inf"),
      ("n five", "n: found \"five\"; accepted: 1, 2, 3 ... or inf"),
      ("n", "n: found nothing; accepted: 1, 2, 3 ... or inf"),
      ("n 99999999999999999999", "n: found \"99999999999999999999\"; accepted: 1, 2, 3 ... or inf"),
      ("lambda 1.5", "lambda: found \"1.5\"; accepted: 0 to 1"),
      ("lambda nan", "lambda: found \"nan\"; accepted: 0 to 1"),
      ("gamma 2", "gamma: found \"2\"; accepted: 0 to 1"),
      ("gamma 0x1p-1", "gamma: found \"0x1p-1\"; accepted: 0 to 1"),
      ("beta -1", "beta: found \"-1\"; accepted: 0 to 10"),
      ("lr 0", "lr: found \"0\"; accepted: above 0, up to 1"),
      ("lr inf", "lr: found \"inf\"; accepted: above 0, up to 1"),
      ("workers 0", "workers: found \"0\"; accepted: 1 to 10000"),
      ("workers 1.5", "workers: found \"1.5\"; accepted: 1 to 10000"),
      ("td 3", "td: found \"3\"; accepted: no argument"),
      ("estimator nstep:0", "estimator: found \"nstep:0\"; accepted: mc, td, nstep:N or lambda:L"),
      ("speed 0", "speed: found \"0\"; accepted: a multiple of real time above 0, or max"),
      ("gama .9", "no setting \"gama\"; did you mean gamma?"),
      ("", "nothing typed; accepted: a setting such as n 5 or lambda .9"),
    ])
  func bad(line: String, message: String) {
    #expect(throws: SettingError(description: message)) {
      try SettingParser.standard.parse(line)
    }
  }

  @Test("A word that is like none gets the list of all")
  func unknownWord() {
    do {
      _ = try SettingParser.standard.parse("temperature 3")
      Issue.record("it was accepted")
    } catch {
      #expect(error.description.hasPrefix("no setting \"temperature\"; accepted: n, lambda"))
      #expect(!error.description.contains("\n"))
    }
  }

  @Test(
    "Tab completes a word as far as the known ones agree",
    arguments: [
      ("gam", "gamma "), ("l", "l"), ("la", "la"), ("lam", "lambda "), ("theme l", "theme light"),
      ("speed m", "speed max"), ("xyz", "xyz"), ("worker", "worker"), ("", ""),
    ])
  func completion(typed: String, completed: String) {
    #expect(SettingParser.standard.complete(typed) == completed)
  }

  @Test("A line typed after a colon changes the setting and is said in the footer")
  func typedChange() {
    var bench = InterfaceBench()
    bench.type(":gamma .9")
    bench.press(.enter)
    #expect(bench.commands == [.change(.discount(0.9))])
    #expect(bench.state.overlay == nil)
    #expect(bench.text().contains("γ .9 from the next update on"))
    bench.snapshot.marks.append(SettingMark(step: 98_500, update: 19_700, label: "γ .9"))
    #expect(bench.text().contains("γ .9 from update 19 700 on"))
  }

  @Test("A wrong line stays, with the error above it, until it is mended")
  func typedError() {
    var bench = InterfaceBench()
    bench.type(":gamma 2")
    bench.press(.enter)
    #expect(bench.commands.isEmpty)
    #expect(bench.text().contains("gamma: found \"2\"; accepted: 0 to 1"))
    bench.press(.backspace)
    bench.type("1")
    #expect(!bench.text().contains("found"))
    bench.press(.enter)
    #expect(bench.commands == [.change(.discount(1))])
  }

  @Test("Up and down go through the lines typed before and back to the one being typed")
  func history() {
    var bench = InterfaceBench()
    for line in ["n 3", "lambda .8"] {
      bench.type(":" + line)
      bench.press(.enter)
    }
    bench.type(":be")
    bench.press(.up)
    #expect(settingLine(bench)?.text == "lambda .8")
    bench.press(.up)
    bench.press(.up)
    #expect(settingLine(bench)?.text == "n 3")
    bench.press(.down)
    bench.press(.down)
    #expect(settingLine(bench)?.text == "be")
  }

  @Test("A line is edited at its cursor")
  func editing() {
    var bench = InterfaceBench()
    bench.type(":beta 1")
    for key in [Key.left, .character("."), .character("0"), .home, .delete, .end] {
      bench.press(key)
    }
    #expect(settingLine(bench)?.text == "eta .01")
    bench.press(.control("u"))
    #expect(settingLine(bench)?.text == "")
    bench.press(.backspace)
    #expect(bench.state.overlay == nil)
  }

  @Test("A worker that does not exist cannot be typed into focus")
  func noSuchWorker() {
    var bench = InterfaceBench()
    bench.type(":worker 8")
    bench.press(.enter)
    #expect(settingLine(bench)?.error == "worker: found \"8\"; accepted: 0 to 7")
  }

  private func settingLine(_ bench: InterfaceBench) -> SettingLine? {
    if case .settingLine(let line) = bench.state.overlay { line } else { nil }
  }
}

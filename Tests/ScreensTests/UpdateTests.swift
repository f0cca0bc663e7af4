import CellCanvas
import Estimators
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("What the interface does with an event")
struct UpdateTests {
  @Test("Presses while the engine has not answered build on each other")
  func pressesAddUp() {
    var bench = InterfaceBench()
    bench.snapshot.status = .paused
    for _ in 0..<3 { bench.press(.character("[")) }
    #expect(bench.commands == [.change(.estimator(.lambda(0.5)))])
    bench.snapshot.settings.estimator = .lambda(0.5)
    bench.press(.character("]"))
    #expect(bench.commands == [.change(.estimator(.lambda(0.8)))])
  }

  @Test("A request the running engine declines is given up after a while")
  func declinedRequest() {
    var bench = InterfaceBench()
    bench.press(.character("]"))
    bench.send(.tick(seconds: 1))
    #expect(bench.state.requests.settings?.estimator == .lambda(0.97))
    bench.send(.tick(seconds: 10))
    bench.send(.tick(seconds: 10))
    #expect(bench.state.requests.settings == nil)
  }

  @Test("A pause shows in the header before the engine has answered")
  func pauseAtOnce() {
    var bench = InterfaceBench()
    bench.press(.character(" "))
    let shown = frame(
      state: bench.state, snapshot: bench.snapshot, catalogue: InterfaceBench.catalogue,
      size: Size(columns: 120, rows: 36), look: Look())
    #expect(bench.snapshot.status == .running)
    #expect(shown.plainText[0].contains("paused"))
  }

  @Test("t goes back to the n and the λ that were last in use")
  func toggle() {
    var bench = InterfaceBench()
    bench.type(":n 7")
    bench.press(.enter)
    bench.press(.character("t"))
    #expect(bench.commands == [.change(.estimator(.lambda(0.95)))])
    bench.press(.character("["))
    bench.press(.character("t"))
    #expect(bench.commands == [.change(.estimator(.nStep(7)))])
    bench.press(.character("t"))
    #expect(bench.commands == [.change(.estimator(.lambda(0.9)))])
  }

  @Test(
    "[ and ] go through the values and stop at their ends",
    arguments: [
      (ReturnEstimator.nStep(1), "]]]]]]]]", ReturnEstimator.nStep(50)),
      (.nStep(7), "]", .nStep(8)), (.nStep(7), "[", .nStep(5)), (.nStep(2), "[[[", .nStep(1)),
      (.lambda(0), "]]]]]]]]]", .lambda(1)), (.lambda(0.93), "[", .lambda(0.9)),
      (.lambda(0.5), "[[", .lambda(0)), (.monteCarlo, "]", .monteCarlo),
      (.monteCarlo, "[", .nStep(50)), (.td, "]", .nStep(2)), (.td, "[", .td),
    ])
  func adjust(start: ReturnEstimator, keys: String, end: ReturnEstimator) {
    var bench = InterfaceBench()
    bench.snapshot.settings.estimator = start
    bench.type(keys)
    let now = bench.state.requests.settings ?? bench.snapshot.settings
    #expect(now.estimator == end)
  }

  @Test("The speed keys stay between a quarter of real time and 4 096 times it")
  func speedRange() {
    var bench = InterfaceBench()
    for _ in 0..<30 { bench.press(.character("+")) }
    #expect(bench.state.requests.speed == .multiple(4096))
    for _ in 0..<30 { bench.press(.character("-")) }
    #expect(bench.state.requests.speed == .multiple(0.25))
    bench.press(.character("0"))
    #expect(bench.state.requests.speed == .unlimited)
    bench.press(.character("-"))
    #expect(bench.state.requests.speed == .multiple(4096))
    bench.snapshot.speed = .multiple(23)
    bench.state.requests.speed = nil
    bench.press(.character("="))
    #expect(bench.commands == [.setSpeed(.multiple(32))])
  }

  @Test("The worker in focus is one there is, when there are fewer of them too")
  func fewerWorkers() {
    var bench = InterfaceBench(SampleSnapshots.cartPole(workers: 40))
    bench.press(.character("2"))
    bench.press(.end)
    #expect(bench.state.focusedWorker == 39)
    bench.snapshot = SampleSnapshots.cartPole(workers: 3)
    bench.send(.tick(seconds: 1))
    #expect(bench.state.focusedWorker == 2)
    #expect(bench.state.interest?.worker == 2)
    bench.snapshot.workers = []
    bench.send(.tick(seconds: 2))
    #expect(bench.state.focusedWorker == 0)
  }

  @Test("An overlay takes every key but Ctrl-C", arguments: ["?", "c", ":", "q"])
  func overlaysCapture(opener: Character) {
    var bench = InterfaceBench()
    bench.press(.character(opener))
    for key in "stu0ampwg12".map(Key.character) + [.tab, .backTab] {
      bench.press(key)
      #expect(bench.commands.isEmpty, "\(key)")
      #expect(bench.state.view == .stage)
      #expect(bench.state.focusedPane == .stage)
    }
    #expect(bench.press(.control("c")) == [.quit])
  }

  @Test("q asks while a run is on, and leaves at once when it has ended")
  func quitting() {
    var bench = InterfaceBench()
    bench.press(.character("q"))
    #expect(bench.text().contains("This run is not finished (98 400 steps)."))
    #expect(bench.press(.escape).isEmpty)
    bench.press(.character("q"))
    #expect(bench.press(.character("y")) == [.quit])
    bench.snapshot.status = .finished("500 000 steps")
    #expect(bench.press(.character("q")) == [.quit])
    bench.snapshot.status = .diverged("NaN")
    #expect(bench.press(.character("q")) == [.quit])
  }

  @Test("A paused run goes on with space; one that has ended says so")
  func pausing() {
    var bench = InterfaceBench()
    bench.snapshot.status = .paused
    #expect(bench.text().contains("space go on"))
    bench.press(.character("s"))
    #expect(bench.commands == [.step(.step)])
    bench.press(.character(" "))
    #expect(bench.commands == [.setPaused(false)])
    bench.snapshot.status = .finished("limit")
    bench.press(.character(" "))
    #expect(bench.commands.isEmpty)
    #expect(bench.state.message?.text == "the run has ended; c chooses another")
  }

  @Test("Messages go away in time")
  func messages() {
    var bench = InterfaceBench()
    bench.send(.notice("saved footlights-1.svg"))
    #expect(bench.text().contains("saved footlights-1.svg"))
    bench.send(.tick(seconds: 3))
    #expect(bench.state.message != nil)
    bench.send(.tick(seconds: 4))
    #expect(bench.state.message == nil)
  }

  @Test("The chooser goes from environment over agent to preset, and starts it")
  func chooser() {
    var bench = InterfaceBench()
    bench.type("ccart")
    bench.press(.enter)
    bench.press(.enter)
    bench.press(.down)
    #expect(bench.text().contains("cartpole-a3c-slow"))
    bench.press(.enter)
    let request = RunRequest(
      environment: "CartPole-v1", agent: "a3c", preset: "cartpole-a3c-slow")
    #expect(bench.effects.first == .start(request))
    #expect(bench.effects.count == 2, "the new engine is told what is looked at")
    #expect(bench.state.overlay == nil)
  }

  @Test(
    "The chooser offers agents with a preset for the world, and starts without one where there is none"
  )
  func chooserWithoutPresets() {
    var bench = InterfaceBench()
    bench.type("ccorr")
    bench.press(.enter)
    #expect(bench.text().contains("a3c"))
    #expect(!bench.text().contains("with a barrier"))
    bench.press(.escape)
    bench.type("rooms")
    bench.press(.enter)
    bench.press(.enter)
    #expect(
      bench.effects.first
        == .start(RunRequest(environment: "Maze/rooms", agent: "a3c", preset: nil)))
  }

  @Test("A filter nothing fits says so, and Enter does nothing")
  func chooserEmpty() {
    var bench = InterfaceBench()
    bench.type("czzz")
    #expect(bench.text().contains("nothing fits \"zzz\""))
    #expect(bench.press(.enter).isEmpty)
    for _ in 0..<3 { bench.press(.backspace) }
    #expect(bench.text().contains("Maze/rooms"))
  }

  @Test("The engine is told what is looked at when that changes, and only then")
  func interests() {
    var bench = InterfaceBench()
    #expect(bench.state.interest == Interest(worker: 0, biasVariance: true))
    #expect(bench.send(.tick(seconds: 1)).isEmpty)
    bench.press(.character("2"))
    #expect(bench.effects == [.engine(.show(Interest(worker: 0, scenes: 0..<8, lanes: true)))])
    bench.press(.character("w"))
    #expect(
      bench.effects == [.engine(.show(Interest(worker: 1, scenes: 0..<8, lanes: true)))])
    bench.press(.enter)
    #expect(bench.effects == [.engine(.show(Interest(worker: 1, scenes: 0..<8)))])
    bench.send(.resize(Size(columns: 20, rows: 5)))
    #expect(bench.effects == [.engine(.show(Interest(worker: 1)))])
  }

  @Test("Layers of a maze are asked for where they are seen")
  func mazeInterest() {
    var bench = InterfaceBench(SampleSnapshots.maze())
    #expect(bench.state.interest?.layers == true)
    bench.press(.character("M"))
    #expect(bench.state.interest?.layers == false)
    bench.press(.character("m"))
    bench.press(.character("2"))
    #expect(bench.state.interest?.layers == false)
  }

  @Test("The theme typed is the theme drawn")
  func theme() {
    var bench = InterfaceBench()
    bench.type(":theme light")
    bench.press(.enter)
    #expect(bench.frame()[0, 0].style.background == Theme.light.ground)
    let mono = Look(theme: .mono, colors: .none)
    #expect(bench.frame(look: mono)[0, 0].style.background == Theme.mono.ground)
  }
}

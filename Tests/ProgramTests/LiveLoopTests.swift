import CellCanvas
import Screens
import Telemetry
import TestSupport
import Testing
import Threads

@testable import footlights

/// An engine that shows what it is told to, and remembers its commands.
private final class StubEngine: Engine {
  private let state: Locked<(snapshot: EngineSnapshot, commands: [EngineCommand])>

  /// How much further a measurement is at every look.
  private let measured: Double

  init(_ snapshot: EngineSnapshot, measured: Double = 0) {
    state = Locked((snapshot, []))
    self.measured = measured
  }

  var commands: [EngineCommand] { state.withLock { $0.commands } }

  func send(_ command: EngineCommand) {
    state.withLock {
      $0.commands.append(command)
      if case .setPaused(let paused) = command { $0.snapshot.status = paused ? .paused : .running }
      if case .setSpeed(let speed) = command { $0.snapshot.speed = speed }
    }
  }

  func snapshot() -> EngineSnapshot {
    state.withLock {
      if $0.snapshot.status == .running { $0.snapshot.counters.steps += 1000 }
      $0.snapshot.estimators?.state?.age += 0.07
      $0.snapshot.estimators?.state?.progress += measured
      return $0.snapshot
    }
  }
}

@Suite("The loop at the live screen")
struct LiveLoopTests {
  /// The loop over a script; a frame takes as much processor time as the terminal says.
  private func run(
    _ terminal: ScriptedTerminal, _ engine: StubEngine, endsWithRun: Bool = false,
    catalogue: Catalogue = Catalogue(environments: [], agents: [], presets: []),
    begin: @escaping (RunRequest) throws -> any Engine = { _ in throw SystemError(code: 2) },
    end: @escaping (any Engine) -> Void = { _ in }
  ) -> (end: LiveLoop.End, engine: any Engine) {
    let services = LiveServices(
      catalogue: catalogue, begin: begin, end: end,
      savePicture: { _ in "picture.svg" },
      saveEpisode: { _, _, _, name in "\(name).jsonl" }, now: { terminal.now },
      processorTime: { Double(terminal.presentations.count) * terminal.secondsPerFrame })
    var loop = LiveLoop(
      terminal: terminal, engine: engine, theme: .dark, endsWithRun: endsWithRun,
      services: services)
    return (loop.run(), loop.engine)
  }

  private func running(_ speed: Speed) -> StubEngine {
    var snapshot = SampleSnapshots.cartPole()
    snapshot.status = .running
    snapshot.speed = speed
    return StubEngine(snapshot)
  }

  @Test("The first frame is there before anything is waited for")
  func firstFrame() {
    let terminal = ScriptedTerminal(script: [])
    #expect(run(terminal, running(.unlimited)).end == .interrupted)
    #expect(terminal.frames.first?.time == 0)
    #expect(terminal.lines.first?.contains("CartPole-v1") == true)
  }

  @Test("While something moves there are thirty frames a second")
  func rate() {
    let terminal = ScriptedTerminal(script: [(2, .interrupted)])
    _ = run(terminal, running(.multiple(1)))
    #expect((58...62).contains(terminal.presentations.count))
  }

  @Test(
    "At unlimited speed drawing takes little over a hundredth of a core; four frames a second stay")
  func share() {
    for (cost, expected) in [(0.001, 23...26), (0.002, 11...13), (0.02, 7...9)] {
      let terminal = ScriptedTerminal(script: [(2, .interrupted)])
      terminal.secondsPerFrame = cost
      _ = run(terminal, running(.unlimited))
      #expect(
        expected.contains(terminal.presentations.count), "\(cost): \(terminal.presentations.count)")
    }
  }

  @Test("Paused, the screen stays as it is and is looked at a few times a second")
  func paused() {
    let engine = running(.multiple(1))
    engine.send(.setPaused(true))
    let terminal = ScriptedTerminal(script: [(10, .interrupted)])
    _ = run(terminal, engine)
    #expect(terminal.frames.count == 1)
    #expect(terminal.presentations.count < 65)
  }

  @Test("Paused, the view of the estimators shows what is still measured, but not how time goes by")
  func pausedMeasurement() {
    for (sample, measured) in [
      (SampleEstimatorReports.maze, 0.0), (SampleEstimatorReports.cartPole, 0.002),
    ] {
      var snapshot = sample
      snapshot.status = .paused
      let terminal = ScriptedTerminal(script: [(0.1, .key(.character("3"))), (10, .interrupted)])
      _ = run(terminal, StubEngine(snapshot, measured: measured))
      #expect(terminal.presentations.contains { $0 > 5 })
      #expect(terminal.frames.contains { $0.time > 5 } == (measured > 0))
    }
  }

  @Test("A key is answered by a frame at once, even when frames are dear")
  func latency() {
    let terminal = ScriptedTerminal(
      script: [(1.013, .key(.character("2"))), (1.5, .interrupted)])
    terminal.secondsPerFrame = 0.02
    _ = run(terminal, running(.unlimited))
    let answer = terminal.presentations.first { $0 > 1.013 }
    #expect(answer.map { $0 <= 1.013 + 0.041 } == true)
  }

  @Test("Keys that come together are answered by one frame")
  func coalescing() {
    let engine = running(.multiple(1))
    engine.send(.setPaused(true))
    let keys = [TerminalEvent](repeating: .key(.character("+")), count: 5)
    let terminal = ScriptedTerminal(script: keys.map { (5, $0) } + [(5.001, .interrupted)])
    _ = run(terminal, engine)
    #expect(terminal.presentations.count { $0 > 4.999 } == 1)
    #expect(engine.commands.count { if case .setSpeed = $0 { true } else { false } } == 5)
  }

  @Test("Keys reach the engine as commands, and the engine is told what is looked at")
  func commands() {
    let engine = running(.multiple(1))
    let terminal = ScriptedTerminal(script: [(1, .key(.character(" "))), (1.2, .interrupted)])
    _ = run(terminal, engine)
    #expect(engine.commands.contains(.setPaused(true)))
    #expect(engine.commands.contains { if case .show = $0 { true } else { false } })
  }

  @Test("A resize is drawn at the new size, down to nothing")
  func resize() {
    let sizes = [(200, 60), (40, 12), (1, 1), (0, 0), (80, 24)]
    let script = sizes.enumerated().map { index, size in
      (Double(index), TerminalEvent.resize(Size(columns: size.0, rows: size.1)))
    }
    let terminal = ScriptedTerminal(script: script + [(6, .interrupted)])
    _ = run(terminal, running(.multiple(1)))
    let drawn = Set(terminal.frames.map(\.canvas.size))
    #expect(drawn.isSuperset(of: sizes.map { Size(columns: $0.0, rows: $0.1) }))
  }

  @Test("A gone terminal ends the loop, and so does the run's end where that was asked for")
  func ends() {
    let gone = ScriptedTerminal(script: [(1, .hangUp), (2, .interrupted)])
    #expect(run(gone, running(.multiple(1))).end == .hungUp)
    let engine = StubEngine(SampleSnapshots.solved)
    var finished = engine.snapshot()
    finished.status = .finished("at its limit")
    let asked = ScriptedTerminal(script: [(1, .interrupted)])
    #expect(run(asked, StubEngine(finished), endsWithRun: true).end == .finished)
    let notAsked = ScriptedTerminal(script: [(1, .interrupted)])
    #expect(run(notAsked, StubEngine(finished)).end == .interrupted)
  }

  @Test("Leaving takes a question and an answer")
  func leaving() {
    let terminal = ScriptedTerminal(
      script: [(1, .key(.character("q"))), (1.5, .key(.character("y"))), (9, .interrupted)])
    #expect(run(terminal, running(.multiple(1))).end == .left)
    #expect(terminal.now < 2)
  }

  @Test("A picture is saved on request, and the footer says where")
  func picture() {
    let terminal = ScriptedTerminal(script: [(1, .key(.character("p"))), (1.2, .interrupted)])
    _ = run(terminal, running(.multiple(1)))
    #expect(terminal.lines.contains { $0.contains("picture.svg") })
  }

  @Test("A run that is chosen takes the place of the one on the screen")
  func anotherRun() {
    let first = running(.multiple(1))
    let second = running(.multiple(1))
    let asked = Locked<[RunRequest]>([])
    let ended = Locked<[ObjectIdentifier]>([])
    let result = run(
      chooserTerminal(), first, catalogue: smallCatalogue,
      begin: { request in
        asked.withLock { $0.append(request) }
        return second
      },
      end: { engine in ended.withLock { $0.append(ObjectIdentifier(engine)) } })
    let wanted = RunRequest(environment: "Maze/corridor", agent: "a3c", preset: "corridor-a3c")
    #expect(asked.withLock { $0 } == [wanted])
    #expect(ended.withLock { $0 } == [ObjectIdentifier(first)])
    #expect(result.engine === second)
    #expect(second.commands.contains { if case .show = $0 { true } else { false } })
  }

  @Test("The options of a run that was chosen are complete")
  func chosenOptions() throws {
    let request = RunRequest(environment: "Maze/corridor", agent: "a2c", preset: "a2c-corridor")
    let options = try RunOptions(choosing: request)
    #expect(options.learner.env == "Maze/corridor")
    #expect(options.learner.workers == nil)
    _ = try options.configuration()
  }

  @Test("A run that cannot be begun leaves the present one on the screen and says why")
  func refusedRun() {
    let first = running(.multiple(1))
    let terminal = chooserTerminal()
    let result = run(terminal, first, catalogue: smallCatalogue)
    #expect(result.engine === first)
    #expect(terminal.lines.contains { $0.contains("cannot start") })
  }

  private var smallCatalogue: Catalogue {
    Catalogue(
      environments: [.init(name: "Maze/corridor", summary: "a corridor")],
      agents: [.init(name: "a3c", summary: "asynchronous")],
      presets: [
        .init(
          name: "corridor-a3c", summary: "quick", environment: "Maze/corridor", agent: "a3c")
      ])
  }

  /// Opens the chooser and takes the first entry of every page.
  private func chooserTerminal() -> ScriptedTerminal {
    let keys: [Key] = [.character("c"), .enter, .enter, .enter]
    let script = keys.enumerated().map { (1 + Double($0) / 4, TerminalEvent.key($1)) }
    return ScriptedTerminal(script: script + [(2.5, .interrupted)])
  }
}

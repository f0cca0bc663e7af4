internal import CellCanvas
internal import Screens
internal import Telemetry
internal import Threads
internal import Training

/// A picture of the screen without a terminal: the run is watched in memory to a number of steps,
/// and the frame written as SVG.
struct Portrait {
  let configuration: RunConfiguration
  let speed: Speed?
  let theme: Theme
  let isASCII: Bool
  let size: Size
  let path: String

  func run() throws {
    var configuration = configuration
    let steps = configuration.stepLimit ?? configuration.budget
    configuration.stepLimit = nil
    configuration.speed = speed ?? .multiple(configuration.watchSpeed)
    let session = try TrainingSession(configuration, watched: true)
    let canvas = watch(session, steps: steps, catalogue: try Catalogue.bundled())
    session.stop()
    session.join()
    try OutputFile(path: path).write(svg(of: canvas, title: "Footlights"))
  }

  private func watch(
    _ session: TrainingSession, steps: Int, catalogue: Catalogue
  ) -> Canvas {
    let look = Look(theme: theme, glyphs: isASCII ? .ascii : .unicode)
    var state = InterfaceState(columns: size.columns, rows: size.rows)
    var snapshot = session.snapshot()
    func tell(_ event: InterfaceEvent) {
      for effect in update(&state, event: event, snapshot: snapshot, catalogue: catalogue) {
        if case .engine(let command) = effect { session.send(command) }
      }
    }
    tell(.resize(size))
    let began = MonotonicClock.seconds
    while snapshot.counters.steps < steps, !session.progress.hasEnded {
      OSThread.sleep(seconds: FrameClock.shortest)
      snapshot = session.snapshot()
      tell(.tick(seconds: MonotonicClock.seconds - began))
    }
    return frame(
      state: state, snapshot: snapshot, catalogue: catalogue, size: size, look: look)
  }
}

internal import Environments
internal import MarkovProcesses
internal import Scenes
internal import Telemetry
internal import Threads

/// Finds the state that is looked into, and says what it is called and what it looks like.
struct SubjectReading {
  private let session: SessionState
  private let environment: any Environment
  /// States of the tabular world; nil in any other.
  private let states: Int?

  init(session: SessionState) {
    self.session = session
    environment = session.configuration.environment
    states = environment.knownMDP?.states
  }

  /// The state that is asked for; nil where there is none such, or not yet.
  func subject(_ wanted: StudySubject, worker: Int) -> SubjectReport? {
    switch wanted {
    case .worker: ofWorker(worker)
    case .tabular(let state): ofTable(state)
    case .kept(let kept): report(kept.state, name: kept.name)
    }
  }

  private func ofWorker(_ worker: Int) -> SubjectReport? {
    let boards = session.boards.withLock { $0 }
    guard boards.indices.contains(worker) else { return nil }
    boards[worker].askForView()
    let view = boards[worker].readView()
    guard view.version > 0 || view.episodeStep > 0 || view.state.contains(where: { $0 != 0 })
    else { return nil }
    return report(
      view.state, name: states == nil ? "worker \(worker) step \(view.episodeStep)" : nil)
  }

  private func ofTable(_ state: Int) -> SubjectReport? {
    guard let states, (0..<states).contains(state) else { return nil }
    var world = environment
    guard (try? world.begin(in: [Double(state)])) != nil else { return nil }
    let saved = [Double](unsafeUninitializedCapacity: world.stateSize) { buffer, count in
      if let base = buffer.baseAddress { world.save(into: base) }
      count = world.stateSize
    }
    return report(saved, name: nil)
  }

  /// The world as it was saved; nil where that is no state of it, or one in which it has ended.
  private func report(_ saved: [Double], name: String?) -> SubjectReport? {
    guard saved.count == environment.stateSize, saved.allSatisfy(\.isFinite) else { return nil }
    var world = environment
    world.restore(from: saved)
    var index: Int?
    if let states {
      guard let found = world.worldState.first.flatMap(Int.init(exactly:)),
        (0..<states).contains(found)
      else { return nil }
      index = found
    }
    let scene = world.scene(lastAction: nil)
    return SubjectReport(
      kept: KeptState(name: name ?? index.map { self.name(of: $0, in: scene) } ?? "", state: saved),
      tabularState: index, scene: scene)
  }

  /// A state of the table by its place in the world.
  private func name(of state: Int, in scene: Scene) -> String {
    guard case .grid(let grid) = scene, grid.map.rows > 1 || environment is Maze,
      let square = grid.map.states.firstIndex(of: state)
    else { return "state \(state)" }
    let place = "row \(square / grid.map.columns) column \(square % grid.map.columns)"
    return grid.caption.isEmpty ? place : "\(place), \(grid.caption)"
  }
}

import CellCanvas
import Telemetry

extension Turn {
  /// The longest queue of moves that wait for the run to stand still.
  private static let mostMoves = 10_000

  /// Goes back or forth in time. While the run goes on a move back pauses it first, and is carried
  /// out when it stands still; what is pressed meanwhile waits with it, and nothing is lost.
  mutating func travel(_ move: TimeMove) {
    if state.requests.moves.isEmpty {
      if case .forward(let grain) = move, state.moment == nil { return step(grain) }
      if canTravel { return carryOut(move) }
    }
    if state.requests.moves.count < Self.mostMoves { state.requests.moves.append(move) }
    state.requests.movesExpire = state.clock + 3
    if !isPaused, !hasEnded { setPaused(true) }
  }

  /// Whether the snapshot is of a run that stands still, and says what is recorded of it.
  var canTravel: Bool {
    snapshot.status != .running && state.requests.isPaused == nil && snapshot.history != nil
  }

  /// Carries out the moves that waited, once they can be.
  mutating func settleTravel() {
    keepMomentRecorded()
    guard !state.requests.moves.isEmpty else { return }
    if canTravel {
      let moves = state.requests.moves
      state.requests.moves = []
      state.requests.movesExpire = 0
      for move in moves { carryOut(move) }
    } else if state.clock >= state.requests.movesExpire {
      state.requests.moves = []
      refuse("nothing recorded yet to go back to")
    }
  }

  /// Leaves the past.
  mutating func returnToPresent() {
    state.moment = nil
    state.momentBeforeKept = nil
    state.requests.moves = []
  }

  /// Where a move leads from the moment in view.
  func landing(of move: TimeMove) -> Landing {
    if case .kept(let id, let index) = state.moment {
      guard let place = keptRecord?.place(after: move, from: index) else {
        return .nowhere("that is all of the kept episode; Esc leaves it")
      }
      return .moment(.kept(id: id, index: place))
    }
    var number: Int?
    var worker = state.focusedWorker
    if case .step(let focused, let at) = state.moment { (worker, number) = (focused, at) }
    let index = snapshot.history?.index ?? HistoryIndex()
    return index.landing(of: move, from: number, worker: worker)
  }

  /// The record of the kept episode in view, once the engine has shown it.
  private var keptRecord: EpisodeRecord? {
    guard case .kept(let id, _) = state.moment, let history = snapshot.history,
      case .kept(id, _) = history.moment
    else { return nil }
    return history.episode
  }

  private mutating func carryOut(_ move: TimeMove) {
    switch landing(of: move) {
    case .moment(let moment): look(at: moment)
    case .present(let worker):
      returnToPresent()
      focus(worker)
    case .beyond(let grain): step(grain)
    case .nowhere(let reason): refuse(reason)
    }
  }

  /// Looks at a moment of the past.
  mutating func look(at moment: Moment) {
    state.moment = moment
    guard case .step(let worker, _) = moment else { return }
    state.momentBeforeKept = nil
    state.focusedWorker = min(max(worker, 0), workerCount - 1)
    state.isScrolledAway = false
  }

  /// Another worker in focus, in the past too: at about the same update.
  mutating func travel(toWorker worker: Int) {
    guard case .step(let now, let number) = state.moment, now != worker else { return }
    state.moment = snapshot.history?.index.counterpart(of: number, of: now, for: worker)
  }

  /// A moment that is not recorded any more gives way to the nearest that is.
  private mutating func keepMomentRecorded() {
    guard case .step(let worker, let number) = state.moment, snapshot.status != .running,
      let tracks = snapshot.history?.index.tracks, !tracks.isEmpty
    else { return }
    guard tracks.indices.contains(worker), tracks[worker].steps.upperBound > number else {
      return returnToPresent()
    }
    if number < tracks[worker].steps.lowerBound {
      state.moment = .step(worker: worker, number: tracks[worker].steps.lowerBound)
    }
  }
}

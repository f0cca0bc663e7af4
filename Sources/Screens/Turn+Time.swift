import CellCanvas
import Telemetry

extension Turn {
  /// Pause, steps and speed.
  mutating func performTime(_ action: Action) {
    switch action {
    case .togglePause: togglePause()
    case .stepPhase: travel(.forward(.phase))
    case .step: travel(.forward(state.grain))
    case .stepBack: travel(.back(state.grain))
    case .stepOne: travel(.forward(.step))
    case .stepOneBack: travel(.back(.step))
    case .stepRollout: travel(.forward(.rollout))
    case .rolloutBack: travel(.back(.rollout))
    case .stepUpdate: travel(.forward(.update))
    case .updateBack: travel(.back(.update))
    case .stepEpisode: travel(.forward(.episode))
    case .episodeBack: travel(.back(.episode))
    case .toOldest: travel(.oldest)
    case .toPresent:
      if state.moment == nil && state.requests.moves.isEmpty {
        return refuse("this is the present")
      }
      travel(.present)
    case .nextGrain:
      state.grain = state.grain.next
      say("s goes on by one \(state.grain.rawValue), and , back")
    case .faster:
      if speed == .unlimited { return refuse("the speed has no limit already") }
      set(speed.stepped(faster: true))
    case .slower: set(speed.stepped(faster: false))
    default: set(.unlimited)
    }
  }

  /// Paused, or about to be.
  var isPaused: Bool { state.requests.isPaused ?? (snapshot.status == .paused) }

  private var speed: Speed { state.requests.speed ?? snapshot.speed }

  /// Pauses or goes on; from the past it goes on from the present.
  private mutating func togglePause() {
    if refusesReplayed() { return }
    guard state.moment != nil else { return setPaused(!isPaused) }
    returnToPresent()
    if hasEnded { return say("the present; the run has ended") }
    if isPaused { setPaused(false) }
  }

  mutating func setPaused(_ paused: Bool) {
    if refusesToLearn() { return }
    request { $0.isPaused = paused }
    effects.append(.engine(.setPaused(paused)))
  }

  /// Lets the engine go on by one grain.
  mutating func step(_ grain: StepGrain) {
    if refusesToLearn() { return }
    if !isPaused { setPaused(true) }
    // What is carried out next is taken apart next.
    state.anatomyPhase = nil
    effects.append(.engine(.step(grain)))
  }

  /// Asks for a speed, and says in steps a second what that is.
  mutating func set(_ speed: Speed) {
    if refusesReplayed() { return }
    request { $0.speed = speed }
    effects.append(.engine(.setSpeed(speed)))
    switch speed {
    case .unlimited: say("speed: as fast as the machine allows")
    case .multiple(let factor):
      let rate = snapshot.run.realTimeRate * factor
      let each = NumberFormat.setting((rate * 10).rounded() / 10)
      say("speed \(speed.shortLabel) real time: \(each) steps/s for each worker")
    }
  }

  /// Notes what has been asked of the engine.
  mutating func request(_ note: (inout Requests) -> Void) {
    note(&state.requests)
    state.requests.expires = state.clock + 3
  }
}

extension StepGrain {
  /// The grain after this one, round and round.
  var next: StepGrain {
    let all = Self.allCases
    let place = all.firstIndex(of: self) ?? 0
    return all[(place + 1) % all.count]
  }
}

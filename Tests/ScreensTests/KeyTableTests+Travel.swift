import Telemetry
import TestSupport

@testable import Screens

extension KeyTableTests {
  /// Whether an action that moves in time, or that is about kept episodes, has had its effect. In
  /// view 4 the sample is paused with a recording, elsewhere it runs without one; row 3 was selected.
  static func isTravelDone(_ action: Action, _ bench: InterfaceBench) -> Bool? {
    let state = bench.state
    let steps = SampleHistory.cartPole.index.tracks[0].steps
    func isBack(_ move: TimeMove) -> Bool { state.requests.moves == [move] || state.moment != nil }
    return switch action {
    case .stepBack: state.requests.moves == [.back(.step)] && bench.commands == [.setPaused(true)]
    case .stepOneBack: state.moment == .step(worker: 0, number: steps.upperBound - 1)
    case .stepOne: bench.commands == [.step(.step)]
    case .rolloutBack: isBack(.back(.rollout))
    case .stepRollout: bench.commands.last == .step(.rollout)
    case .updateBack: isBack(.back(.update))
    case .episodeBack: isBack(.back(.episode))
    case .stepEpisode: bench.commands.last == .step(.episode)
    case .toOldest:
      state.requests.moves == [.oldest]
        || state.moment == .step(worker: 0, number: steps.lowerBound)
    case .toPresent: state.message?.text == "this is the present"
    case .keptAbove: state.keptRow == 2
    case .keptBelow: state.keptRow == 4
    case .keepEpisode:
      if case .settingLine(let line) = state.overlay {
        line.question == .episodeName(nil) && line.text.hasPrefix("worker 0 episode ")
      } else {
        false
      }
    case .forgetEpisode: state.message?.text.contains("kept by itself") == true
    case .saveEpisode:
      if case .saveEpisode(let episode, _, _) = bench.effects.first {
        episode.episode == bench.snapshot.history?.episode?.episode
      } else {
        false
      }
    default: nil
    }
  }
}

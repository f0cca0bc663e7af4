import Estimators
import Telemetry
import TestSupport
import Testing

@Suite("The made-up recording is like a real one")
struct SampleHistoryTests {
  static let all: [(String, SampleHistory)] = [
    ("cartpole", .cartPole), ("maze", .maze), ("a2c", .cartPole(agent: .a2c)),
  ]

  @Test("Its steps end in every way there is", arguments: ["cartpole", "maze"])
  func ends(name: String) throws {
    let history = try #require(Self.all.first { $0.0 == name }?.1)
    let episodes = history.index.tracks.enumerated().flatMap { worker, track in
      track.episodes.map { history.episode(of: worker, at: $0.first) }
    }
    let steps = episodes.flatMap(\.steps)
    #expect(steps.contains { $0.terminated })
    #expect(steps.contains { $0.truncated && !$0.terminated })
    #expect(steps.contains { $0.update == nil && $0.target.isNaN })
    #expect(episodes.contains { $0.omitted > 0 })
    #expect(history.kept.map(\.reason) == KeptEpisode.Reason.allCases)
  }

  @Test("A target is that of its rollout, bit for bit", arguments: ["cartpole", "maze", "a2c"])
  func targets(name: String) throws {
    let history = try #require(Self.all.first { $0.0 == name }?.1)
    for (worker, track) in history.index.tracks.enumerated() {
      for rollout in track.rollouts {
        let steps = (rollout.first..<(rollout.first + rollout.count)).map { number in
          let episode = history.episode(of: worker, at: number)
          return episode.steps[number - episode.firstNumber]
        }
        let settings = history.snapshot().settings
        let targets = estimateReturns(
          settings.estimator, discount: settings.discount, rewards: steps.map(\.reward),
          nextValues: steps.map(\.nextValue), terminated: steps.map(\.terminated),
          truncated: steps.map(\.truncated))
        #expect(targets == steps.map(\.target))
      }
    }
  }
}

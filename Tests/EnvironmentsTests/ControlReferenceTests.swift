import Environments
import Randomness
import Testing

@Suite("Worlds of control against Gymnasium")
struct ControlReferenceTests {
  private func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
    a.count == b.count ? zip(a, b).map { abs($0 - $1) }.max() ?? 0 : .infinity
  }

  private func observation(of world: any Environment) -> [Float] {
    var numbers = [Float](repeating: .nan, count: world.specification.observation.width)
    world.observe(into: &numbers)
    return numbers
  }

  @Test(
    "Every recorded step gives the recorded state, observation, reward and flags",
    arguments: RecordedWorld.all)
  func singleSteps(recorded: RecordedWorld) throws {
    let recording = try reference(recorded.file, as: ControlRecording.self)
    var random = RandomStream(seed: 0)
    var steps = 0
    for episode in recording.episodes {
      let tolerance = episode.tolerance["one_step_state"] ?? recorded.state
      let rewardTolerance = episode.tolerance["reward"] ?? recorded.reward
      for (time, action) in episode.actions.enumerated() {
        var world = recorded.world
        try world.restore(checking: episode.states[time] + [Double(time)])
        let outcome = world.step(action, random: &random)
        let label = Comment(rawValue: "\(episode.label), step \(time)")
        #expect(
          largestDifference(world.worldState, episode.states[time + 1]) <= tolerance, label)
        #expect(
          zip(observation(of: world), episode.observations[time])
            .allSatisfy { abs($0 - $1) <= recorded.observation }, label)
        #expect(abs(outcome.reward - episode.rewards[time]) <= rewardTolerance, label)
        #expect(outcome.terminated == episode.terminatedAt.contains(time), label)
        #expect(outcome.truncated == episode.truncatedAt.contains(time), label)
        steps += 1
      }
    }
    #expect(steps == recorded.steps)
  }

  @Test("Episodes are followed from their first state to their end", arguments: RecordedWorld.all)
  func freeRuns(recorded: RecordedWorld) throws {
    var random = RandomStream(seed: 0)
    for episode in try reference(recorded.file, as: ControlRecording.self).episodes {
      var world = recorded.world
      try world.begin(in: episode.states[0])
      let tolerance = episode.tolerance["rollout_state"] ?? recorded.freeRun
      for (time, action) in episode.actions.enumerated().prefix(recorded.freeSteps) {
        let outcome = world.step(action, random: &random)
        let label = Comment(rawValue: "\(episode.label), step \(time)")
        #expect(
          largestDifference(world.worldState, episode.states[time + 1]) <= tolerance, label)
        #expect(outcome.ended == (episode.ended && time == episode.actions.count - 1), label)
      }
    }
  }

  @Test(
    "An episode can be terminated and truncated on the same step, and says both",
    arguments: [("env_mountain_car", 199), ("env_acrobot", 499)])
  func bothFlags(file: String, last: Int) throws {
    let both = try reference(file, as: ControlRecording.self).episodes
      .filter { !Set($0.terminatedAt).isDisjoint(with: $0.truncatedAt) }
    #expect(both.map(\.truncatedAt) == [[last]])
  }
}

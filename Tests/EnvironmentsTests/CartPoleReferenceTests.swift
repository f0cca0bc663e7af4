import Environments
import Randomness
import Testing

/// Episodes recorded with Gymnasium's CartPole-v1.
private struct Recording: Decodable {
  struct Episode: Decodable {
    let label: String
    let states: [[Double]]
    let actions: [Int]
    let observations: [[Float]]
    let ended: Bool
    let terminatedAt: [Int]
    let truncatedAt: [Int]

    enum CodingKeys: String, CodingKey {
      case label, states, actions, observations, ended
      case terminatedAt = "terminated_at"
      case truncatedAt = "truncated_at"
    }
  }

  let episodes: [Episode]
}

@Suite("CartPole against Gymnasium")
struct CartPoleReferenceTests {
  private let recording: Recording
  private var random = RandomStream(seed: 0)

  init() throws {
    recording = try reference("env_cartpole", as: Recording.self)
  }

  private func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).map { abs($0 - $1) }.max() ?? 0
  }

  @Test("Every recorded step gives the recorded state, observation, reward and flags")
  mutating func singleSteps() throws {
    #expect(recording.episodes.count >= 15)
    for episode in recording.episodes {
      for (time, action) in episode.actions.enumerated() {
        var world = CartPole()
        (episode.states[time] + [Double(time)]).withUnsafeBufferPointer {
          world.restore(from: $0.baseAddress!)
        }
        let outcome = world.step(action, random: &random)
        let label = Comment(rawValue: "\(episode.label), step \(time)")
        #expect(largestDifference(world.worldState, episode.states[time + 1]) <= 1e-12, label)
        var observation: [Float] = [0, 0, 0, 0]
        world.observe(into: &observation)
        #expect(
          zip(observation, episode.observations[time]).allSatisfy { abs($0 - $1) <= 1e-6 }, label)
        #expect(outcome.reward == 1, label)
        #expect(outcome.terminated == episode.terminatedAt.contains(time), label)
        #expect(outcome.truncated == episode.truncatedAt.contains(time), label)
      }
    }
  }

  @Test("Episodes under 100 steps are followed from their first state to their end")
  mutating func freeRuns() throws {
    for episode in recording.episodes where episode.actions.count < 100 {
      var world = CartPole()
      try world.begin(in: episode.states[0])
      for (time, action) in episode.actions.enumerated() {
        let outcome = world.step(action, random: &random)
        let label = Comment(rawValue: "\(episode.label), step \(time)")
        #expect(largestDifference(world.worldState, episode.states[time + 1]) <= 1e-9, label)
        #expect(outcome.ended == (episode.ended && time == episode.actions.count - 1), label)
      }
    }
  }

  @Test("An episode can be terminated and truncated on the same step, and says both")
  func bothFlags() throws {
    let both = recording.episodes.filter { !Set($0.terminatedAt).isDisjoint(with: $0.truncatedAt) }
    #expect(both.map(\.truncatedAt) == [[499]])
  }
}

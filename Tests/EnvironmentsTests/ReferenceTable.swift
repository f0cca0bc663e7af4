import Environments
import MarkovProcesses
import Randomness
import Testing

/// A recorded episode of a tabular world.
struct ReferenceTableEpisode: Decodable {
  let label: String
  let states: [Int]
  let actions: [Int]
  let rewards: [Double]
  let terminatedAt: [Int]
  let truncatedAt: [Int]

  enum CodingKeys: String, CodingKey {
    case label, states, actions, rewards
    case terminatedAt = "terminated_at"
    case truncatedAt = "truncated_at"
  }
}

/// One entry of Gymnasium's `P[state][action]`.
struct ReferenceOutcome: Decodable {
  let probability: Double
  let next: Int
  let reward: Double
  let terminated: Bool

  init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    probability = try list.decode(Double.self)
    next = try list.decode(Int.self)
    reward = try list.decode(Double.self)
    terminated = try list.decode(Bool.self)
  }
}

/// Every entry of the known process against Gymnasium's table, in its order.
func expectProcess(
  of world: any Environment, equals table: [[[ReferenceOutcome]]]
) throws {
  let mdp = try #require(world.knownMDP)
  try #require(mdp.states == table.count && mdp.actions == table[0].count)
  for (state, row) in table.enumerated() {
    for (action, expected) in row.enumerated() {
      let outcomes = mdp.outcomes[state][action]
      try #require(outcomes.count == expected.count)
      for (found, right) in zip(outcomes, expected) {
        #expect(abs(found.probability - right.probability) <= 1e-15)
        #expect(found.nextState == (right.terminated ? -1 : right.next))
        #expect(found.reward == right.reward)
      }
    }
  }
}

/// The index that is observed.
func observedState(of world: any Environment) -> Int {
  var number: Float = -1
  world.observe(into: &number)
  return Int(number)
}

/// What a seed's first step from a saved state gives.
private struct FirstStep {
  var world: any Environment
  var outcome: StepOutcome
}

/// Steps from a state until chance leads where the record went; nil where it does not in 200 tries.
private func step(
  _ world: any Environment, _ action: Int, to next: Int, random: inout RandomStream
) -> FirstStep? {
  for _ in 0..<200 {
    var copy = world
    let outcome = copy.step(action, random: &random)
    if observedState(of: copy) == next { return FirstStep(world: copy, outcome: outcome) }
  }
  return nil
}

/// Plays a recorded episode; where the world is slippery, chance is led along the record.
func expectEpisode(_ episode: ReferenceTableEpisode, in start: any Environment) throws {
  var world = start
  var random = RandomStream(seed: 3)
  world.reset(start: nil, random: &random)
  try world.begin(in: [Double(episode.states[0])])
  for (time, action) in episode.actions.enumerated() {
    let followed = try #require(
      step(world, action, to: episode.states[time + 1], random: &random),
      "\(episode.label), step \(time)")
    #expect(followed.outcome.reward == episode.rewards[time])
    #expect(followed.outcome.terminated == episode.terminatedAt.contains(time))
    #expect(followed.outcome.truncated == episode.truncatedAt.contains(time))
    world = followed.world
    let isOver = followed.outcome.terminated
    #expect(world.worldState == [isOver ? -1 : Double(episode.states[time + 1])])
  }
}

/// How often each state is reached in one step, of `count` from a state.
func arrivals(
  of world: any Environment, from state: Int, action: Int, count: Int, seed: UInt64
) throws -> [Int: Int] {
  var random = RandomStream(seed: seed)
  var counts: [Int: Int] = [:]
  for _ in 0..<count {
    var copy = world
    try copy.begin(in: [Double(state)])
    _ = copy.step(action, random: &random)
    counts[observedState(of: copy), default: 0] += 1
  }
  return counts
}

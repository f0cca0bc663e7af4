internal import Environments
internal import Networks
internal import Randomness

/// An episode of a frozen policy.
struct MeasuredEpisode {
  /// What was observed before each step, one after the other.
  var observations: [Float] = []
  var actions: [Int] = []
  var rewards: [Double] = []
  /// V of the state each step led to.
  var nextValues: [Double] = []
  /// V of the state each step was taken in.
  var values: [Double] = []
  /// Whether it came to an end of the world; else it was given up, and V stands for the rest.
  var terminated = false

  var length: Int { actions.count }
}

/// Plays episodes of a frozen policy side by side, so that forward passes are batched.
///
/// A time limit is no part of the process: where one would cut, the world goes on with its count of
/// steps at 0. An episode is given up when what follows weighs less than a thousandth of its first
/// step, or at twice the time limit.
final class MeasuredEpisodes {
  private let network: ActorCriticNetwork
  private let theta: FloatBuffer
  private let workspace: ActorCriticWorkspace
  private let longest: Int
  private var worlds: [any Environment]
  private var state: [Double]
  private var begun = 0

  /// Episodes in worlds like `environment`, `count` at a time.
  init(
    environment: any Environment, network: ActorCriticNetwork, theta: FloatBuffer,
    discount: Double, count: Int
  ) {
    self.network = network
    self.theta = theta
    workspace = network.makeWorkspace(rows: count)
    worlds = Array(repeating: environment, count: count)
    state = Array(repeating: 0, count: environment.stateSize)
    let limit = 2 * environment.specification.studyLimit
    var (steps, weight) = (0, 1.0)
    while weight > 1e-3, steps < limit {
      weight *= discount
      steps += 1
    }
    longest = steps
  }

  /// Plays the next episodes to their ends. Where a world has several starts they take turns.
  func play(random: inout RandomStream) -> [MeasuredEpisode] {
    var episodes = [MeasuredEpisode](repeating: MeasuredEpisode(), count: worlds.count)
    for i in worlds.indices {
      let starts = worlds[i].specification.starts
      worlds[i].reset(start: starts > 1 ? begun % starts : nil, random: &random)
      begun += 1
    }
    var alive = Array(worlds.indices)
    while !alive.isEmpty {
      look(alive, &episodes)
      // Rows keep their worlds: who is given up is looked at once more, for the V it ends with.
      for (row, i) in alive.enumerated() where episodes[i].length < longest {
        step(i, row: row, &episodes[i], &random)
      }
      alive.removeAll { episodes[$0].terminated || episodes[$0].nextValues.count == longest }
    }
    return episodes
  }

  /// Policy and critic at the present states. V is what the last step led to.
  private func look(_ alive: [Int], _ episodes: inout [MeasuredEpisode]) {
    for (row, i) in alive.enumerated() { worlds[i].observe(into: workspace.observation(row)) }
    network.forward(theta.pointer, rows: 0..<alive.count, workspace: workspace)
    for (row, i) in alive.enumerated() where episodes[i].length > 0 {
      episodes[i].nextValues.append(Double(workspace.value(row)))
    }
  }

  private func step(
    _ i: Int, row: Int, _ episode: inout MeasuredEpisode, _ random: inout RandomStream
  ) {
    let width = workspace.observationWidth
    episode.observations.append(
      contentsOf: UnsafeBufferPointer(start: workspace.observation(row), count: width))
    episode.values.append(Double(workspace.value(row)))
    let action = Categorical.sample(
      workspace.logits(row), count: workspace.actions, using: &random)
    let outcome = worlds[i].step(action, random: &random)
    episode.actions.append(action)
    episode.rewards.append(outcome.reward)
    if outcome.terminated {
      episode.terminated = true
      episode.nextValues.append(0)
    } else if outcome.truncated {
      goOn(i)
    }
  }

  /// Sets back the count of steps, the last number of a saved state.
  private func goOn(_ i: Int) {
    worlds[i].save(into: &state)
    if !state.isEmpty { state[state.count - 1] = 0 }
    worlds[i].restore(from: state)
  }
}

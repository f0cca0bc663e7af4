internal import Environments
internal import Networks
internal import Randomness

/// Futures of saved states, played side by side in clones of a world under a frozen policy.
///
/// A time limit is no part of the process: a clone that reaches it is told that no step has been
/// taken, and goes on until it terminates or its rollout is long enough. Every future has a random
/// stream of its own, named by its number: equal numbers meet equal chances under any policy.
final class CloneRollouts {
  /// One clone and what has happened to it.
  struct Future {
    fileprivate var world: any Environment
    /// V of the state it began in.
    fileprivate(set) var criticValue = 0.0
    /// Reward of each step.
    fileprivate(set) var rewards: [Double] = []
    /// V of the state after each step; 0 where the episode terminated.
    fileprivate(set) var nextValues: [Double] = []
    /// Whether the last step terminated the episode; else the rollout was cut and bootstraps.
    fileprivate(set) var terminated = false
  }

  /// The futures; those of the last `begin` come first.
  private(set) var futures: [Future]
  private let network: ActorCriticNetwork
  private let workspace: ActorCriticWorkspace
  private var streams: [RandomStream]
  private var saved: [Double]
  /// The futures that go on; row r of the workspace belongs to `alive[r]`.
  private var alive: [Int] = []
  private var time = 0
  private var longest = 0

  /// Clones of `environment`, as many as may be played at once.
  init(network: ActorCriticNetwork, environment: any Environment, capacity: Int = 64) {
    self.network = network
    workspace = network.makeWorkspace(rows: capacity)
    futures = (0..<capacity).map { _ in Future(world: environment) }
    streams = Array(repeating: RandomStream(seed: 0), count: capacity)
    saved = Array(repeating: 0, count: environment.stateSize)
  }

  /// How many may be played at once.
  var capacity: Int { futures.count }

  /// Begins a future from each of `states`, as `Environment.save` wrote them.
  ///
  /// - Parameters:
  ///   - longest: steps after which a rollout is cut, at least 1.
  ///   - firstKey: the key of the first future's random stream; the others follow.
  func begin(_ states: [[Double]], longest: Int, seed: UInt64, firstKey: UInt64) {
    self.longest = longest
    time = 0
    alive = Array(states.indices)
    for i in alive {
      streams[i] = RandomStream(seed: seed, key: firstKey + UInt64(i))
      futures[i].rewards.removeAll(keepingCapacity: true)
      futures[i].nextValues.removeAll(keepingCapacity: true)
      futures[i].terminated = false
      saved = states[i]
      restoreWithoutSteps(i)
    }
  }

  /// Plays on until all futures have ended, or for about `steps` steps of all together. The same
  /// `theta` has to be given until they have ended. Returns whether they have.
  func play(_ theta: UnsafePointer<Float>, steps: Int) -> Bool {
    if time == 0, !alive.isEmpty {
      look(theta)
      for (row, i) in alive.enumerated() { futures[i].criticValue = Double(workspace.value(row)) }
    }
    var left = steps
    while left > 0, !alive.isEmpty {
      left -= alive.count
      act()
      look(theta)
      for (row, i) in alive.enumerated() {
        futures[i].nextValues.append(Double(workspace.value(row)))
      }
      time += 1
      if time == longest { alive.removeAll() }
    }
    return alive.isEmpty
  }

  /// Observes what goes on: logits and values of every row.
  private func look(_ theta: UnsafePointer<Float>) {
    guard !alive.isEmpty else { return }
    for (row, i) in alive.enumerated() {
      futures[i].world.observe(into: workspace.observation(row))
    }
    network.forward(theta, rows: 0..<alive.count, workspace: workspace)
  }

  /// Takes one step in every future; those that terminate go on no more.
  private func act() {
    var kept = 0
    for row in alive.indices {
      let i = alive[row]
      let action = network.shape.drawnAction(workspace.logits(row), using: &streams[i])
      let outcome = futures[i].world.step(action, random: &streams[i])
      futures[i].rewards.append(outcome.reward)
      futures[i].terminated = outcome.terminated
      if outcome.terminated {
        futures[i].nextValues.append(0)
        continue
      }
      if outcome.truncated { forgetSteps(i) }
      alive[kept] = i
      kept += 1
    }
    alive.removeLast(alive.count - kept)
  }

  /// Lets a clone go on past its time limit.
  private func forgetSteps(_ i: Int) {
    saved.withUnsafeMutableBufferPointer { state in
      if let base = state.baseAddress { futures[i].world.save(into: base) }
    }
    restoreWithoutSteps(i)
  }

  /// Takes up the saved state, the number of steps taken (its last number) being 0.
  private func restoreWithoutSteps(_ i: Int) {
    saved[saved.count - 1] = 0
    futures[i].world.restore(from: saved)
  }
}

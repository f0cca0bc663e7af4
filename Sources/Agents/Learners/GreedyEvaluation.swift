public import Environments
public import Networks
internal import Randomness

/// Fresh episodes of the greedy policy (the most probable action, or the best one), played side by side so that
/// forward passes are batched.
public final class GreedyEvaluation {
  /// What the episodes gave.
  public struct Result: Sendable, Equatable {
    /// Number of episodes.
    public var episodes: Int
    /// Mean undiscounted return.
    public var meanReturn: Double
    /// Standard deviation of the returns over the episodes (that of the sample, n - 1).
    public var standardDeviation: Double
    /// Mean number of steps.
    public var meanLength: Double
  }

  private let policy: any GreedyPolicy
  private var worlds: [any Environment]
  private var returns: [Double]
  private var lengths: [Int]
  private var alive: [Int] = []
  /// Steps after which an episode without end is given up.
  private let longest: Int

  /// An evaluation of `episodes` episodes in worlds like `environment`.
  public convenience init(
    network: ActorCriticNetwork, environment: any Environment, episodes: Int
  ) {
    self.init(
      policy: MostProbableAction(network, rows: episodes), environment: environment,
      episodes: episodes)
  }

  /// An evaluation of `episodes` episodes in worlds like `environment`.
  ///
  /// - Parameter policy: one with room for as many rows.
  public init(policy: any GreedyPolicy, environment: any Environment, episodes: Int) {
    precondition(episodes >= 1, "an evaluation needs an episode")
    self.policy = policy
    longest = environment.specification.studyLimit
    worlds = Array(repeating: environment, count: episodes)
    returns = Array(repeating: 0, count: episodes)
    lengths = Array(repeating: 0, count: episodes)
    alive.reserveCapacity(episodes)
  }

  /// Plays the episodes with the parameters `theta`. Where the world has several starts the
  /// episodes are spread over them. Equal seeds and keys give equal episodes.
  public func run(_ theta: UnsafePointer<Float>, seed: UInt64, key: UInt64) -> Result {
    var random = RandomStream(seed: seed ^ 0x6576_616C_7561_7465, key: key)
    alive.removeAll(keepingCapacity: true)
    for i in worlds.indices {
      let starts = worlds[i].specification.starts
      worlds[i].reset(start: starts > 1 ? i % starts : nil, random: &random)
      returns[i] = 0
      lengths[i] = 0
      alive.append(i)
    }
    while !alive.isEmpty { step(theta, &random) }
    return summary()
  }

  private func step(_ theta: UnsafePointer<Float>, _ random: inout RandomStream) {
    for (row, i) in alive.enumerated() { worlds[i].observe(into: policy.observation(row)) }
    policy.decide(rows: alive.count, parameters: theta)
    var kept = 0
    for row in 0..<alive.count {
      let i = alive[row]
      let outcome = worlds[i].step(policy.action(row), random: &random)
      returns[i] += outcome.reward
      lengths[i] += 1
      if !outcome.ended && lengths[i] < longest {
        alive[kept] = i
        kept += 1
      }
    }
    alive.removeLast(alive.count - kept)
  }

  private func summary() -> Result {
    let count = Double(returns.count)
    let mean = returns.reduce(0, +) / count
    let squares = returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return Result(
      episodes: returns.count, meanReturn: mean,
      standardDeviation: returns.count > 1 ? (squares / (count - 1)).squareRoot() : 0,
      meanLength: Double(lengths.reduce(0, +)) / count)
  }
}

internal import Environments
internal import Estimators
internal import Networks
internal import Randomness
internal import Telemetry

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Mean and variance of estimates of the policy gradient in a world whose probabilities are not
/// known, measured from episodes of a frozen policy. More may be played at any time.
///
/// A step at time t counts γᵗ. Of a long episode `rows` steps are drawn in that proportion and stand
/// for all. All weights judge the same steps of the same episodes; an episode is the unit whose
/// scatter gives the intervals.
final class MeasuredGradient {
  private let network: ActorCriticNetwork
  private let theta: FloatBuffer
  private let discount: Double
  private let player: MeasuredEpisodes
  private let workspace: ActorCriticWorkspace
  private let gradient: FloatBuffer
  /// Σ g of all episodes for each of `directions`.
  private var sums: [FloatBuffer]
  private var figures = GradientFigures()
  private var random: RandomStream

  /// Episodes of a part.
  private static let part = 4
  /// Steps of an episode that are passed back.
  private static let rows = 32
  private static let streamKey: UInt64 = 0x96AD_0000_0000_0000

  /// A measurement of the parameters `theta`, which are copied.
  init(
    environment: any Environment, network: ActorCriticNetwork, theta: UnsafePointer<Float>,
    discount: Double, seed: UInt64, key: UInt64
  ) {
    self.network = network
    self.discount = discount
    let frozen = network.makeParameters()
    frozen.pointer.update(from: theta, count: frozen.count)
    self.theta = frozen
    player = MeasuredEpisodes(
      environment: environment, network: network, theta: frozen, discount: discount,
      count: Self.part)
    workspace = network.makeWorkspace(rows: Self.rows)
    gradient = network.makeParameters()
    sums = GradientFigures.directions.map { _ in network.makeParameters() }
    random = RandomStream(seed: seed, key: Self.streamKey ^ key)
  }

  /// Episodes measured.
  var episodes: Int { figures.episodes.count }

  /// Plays another part.
  func play() {
    for episode in player.play(random: &random) { add(episode) }
  }

  /// The figures so far.
  func report(version: Int, enough: Int) -> GradientReport {
    GradientReport(
      entries: figures.entries, constant: figures.constant, exactNorm: nil, exact: false,
      episodes: episodes, progress: min(1, Double(episodes) / Double(enough)), update: version,
      age: 0)
  }

  private func add(_ episode: MeasuredEpisode) {
    let steps = drawSteps(of: episode.length)
    let rows = steps.indices
    let policy = read(steps, of: episode)
    var norms = [Double](repeating: 0, count: steps.count)
    for row in rows {
      workspace.writeLogGradient(
        row, of: episode.actions[steps[row].time], policy: policy[row], weight: 1)
    }
    network.squaredRowGradientNorms(
      theta.pointer, rows: rows, workspace: workspace, into: &norms)

    var unit = GradientFigures.Episode()
    for (direction, estimator) in GradientFigures.directions.enumerated() {
      let targets = returns(estimator, of: episode)
      for row in rows {
        let (time, share) = steps[row]
        let advantage = targets[time] - episode.values[time]
        unit.squares[direction] += share * norms[row] * advantage * advantage
        if direction == 0 { unit.add(targets[time], share: share, squaredNorm: norms[row]) }
        workspace.writeLogGradient(
          row, of: episode.actions[time], policy: policy[row], weight: share * advantage)
      }
      unit.products[direction] = passBack(rows, into: sums[direction])
    }
    figures.add(unit)
  }

  /// Steps to judge an episode by, and what each counts: γᵗ, or an equal share of Σ γᵗ when they are
  /// drawn, one from each of `rows` parts of equal weight.
  private func drawSteps(of length: Int) -> [(time: Int, share: Double)] {
    if length <= Self.rows { return (0..<length).map { ($0, pow(discount, Double($0))) } }
    let rest = pow(discount, Double(length))
    let total = discount < 1 ? (1 - rest) / (1 - discount) : Double(length)
    return (0..<Self.rows).map { part in
      let place = (Double(part) + random.uniform()) / Double(Self.rows)
      let time = discount < 1 ? log(1 - place * (1 - rest)) / log(discount) : place * Double(length)
      return (min(length - 1, Int(time)), total / Double(Self.rows))
    }
  }

  /// The policy at those steps, in double precision; the activations stay in the workspace.
  private func read(
    _ steps: [(time: Int, share: Double)], of episode: MeasuredEpisode
  ) -> [[Double]] {
    let width = workspace.observationWidth
    for (row, step) in steps.enumerated() {
      for i in 0..<width {
        workspace.observation(row)[i] = episode.observations[step.time * width + i]
      }
    }
    network.forward(theta.pointer, rows: steps.indices, workspace: workspace)
    return steps.indices.map {
      PolicyReading.softmax(workspace.logits($0), count: workspace.actions)
    }
  }

  private func returns(_ estimator: ReturnEstimator, of episode: MeasuredEpisode) -> [Double] {
    var terminated = [Bool](repeating: false, count: episode.length)
    let truncated = terminated
    if let last = terminated.indices.last { terminated[last] = episode.terminated }
    return estimateReturns(
      estimator, discount: discount, rewards: episode.rewards, nextValues: episode.nextValues,
      terminated: terminated, truncated: truncated)
  }

  /// Adds the rows' gradient to `sum`.
  ///
  /// - Returns: its product with what stood there before.
  private func passBack(_ rows: Range<Int>, into sum: FloatBuffer) -> Double {
    network.backward(
      theta.pointer, rows: rows, workspace: workspace, gradient: gradient.pointer)
    var product = 0.0
    for i in 0..<sum.count { product += Double(gradient.pointer[i]) * Double(sum.pointer[i]) }
    sum.add(gradient)
    return product
  }
}

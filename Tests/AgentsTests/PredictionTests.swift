import Agents
import Environments
import Estimators
import Foundation
import MarkovProcesses
import Randomness
import Testing

@Suite("Prediction in tables")
struct PredictionTests {
  /// The parts of the reference that are checked here.
  struct Reference: Decodable {
    struct Walk: Decodable {
      let states: Int
      let trueValues: [Double]
    }
    struct Learnt: Decodable {
      let n: Int?
      let lambda: Double?
      let alpha: Double
      let variant: String?
      let valuesAfterEpisode: [String: [Double]]
    }
    struct FixedEpisodes: Decodable {
      let episodes: [[Int]]
      let nStep: [Learnt]
      let lambdaReturn: [Learnt]
    }
    struct Row: Decodable {
      let lambda: Double
      let rms: [Double?]
      let standardError: [Double?]
    }
    let trueValues: [String: Walk]
    let fixedEpisodes: FixedEpisodes
    let alphasBatch: [Double]
    let lambdaReturnBatch: [Row]

    static func load() throws -> Reference {
      let url = try #require(
        Bundle.module.url(
          forResource: "random_walk", withExtension: "json", subdirectory: "Resources"))
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(Reference.self, from: Data(contentsOf: url))
    }
  }

  private static func trueValues(of walk: RandomWalk) throws -> [Double] {
    let mdp = try #require(walk.knownMDP)
    return try RewardProcess(mdp, policy: uniformPolicy(mdp)).values(discount: 1)
  }

  private static func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
    a.count == b.count ? zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
  }

  @Test("The walks' exact values are those of the reference")
  func trueValues() throws {
    let reference = try Reference.load()
    for walk in [RandomWalk.five, .nineteen] {
      let values = try Self.trueValues(of: walk)
      let expected = try #require(reference.trueValues["\(values.count)"])
      // The reference gives fifteen digits.
      #expect(Self.largestDifference(values, expected.trueValues) < 1e-12)
    }
  }

  /// The reference counts states from 1; 0 and 20 are the ends.
  private static func episode(_ states: [Int]) -> PredictionEpisode {
    var episode = PredictionEpisode(from: states[0] - 1)
    for state in states.dropFirst() {
      let isEnd = state == 0 || state == 20
      episode.append(
        reward: state == 0 ? -1 : state == 20 ? 1 : 0, state: isEnd ? -1 : state - 1)
    }
    return episode
  }

  private func check(
    _ method: inout some TabularPrediction, _ learnt: Reference.Learnt, _ episodes: [[Int]]
  ) {
    var values = [Double](repeating: 0, count: 19)
    var checked = 0
    for (index, states) in episodes.enumerated() {
      method.learn(from: Self.episode(states), stepSize: learnt.alpha, values: &values)
      guard let expected = learnt.valuesAfterEpisode["\(index + 1)"] else { continue }
      #expect(Self.largestDifference(values, expected) < 1e-10, "episode \(index + 1)")
      checked += 1
    }
    #expect(checked == learnt.valuesAfterEpisode.count && checked > 0)
  }

  @Test("n-step TD on given episodes gives the reference's values")
  func nStepOnFixedEpisodes() throws {
    let fixed = try Reference.load().fixedEpisodes
    for learnt in fixed.nStep {
      var method = NStepTD(steps: try #require(learnt.n), discount: 1)
      check(&method, learnt, fixed.episodes)
    }
  }

  @Test("Both off-line lambda-returns on given episodes give the reference's values")
  func lambdaReturnOnFixedEpisodes() throws {
    let fixed = try Reference.load().fixedEpisodes
    #expect(Set(fixed.lambdaReturn.compactMap(\.variant)) == ["sequential", "batch"])
    for learnt in fixed.lambdaReturn {
      var method = OfflineLambdaReturn(
        lambda: try #require(learnt.lambda), discount: 1,
        variant: try #require(OfflineLambdaReturn.Variant(rawValue: learnt.variant ?? "")))
      check(&method, learnt, fixed.episodes)
    }
  }

  @Test("The batch variant's errors agree with the reference within four standard errors")
  func batchTable() throws {
    let reference = try Reference.load()
    let walks = Self.walks(runs: 300)
    let truth = try Self.trueValues(of: .nineteen)
    for row in reference.lambdaReturnBatch {
      for (k, alpha) in reference.alphasBatch.enumerated() {
        var method = OfflineLambdaReturn(lambda: row.lambda, discount: 1, variant: .batch)
        let found = RunningStatistics(
          walks.map { Self.meanError(of: &method, alpha, $0, against: truth) })
        guard let expected = row.rms[k], let standardError = row.standardError[k] else {
          // The reference gives no number where errors grow beyond 5.
          #expect(!(found.mean <= 5), "lambda \(row.lambda) alpha \(alpha)")
          continue
        }
        let allowed =
          4
          * (found.standardError * found.standardError + standardError * standardError)
          .squareRoot()
        #expect(abs(found.mean - expected) <= allowed, "lambda \(row.lambda) alpha \(alpha)")
      }
    }
  }

  /// Ten walks over 19 states for each run.
  private static func walks(runs: Int) -> [[PredictionEpisode]] {
    (0..<runs).map { run in
      var random = RandomStream(seed: 11, key: UInt64(run))
      return (0..<10).map { _ in
        var state = 9
        var episode = PredictionEpisode(from: state)
        while (0..<19).contains(state) {
          state += random.below(2) == 0 ? -1 : 1
          let isEnd = state < 0 || state == 19
          episode.append(reward: state < 0 ? -1 : state == 19 ? 1 : 0, state: isEnd ? -1 : state)
        }
        return episode
      }
    }
  }

  private static func meanError(
    of method: inout OfflineLambdaReturn, _ alpha: Double, _ walks: [PredictionEpisode],
    against truth: [Double]
  ) -> Double {
    var values = [Double](repeating: 0, count: 19)
    var sum = 0.0
    for walk in walks {
      method.learn(from: walk, stepSize: alpha, values: &values)
      let squares = zip(values, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      sum += (squares / 19).squareRoot()
    }
    return sum / 10
  }
}

@Suite("Properties of prediction in tables")
struct PredictionPropertyTests {
  /// Random states and rewards; the last state -1 or, for a cut episode, another state.
  private func episode(length: Int, terminated: Bool, seed: UInt64) -> PredictionEpisode {
    var random = RandomStream(seed: seed)
    var episode = PredictionEpisode(from: random.below(6))
    for t in 0..<length {
      let isLast = t == length - 1
      episode.append(
        reward: random.uniform(from: -1, to: 1),
        state: isLast && terminated ? -1 : random.below(6))
    }
    return episode
  }

  private let start = [0.3, -0.2, 0.9, 0.1, -0.7, 0.5]

  private func learnt(_ method: some TabularPrediction, _ episode: PredictionEpisode) -> [Double] {
    var method = method
    var values = start
    // Twice: what is kept from a longer episode must not leak into the next.
    method.learn(
      from: self.episode(length: 40, terminated: false, seed: 9), stepSize: 0, values: &values)
    method.learn(from: episode, stepSize: 0.3, values: &values)
    return values
  }

  /// The update rule of Section 7.1, word for word.
  private func textbook(_ n: Int, _ discount: Double, _ episode: PredictionEpisode) -> [Double] {
    var values = start
    let length = episode.length
    func power(_ k: Int) -> Double { (0..<k).reduce(1) { p, _ in p * discount } }
    for tau in 0..<length {
      let end = min(tau + n, length)
      var target = (tau..<end).reduce(0.0) { $0 + power($1 - tau) * episode.rewards[$1] }
      if episode.states[end] >= 0 { target += power(end - tau) * values[episode.states[end]] }
      values[episode.states[tau]] += 0.3 * (target - values[episode.states[tau]])
    }
    return values
  }

  @Test("n-step TD is the book's loop, with any discount, ended or cut", arguments: [1, 2, 5, 30])
  func loop(n: Int) {
    for discount in [0, 0.5, 0.99, 1] {
      for terminated in [true, false] {
        let episode = episode(length: 17, terminated: terminated, seed: UInt64(n))
        let found = learnt(NStepTD(steps: n, discount: discount), episode)
        for (a, b) in zip(found, textbook(n, discount, episode)) { #expect(abs(a - b) < 1e-12) }
      }
    }
  }

  @Test("With n beyond the episode's length, n-step TD is the lambda-return of lambda 1")
  func monteCarlo() {
    let episode = episode(length: 25, terminated: true, seed: 3)
    let nStep = learnt(NStepTD(steps: 25, discount: 0.9), episode)
    let lambda = learnt(OfflineLambdaReturn(lambda: 1, discount: 0.9), episode)
    for (a, b) in zip(nStep, lambda) { #expect(abs(a - b) < 1e-12) }
  }

  @Test("The batch variant of lambda 0 sums the TD errors of the values at the start")
  func batch() {
    let episode = episode(length: 12, terminated: false, seed: 5)
    var expected = start
    for t in 0..<12 {
      let next = start[episode.states[t + 1]]
      expected[episode.states[t]] +=
        0.3 * (episode.rewards[t] + 0.9 * next - start[episode.states[t]])
    }
    let found = learnt(
      OfflineLambdaReturn(lambda: 0, discount: 0.9, variant: .batch), episode)
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-12) }
  }

  @Test("An episode without steps teaches nothing")
  func empty() {
    #expect(learnt(NStepTD(steps: 3, discount: 1), PredictionEpisode(from: 2)) == start)
    #expect(
      learnt(OfflineLambdaReturn(lambda: 0.5, discount: 1), PredictionEpisode(from: 2)) == start)
  }
}

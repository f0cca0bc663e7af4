import Foundation
import Networks
import Randomness
import Testing

@Suite("The categorical distribution")
struct CategoricalTests {
  @Test("Log-probabilities, entropy and divergence equal those to 60 digits")
  func referenceDistributions() throws {
    let file: CategoricalReference = try reference("categorical")
    #expect(file.categorical.count == 24)
    for example in file.categorical {
      let logits = example.logits.map(Float.init)
      let others = example.logitsQ.map(Float.init)
      let count = logits.count
      // The logits themselves are rounded to single precision.
      let rounding =
        2
        * zip(example.logits + example.logitsQ, logits + others).reduce(0) {
          max($0, abs($1.0 - Double($1.1)))
        }
      func expect(_ found: Float, _ expected: Double, _ what: String) {
        let tolerance = file.tolerance * max(1, abs(expected)) + rounding
        #expect(
          abs(Double(found) - expected) <= tolerance,
          "\(example.label): \(what) is \(found), not \(expected)")
      }
      var results = [Float](repeating: .nan, count: count)
      Categorical.logProbabilities(logits, count: count, into: &results)
      for index in 0..<count {
        expect(results[index], example.logProbabilities[index], "log p")
        expect(
          Categorical.logProbability(of: index, logits, count: count),
          example.logProbabilities[index], "one log p")
      }
      Categorical.probabilities(logits, count: count, into: &results)
      for index in 0..<count { expect(results[index], example.probabilities[index], "p") }
      expect(Categorical.entropy(logits, count: count), example.entropy, "entropy")
      expect(
        Categorical.divergence(from: logits, to: others, count: count), example.divergence, "KL")
    }
  }

  @Test("The entropy of equal logits is the logarithm of their number, that of one action 0")
  func uniformEntropy() {
    for count in 1...20 {
      let logits = [Float](repeating: 3.5, count: count)
      #expect(abs(Double(Categorical.entropy(logits, count: count)) - log(Double(count))) < 1e-6)
    }
  }

  @Test("Drawn actions have the frequencies of their probabilities")
  func sampling() {
    let logits: [Float] = [0.3, -1, 2, 0, -30]
    var probabilities = [Float](repeating: 0, count: 5)
    Categorical.probabilities(logits, count: 5, into: &probabilities)
    var random = RandomStream(seed: 17)
    var counts = [Int](repeating: 0, count: 5)
    var otherCounts = counts
    let draws = 40_000
    for _ in 0..<draws {
      counts[Categorical.sample(logits, count: 5, using: &random)] += 1
      otherCounts[Categorical.sample(probabilities: probabilities, count: 5, using: &random)] += 1
    }
    for action in 0..<5 {
      let p = Double(probabilities[action])
      let deviation = 4.5 * (p * (1 - p) * Double(draws)).squareRoot() + 1e-3
      #expect(abs(Double(counts[action]) - p * Double(draws)) <= deviation)
      #expect(abs(Double(otherCounts[action]) - p * Double(draws)) <= deviation)
    }
  }

  @Test("Impossible actions are never drawn, and broken logits still draw an action")
  func degenerate() {
    var random = RandomStream(seed: 1)
    for _ in 0..<1000 {
      #expect(Categorical.sample([-1e4, 1e4, -1e4], count: 3, using: &random) == 1)
      #expect((0..<2).contains(Categorical.sample([.nan, 0], count: 2, using: &random)))
      #expect((0..<2).contains(Categorical.sample([.infinity, 0], count: 2, using: &random)))
    }
    #expect(Categorical.entropy([.nan, 0], count: 2).isNaN)
    #expect(Categorical.entropy([0, -.infinity], count: 2) == 0)
  }

  @Test("The greedy action is the first of the greatest")
  func greedy() {
    #expect(Categorical.greedy([1, 3, 3, 2], count: 4) == 1)
    #expect(Categorical.greedy([5], count: 1) == 0)
    #expect(Categorical.greedy([.nan, .nan], count: 2) == 0)
  }
}

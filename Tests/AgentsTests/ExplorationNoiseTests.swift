import Randomness
import Testing

@testable import Agents

@Suite("Exploration noise")
struct ExplorationNoiseTests {
  private func numbers(_ noise: ExplorationNoise, count: Int = 200_000) -> [Double] {
    var process = NoiseProcess()
    var random = RandomStream(seed: 12)
    return (0..<count).map { _ in process.next(noise, random: &random) }
  }

  private func moments(_ x: [Double]) -> (mean: Double, deviation: Double, correlation: Double) {
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    let lagged = zip(x, x.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    return (mean, variance.squareRoot(), lagged / Double(x.count) / variance)
  }

  @Test(
    "The Ornstein-Uhlenbeck process has the mean, spread and memory of its Euler form",
    arguments: [
      OrnsteinUhlenbeck(), OrnsteinUhlenbeck(theta: 1, sigma: 0.5, timeStep: 0.25),
      OrnsteinUhlenbeck(theta: 1.5, sigma: 2, timeStep: 1),
    ])
  func ornsteinUhlenbeck(process: OrnsteinUhlenbeck) {
    let (mean, deviation, correlation) = moments(numbers(.ornsteinUhlenbeck(process)))
    let (theta, dt) = (process.theta, process.timeStep)
    let expected = process.sigma / (2 * theta - theta * theta * dt).squareRoot()
    // Four standard errors of a correlated series.
    let memory = (2 / (theta * dt)).squareRoot()
    #expect(abs(mean) < 4 * expected * memory / 447)
    #expect(abs(deviation - expected) < 4 * expected * memory / 447)
    #expect(process.stationaryDeviation == expected)
    #expect(abs(correlation - (1 - theta * dt)) < 0.01)
  }

  @Test("Gaussian noise has its deviation and no memory")
  func gaussian() {
    let (mean, deviation, correlation) = moments(numbers(.gaussian(standardDeviation: 0.3)))
    #expect(abs(mean) < 0.003)
    #expect(abs(deviation - 0.3) < 0.003)
    #expect(abs(correlation) < 0.01)
  }

  @Test("After a reset the process begins at 0")
  func reset() {
    var process = NoiseProcess()
    var random = RandomStream(seed: 1)
    let noise = ExplorationNoise.ornsteinUhlenbeck(OrnsteinUhlenbeck(sigma: 1))
    for _ in 0..<50 { _ = process.next(noise, random: &random) }
    #expect(process.value != 0)
    process.reset()
    #expect(process == NoiseProcess())
    var other = NoiseProcess()
    var same = random
    #expect(process.next(noise, random: &random) == other.next(noise, random: &same))
  }
}

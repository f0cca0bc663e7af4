import Agents
import Networks
import Testing
import Threads

@Suite("Shared parameters")
struct SharedParametersTests {
  private let threads = 8

  private func inParallel(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) throws {
    let running = try (0..<count).map { number in try OSThread { body(number) } }
    for thread in running { thread.join() }
  }

  @Test("Of a million pushes from eight threads none is lost and none counts twice")
  func conservation() throws {
    let shared = SharedParameters(count: 16, optimiser: .sgd) { $0.update(repeating: 0, count: 16) }
    let each = 125_000
    try inParallel(threads) { number in
      let gradient = FloatBuffer(count: 16)
      // All sums stay below 2^24, where single precision counts exactly.
      for index in 0..<16 { gradient[index] = -Float(number + 1) * (index % 2 == 0 ? 1 : -1) / 4 }
      for _ in 0..<each { _ = shared.push(gradient, scale: 2, learningRate: 0.5) }
    }
    #expect(shared.version == threads * each)
    let theta = FloatBuffer(count: 16)
    #expect(shared.pull(into: theta) == threads * each)
    let sum = Float(each * threads * (threads + 1) / 2) / 4
    #expect(theta.array == (0..<16).map { $0 % 2 == 0 ? sum : -sum })
  }

  @Test("A pull never sees half a push, and versions never go back")
  func noTornPull() throws {
    let count = 1024
    let shared = SharedParameters(count: count, optimiser: .rmsProp(RMSProp())) {
      $0.update(repeating: 0, count: count)
    }
    let faults = Locked(0)
    try inParallel(threads) { number in
      let vector = FloatBuffer(count: count)
      var version = 0
      for round in 0..<400 {
        if number % 2 == 0 {
          vector.fill(Float(round % 7) - 3)
          _ = shared.push(vector, scale: 1, learningRate: 0.01)
          continue
        }
        let pulled = shared.pull(into: vector)
        let first = vector[0]
        if pulled < version || !vector.array.allSatisfy({ $0 == first }) {
          faults.withLock { $0 += 1 }
        }
        version = pulled
      }
    }
    #expect(faults.withLock { $0 } == 0)
    #expect(shared.version == 4 * 400 && shared.checkFinite())
  }

  @Test("The statistics of RMSProp are shared: two workers' pushes are two steps of one optimiser")
  func sharedStatistics() {
    for optimiser in [Optimiser.rmsProp(RMSProp()), .adam(Adam())] {
      let shared = SharedParameters(count: 16, optimiser: optimiser) {
        $0.update(repeating: 0.5, count: 16)
      }
      let expected = FloatBuffer(count: 16)
      expected.fill(0.5)
      let state = OptimiserState(optimiser, count: 16)
      for size in [Float(1), -3, 0, 0.25] {
        let gradient = FloatBuffer(count: 16)
        gradient.fill(size)
        _ = shared.push(gradient, scale: 0.5, learningRate: 0.1)
        state.apply(
          gradient: gradient.pointer, scale: 0.5, learningRate: 0.1, to: expected.pointer)
      }
      let theta = FloatBuffer(count: 16)
      #expect(shared.pull(into: theta) == 4)
      #expect(theta.array == expected.array)
    }
  }

  @Test("Statistics that begin at 0 and gradients of 0 make no NaN, from many threads")
  func noNaN() throws {
    let rule = RMSProp(epsilonPlacement: .outsideRoot, initialMeanSquare: 0)
    let shared = SharedParameters(count: 64, optimiser: .rmsProp(rule)) {
      $0.update(repeating: 1, count: 64)
    }
    try inParallel(threads) { number in
      let gradient = FloatBuffer(count: 64)
      for round in 0..<1000 {
        gradient.fill((round + number) % 3 == 0 ? 0 : Float(number) - 3.5)
        _ = shared.push(gradient, scale: 1, learningRate: 0.001)
      }
    }
    #expect(shared.version == 8000 && shared.checkFinite() && !shared.diverged)
  }

  @Test("After a non-finite gradient nothing is applied, and a pull gives finite parameters")
  func divergence() {
    let shared = SharedParameters(count: 16, optimiser: .sgd) { $0.update(repeating: 2, count: 16) }
    let gradient = FloatBuffer(count: 16)
    gradient.fill(.nan)
    let norm = GradientNorm.norm(gradient.pointer, count: 16)
    let scale = GradientNorm.clippingFactor(norm: norm, limit: 0.5)
    #expect(shared.push(gradient, scale: scale, learningRate: 1) == 0)
    #expect(shared.diverged && !shared.checkFinite())
    gradient.fill(1)
    _ = shared.push(gradient, scale: 1, learningRate: 1)
    let theta = FloatBuffer(count: 16)
    #expect(shared.pull(into: theta) == 0)
    #expect(theta.array == Array(repeating: 2, count: 16))
  }

  @Test(
    "A parameter that became infinite is found when one looks, and the last good ones are given")
  func infiniteParameter() {
    let shared = SharedParameters(count: 16, optimiser: .sgd) { $0.update(repeating: 2, count: 16) }
    let gradient = FloatBuffer(count: 16)
    gradient.fill(1e30)
    _ = shared.push(gradient, scale: 1, learningRate: 1e30)
    #expect(!shared.checkFinite() && shared.diverged)
    let theta = FloatBuffer(count: 16)
    shared.pull(into: theta)
    #expect(theta.array == Array(repeating: 2, count: 16))
  }
}

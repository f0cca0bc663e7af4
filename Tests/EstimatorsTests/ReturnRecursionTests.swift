import Estimators
import Testing

@Suite("The recursion of the estimators, cell by cell")
struct ReturnRecursionTests {
  /// Steps of several worlds in memory that stays where it is.
  private final class Steps {
    let count: Int
    let worlds: Int
    let rollout: ReturnsTests.Rollout
    private let numbers: UnsafeMutablePointer<Double>
    private let flags: UnsafeMutablePointer<Bool>

    init(_ rollout: ReturnsTests.Rollout, worlds: Int = 1) {
      self.rollout = rollout
      self.worlds = worlds
      count = rollout.rewards.count
      numbers = .allocate(capacity: 5 * count)
      flags = .allocate(capacity: 2 * count)
      let blank = Array(repeating: Double.nan, count: 2 * count)
      for (i, x) in (rollout.rewards + rollout.values + rollout.nextValues + blank).enumerated() {
        (numbers + i).initialize(to: x)
      }
      for (i, x) in (rollout.terminated + rollout.truncated).enumerated() {
        (flags + i).initialize(to: x)
      }
    }

    deinit {
      numbers.deallocate()
      flags.deallocate()
    }

    var targets: [Double] { (0..<count).map { numbers[3 * count + $0] } }
    var advantages: [Double] { (0..<count).map { numbers[4 * count + $0] } }

    func recursion(_ estimator: ReturnEstimator, world: Int = 0) -> ReturnRecursion<Double> {
      ReturnRecursion(
        estimator, discount: 0.9, rewards: numbers + world, values: numbers + count + world,
        nextValues: numbers + 2 * count + world, terminated: flags + world,
        truncated: flags + count + world, count: count / worlds, stride: worlds,
        into: numbers + 3 * count + world, advantages: numbers + 4 * count + world)
    }

    func expected(_ estimator: ReturnEstimator) -> [Double] {
      estimateReturns(
        estimator, discount: 0.9, rewards: rollout.rewards, nextValues: rollout.nextValues,
        terminated: rollout.terminated, truncated: rollout.truncated, worlds: worlds)
    }
  }

  /// Twelve steps with an end of the world, one of the time limit, and one of the rollout.
  private static let rollout =
    ReturnsTests.rollout(steps: 5, seed: 1, terminated: true, truncated: false)
    + ReturnsTests.rollout(steps: 4, seed: 2, terminated: false, truncated: true)
    + ReturnsTests.rollout(steps: 3, seed: 3, terminated: false, truncated: false)

  @Test(
    "a cell fills one target, from the last step backwards, to the same bit",
    arguments: ReturnsTests.estimators)
  func cells(estimator: ReturnEstimator) {
    let steps = Steps(Self.rollout)
    let expected = steps.expected(estimator)
    var recursion = steps.recursion(estimator)
    #expect(recursion.cellsLeft == 12)
    for t in (0..<12).reversed() {
      recursion.advance()
      #expect(recursion.cellsLeft == t)
      #expect(Array(steps.targets[t...]) == Array(expected[t...]))
      #expect(steps.targets[..<t].allSatisfy(\.isNaN) && steps.advantages[..<t].allSatisfy(\.isNaN))
    }
    #expect(steps.advantages == zip(expected, Self.rollout.values).map { $0 - $1 })
  }

  @Test("what was begun cell by cell can be finished at once", arguments: ReturnsTests.estimators)
  func mixed(estimator: ReturnEstimator) {
    for cells in 0...12 {
      let steps = Steps(Self.rollout)
      var recursion = steps.recursion(estimator)
      for _ in 0..<cells { recursion.advance() }
      recursion.finish()
      #expect(recursion.cellsLeft == 0 && steps.targets == steps.expected(estimator))
    }
  }

  @Test("worlds side by side are taken in turn, cell by cell", arguments: ReturnsTests.estimators)
  func worlds(estimator: ReturnEstimator) {
    let steps = Steps(Self.rollout, worlds: 3)
    var recursions = (0..<3).map { steps.recursion(estimator, world: $0) }
    for _ in 0..<4 {
      for world in 0..<3 { recursions[world].advance() }
    }
    #expect(steps.targets == steps.expected(estimator))
  }

  @Test("a rollout without steps has no cell")
  func empty() {
    var recursion = Steps(.init()).recursion(.td)
    #expect(recursion.cellsLeft == 0)
    recursion.finish()
    #expect(recursion.cellsLeft == 0)
  }
}

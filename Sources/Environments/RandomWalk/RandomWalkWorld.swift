internal import Scenes

/// What stays the same while a walk goes on: shared by all copies of it, never changed.
final class RandomWalkWorld: Sendable {
  let states: Int
  let leftReward: Double
  let rightReward: Double
  let map: GridMap
  let specification: EnvironmentSpecification

  /// Steps after which an episode is truncated. From the middle of 19 states it takes 100 on
  /// average, and 10 000 with a probability below 1e-50.
  static let stepLimit = 10_000

  init(name: String, states: Int, leftReward: Double, rightReward: Double) {
    self.states = states
    self.leftReward = leftReward
    self.rightReward = rightReward
    var squares = [GridMap.Square](repeating: .floor, count: states)
    squares[states / 2] = .start
    map = GridMap(
      rows: 1, columns: states + 2, squares: [.pit] + squares + [.goal],
      endRewards: [leftReward, rightReward])
    specification = EnvironmentSpecification(
      name: name,
      summary: "what are \(states) states in a row worth? prediction: there is nothing to choose",
      observation: .discrete(states), actionSpace: .discrete(["walk"]), stepLimit: Self.stepLimit,
      stepsPerSecond: 10,
      rewards: "\(leftReward) beyond the left end, \(rightReward) beyond the right one, "
        + "0 for every other step",
      begins: "in the middle",
      ends: "beyond either end; truncated after \(Self.stepLimit) steps")
  }

  /// The reward of the step that leads to a place.
  func reward(at place: Int) -> Double {
    place < 0 ? leftReward : place >= states ? rightReward : 0
  }
}

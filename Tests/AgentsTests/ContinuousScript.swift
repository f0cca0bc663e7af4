import Environments
import Randomness
import Scenes

/// A world of continuous actions from -1 to 3 whose reward is the action as it was carried out. The
/// episodes end as written, in turn, and the agent sees the number of the episode and of the step.
struct ContinuousScript: Environment {
  /// How each episode ends: with the number of its steps.
  struct Ending: Sendable {
    var length: Int
    var terminated: Bool
    var truncated: Bool
  }

  static let everyEnding = [
    Ending(length: 3, terminated: true, truncated: false),
    Ending(length: 2, terminated: false, truncated: true),
    Ending(length: 4, terminated: true, truncated: true),
  ]

  let endings: [Ending]
  private(set) var episode = -1
  private(set) var step = 0

  init(_ endings: [Ending] = everyEnding) { self.endings = endings }

  var specification: EnvironmentSpecification {
    func quantity(_ name: String, _ low: Double, _ high: Double) -> ObservedQuantity {
      ObservedQuantity(name: name, symbol: "x", unit: "", low: low, high: high)
    }
    return EnvironmentSpecification(
      name: "ContinuousScript", summary: "pays what is done",
      observation: .box([quantity("episode", 0, 9), quantity("step", 0, 9)]),
      actionSpace: .box(quantity("action", -1, 3)), stepLimit: 9, stepsPerSecond: 50,
      rewards: "the action", begins: "at the first step", ends: "as written")
  }

  mutating func reset(start: Int?, random: inout RandomStream) {
    episode += 1
    step = 0
  }

  mutating func step(continuous action: Double, random: inout RandomStream) -> StepOutcome {
    let ending = endings[episode % endings.count]
    step += 1
    let isLast = step == ending.length
    return StepOutcome(
      reward: action, terminated: isLast && ending.terminated,
      truncated: isLast && ending.truncated)
  }

  func observe(into observation: UnsafeMutablePointer<Float>) {
    observation[0] = Float(episode % endings.count)
    observation[1] = Float(step)
  }

  var stateSize: Int { 2 }

  func save(into state: UnsafeMutablePointer<Double>) {
    (state[0], state[1]) = (Double(episode), Double(step))
  }

  mutating func restore(from state: UnsafePointer<Double>) {
    (episode, step) = (Int(state[0]), Int(state[1]))
  }

  func scene(lastAction action: Int?) -> Scene {
    .figure(Figure(lowerLeft: Point(0, 0), upperRight: Point(1, 1), shapes: []))
  }
}

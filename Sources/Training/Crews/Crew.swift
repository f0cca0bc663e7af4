internal import Agents

/// The workers of one training thread, stepped as state machines.
protocol Crew: AnyObject {
  /// Every worker takes `count` turns (A2C: workers with a complete rollout wait), or fewer when all
  /// workers have done `steps` environment steps before.
  func turns(_ count: Int, steps: Int, settings: LearningSettings)

  /// A3C: one turn of the worker of that number, if it is of this crew (in virtual time: of whoever
  /// is due).
  func turn(of worker: Int, settings: LearningSettings)

  /// A2C: the update that is due, together with the other threads.
  func update(settings: LearningSettings)

  /// Works until there is mail for the coordinator, or until all workers have done `steps`
  /// environment steps in all.
  func workUntilCalled(steps: Int, settings: LearningSettings)

  /// Whether an A2C update is due as far as this thread is concerned.
  var isComplete: Bool { get }

  /// The actors, for another crew to go on with.
  var actors: [Actor] { get }

  /// The first of them; nil in a crew without workers.
  var firstActor: Actor? { get }
}

internal import Agents

/// The workers of one training thread, stepped as state machines.
protocol Crew: AnyObject {
  /// Every worker takes `count` turns (A2C: workers with a complete rollout wait), or fewer when all
  /// workers have done `steps` environment steps before.
  func turns(_ count: Int, steps: Int, settings: LearningSettings)

  /// Without a barrier: one turn of the worker of that number, if it is of this crew (in virtual
  /// time: of whoever is due).
  func turn(of worker: Int, settings: LearningSettings)

  /// One phase of the algorithm, as the worker of that number goes through it. Where it is about to
  /// begin a turn, the others take theirs first, as the schedule has it; nobody comes between the
  /// phases of a turn. With a barrier all workers go from phase to phase in step.
  ///
  /// - Parameter stage: the least `stage` of all crews; 0 where a turn begins.
  func phase(of worker: Int, from stage: Int, settings: LearningSettings)

  /// Finishes turns that were begun phase by phase, before the crew lets its workers go.
  func finishTurns(settings: LearningSettings)

  /// A2C: the update that is due, together with the other threads.
  func update(settings: LearningSettings)

  /// Works until there is mail for the coordinator, or until all workers have done `steps`
  /// environment steps in all.
  func workUntilCalled(steps: Int, settings: LearningSettings)

  /// How far the crew is on its way through the phases: 0 while it acts. With a barrier: more as soon
  /// as its rollouts are complete; without: more while a worker stands within a turn. Nil where
  /// nobody waits for this crew.
  var stage: Int? { get }

  /// The rollouts of its workers; none where nothing is recorded of them.
  var rollouts: [Rollout] { get }

  /// The actors, for another crew to go on with.
  var actors: [Actor] { get }

  /// The first of them; nil in a crew without workers.
  var firstActor: Actor? { get }
}

extension Crew {
  /// Whether an A2C update is due as far as this thread is concerned.
  var isComplete: Bool { stage != 0 }
}

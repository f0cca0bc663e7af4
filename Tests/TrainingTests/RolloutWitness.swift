import Threads

@testable import Agents
@testable import Training

/// Takes down all of every rollout that its learner used, by another way than the recorder's.
final class RolloutWitness: UpdateRecorder, Sendable {
  /// Which rollout.
  struct Place: Hashable {
    var version: Int
    var worker: Int
  }

  /// What there is to say of it.
  struct Account: Equatable {
    var report: String
    var firstNumber: Int
    var random: String
    var steps: [[UInt32]]
    var pulledVersion: Int
  }

  let accounts = Locked<[Place: Account]>([:])

  func record(_ rollout: Rollout, _ update: UpdateReport) {
    for k in 0..<rollout.width {
      var steps: [[UInt32]] = []
      rollout.forEachPresentStep(of: k) { step in
        steps.append([
          UInt32(truncatingIfNeeded: step.action), step.reward.bitPattern, step.value.bitPattern,
          step.target?.bitPattern ?? .max, step.nextValue?.bitPattern ?? .max,
          step.advantage?.bitPattern ?? .max,
          step.terminated ? 1 : 0, step.truncated ? 1 : 0,
        ])
      }
      let actor = rollout.actors[k]
      let account = Account(
        report: String(describing: update), firstNumber: actor.steps - steps.count,
        random: String(describing: actor.random), steps: steps,
        pulledVersion: update.pulledVersion)
      accounts.withLock { $0[Place(version: update.version, worker: actor.index)] = account }
    }
  }
}

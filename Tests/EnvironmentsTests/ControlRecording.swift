import Environments
import Foundation
import Randomness
import Testing

/// Episodes of a world of continuous states, recorded with Gymnasium.
struct ControlRecording: Decodable {
  struct Episode: Decodable {
    let label: String
    let states: [[Double]]
    let actions: [Action]
    let observations: [[Float]]
    let rewards: [Double]
    let ended: Bool
    let terminatedAt: [Int]
    let truncatedAt: [Int]
    /// What this episode's numbers may differ by, where it is more than the file's.
    let tolerance: [String: Double]

    private enum CodingKeys: String, CodingKey {
      case label, states, actions, observations, rewards, ended, tolerance
      case terminatedAt = "terminated_at"
      case truncatedAt = "truncated_at"
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      label = try values.decode(String.self, forKey: .label)
      states = try values.decode([[Double]].self, forKey: .states)
      observations = try values.decode([[Float]].self, forKey: .observations)
      ended = try values.decode(Bool.self, forKey: .ended)
      terminatedAt = try values.decode([Int].self, forKey: .terminatedAt)
      truncatedAt = try values.decode([Int].self, forKey: .truncatedAt)
      tolerance = try values.decodeIfPresent([String: Double].self, forKey: .tolerance) ?? [:]
      if let indices = try? values.decode([Int].self, forKey: .actions) {
        actions = indices.map(Action.discrete)
      } else {
        actions = try values.decode([[Double]].self, forKey: .actions).map { .continuous($0[0]) }
      }
      if let every = try? values.decode([String: Double].self, forKey: .rewards) {
        rewards = actions.map { _ in every["every_step"] ?? .nan }
      } else {
        rewards = try values.decode([Double].self, forKey: .rewards)
      }
    }
  }

  let episodes: [Episode]
}

/// A world, the file of its recording, and what its numbers may differ by.
struct RecordedWorld: Sendable, CustomTestStringConvertible {
  let world: any Environment
  let file: String
  /// In one step.
  let state: Double
  let reward: Double
  let observation: Float
  /// In an episode played from its first state alone, and how many steps of it are compared.
  let freeRun: Double
  var freeSteps = Int.max
  /// Steps recorded, all episodes together.
  let steps: Int

  var testDescription: String { world.specification.name }

  static let all = [
    RecordedWorld(
      world: Pendulum(), file: "env_pendulum", state: 1e-12, reward: 1e-9, observation: 1e-6,
      freeRun: 1e-8, steps: 805),
    RecordedWorld(
      world: MountainCar(), file: "env_mountain_car", state: 1e-12, reward: 0, observation: 1e-6,
      freeRun: 1e-9, steps: 919),
    // Bit by bit.
    RecordedWorld(
      world: MountainCarContinuous(), file: "env_mountain_car_continuous", state: 0, reward: 0,
      observation: 0, freeRun: 0, steps: 1618),
    RecordedWorld(
      world: Acrobot(), file: "env_acrobot", state: 1e-11, reward: 0, observation: 1e-6,
      freeRun: 1e-6, freeSteps: 60, steps: 1388),
  ]
}

import Environments
import Networks
import Randomness
import Testing

@testable import Agents

@Suite("DDPG")
struct DDPGLearnerTests {
  static func settings(
    _ change: (inout DDPGHyperparameters) -> Void = { _ in }
  ) -> DDPGHyperparameters {
    var settings = DDPGHyperparameters()
    settings.hidden = [16, 8]
    settings.batchSize = 8
    settings.learningStarts = 5
    settings.trainFrequency = 1
    settings.replayCapacity = 40
    settings.outputBound = nil
    settings.targetUpdate = .polyak(tau: 0.005)
    change(&settings)
    return settings
  }

  static func learner(
    _ settings: DDPGHyperparameters = settings(), world: any Environment = ContinuousScript(),
    seed: UInt64 = 3
  ) -> DDPGLearner {
    DDPGLearner(
      actor: Actor(index: 0, environment: world, seed: seed, workers: 1),
      hyperparameters: settings, seed: seed)
  }

  static func hash(_ learner: DDPGLearner) -> String {
    parametersHash(learner.parameters.pointer, count: learner.parameters.count)
  }

  private func part(_ part: DDPGNetworks.Part, of learner: DDPGLearner) -> [Float] {
    Array(learner.parameters.array[learner.networks.range(of: part)])
  }

  // MARK: The loop

  @Test("A turn goes through the phases that are due, in order")
  func phases() {
    let learner = Self.learner(
      Self.settings {
        $0.trainFrequency = 3
        $0.gradientSteps = 2
      })
    typealias Phase = DDPGLearner.Phase
    let step: [Phase] = [.choose, .act, .store]
    let update: [Phase] = [.sample, .target, .critic, .actor, .track]
    for number in 1...12 {
      var seen: [Phase] = []
      repeat {
        #expect(learner.place == learner.phase.rawValue)
        seen.append(learner.phase)
      } while !learner.advance()
      #expect(seen == (number >= 6 && number % 3 == 0 ? step + update + update : step))
      #expect(learner.actor.steps == number)
    }
    #expect(learner.updates == 6)
  }

  @Test("What is stored: the action carried out, the state reached, and whether it terminated")
  func transitions() {
    let learner = Self.learner(
      Self.settings {
        $0.noise = .gaussian(standardDeviation: 5)
        $0.learningStarts = 0
      })
    var slot: Int32 = 0
    var clipped = 0
    for _ in 0..<3 {
      for (episode, ending) in ContinuousScript.everyEnding.enumerated() {
        for step in 0..<ending.length {
          learner.turn()
          let (replay, isLast) = (learner.replay, step + 1 == ending.length)
          #expect(replay.observation(slot)[0] == Float(episode))
          #expect(replay.observation(slot)[1] == Float(step))
          #expect(replay.next(slot)[0] == Float(episode))
          #expect(replay.next(slot)[1] == Float(step + 1))
          #expect(replay.terminated(slot) == (isLast && ending.terminated))
          // The world pays what was done.
          #expect(replay.action(slot) == replay.reward(slot))
          #expect(replay.action(slot) == learner.action)
          #expect(replay.action(slot) >= -1 && replay.action(slot) <= 3)
          if [-1, 3].contains(replay.action(slot)) { clipped += 1 }
          #expect(learner.hasEndedEpisode == isLast)
          slot += 1
        }
      }
    }
    #expect(clipped > 10)
  }

  @Test("Terminated is worth the reward alone, truncated bootstraps with the state reached")
  func targets() {
    let learner = Self.learner()
    var seen: [Bool: Int] = [:]
    for _ in 0..<30 {
      learner.turn()
      guard learner.updates > 0 else { continue }
      // One more batch and its targets, up to where the critic is trained.
      while learner.phase != .critic { learner.advance() }
      for row in 0..<learner.batch.count {
        let slot = learner.batch.slots[row]
        let next = learner.actionValueCurve(
          of: learner.replay.next(slot), points: 2, targets: true)
        let ended = learner.replay.terminated(slot)
        let expected = learner.replay.reward(slot) + (ended ? 0 : 0.99 * next.policyValue)
        #expect(abs(learner.batch.targets[row] - expected) < 1e-5)
        #expect(learner.batch.terminated[row] == ended)
        seen[ended, default: 0] += 1
      }
    }
    #expect(seen[true, default: 0] > 20 && seen[false, default: 0] > 20)
  }

  @Test("Each phase moves its own network: the actor's step leaves Q as it is")
  func networksMoved() {
    let learner = Self.learner()
    for _ in 0..<6 { learner.turn() }
    for _ in 0..<10 {
      var finished = false
      while !finished {
        let phase = learner.phase
        let before = DDPGNetworks.Part.allCases.map { part($0, of: learner) }
        finished = learner.advance()
        let moved = DDPGNetworks.Part.allCases.filter {
          part($0, of: learner) != before[$0.rawValue]
        }
        switch phase {
        case .critic: #expect(moved == [.critic])
        case .actor: #expect(moved == [.actor])
        case .track: #expect(moved == [.targetActor, .targetCritic])
        default: #expect(moved == [])
        }
      }
    }
  }

  // MARK: Targets

  @Test("Targets move by tau of the way, from where they were", arguments: [0, 0.25, 1])
  func polyak(tau: Double) {
    let learner = Self.learner(Self.settings { $0.targetUpdate = .polyak(tau: tau) })
    for _ in 0..<8 { learner.turn() }
    while learner.phase != .track { learner.advance() }
    let before = learner.parameters.array
    learner.advance()
    let count = learner.networks.onlineCount
    for index in 0..<count {
      let expected = Float(tau) * before[index] + Float(1 - tau) * before[count + index]
      #expect(abs(learner.parameters[count + index] - expected) <= 1e-7)
      if tau == 1 { #expect(learner.parameters[count + index] == before[index]) }
      if tau == 0 { #expect(learner.parameters[count + index] == before[count + index]) }
    }
    #expect((learner.targetActorDistance == 0) == (tau == 1))
    #expect((learner.targetCriticDistance == 0) == (tau == 1))
  }

  @Test("Copies are made every so many steps, and otherwise the targets stay")
  func copies() {
    let learner = Self.learner(
      Self.settings {
        $0.targetUpdate = .copy(steps: 4)
        $0.trainFrequency = 3
      })
    for step in 1...24 {
      let before = part(.targetCritic, of: learner)
      learner.turn()
      let isDue = step % 4 == 0 && learner.updates > 0
      if isDue {
        #expect(part(.targetCritic, of: learner) == part(.critic, of: learner))
        #expect(part(.targetActor, of: learner) == part(.actor, of: learner))
        #expect(part(.targetCritic, of: learner) != before)
      } else {
        #expect(part(.targetCritic, of: learner) == before)
      }
    }
    #expect(learner.updates == 7)
  }

  // MARK: Acting

  @Test("The first actions are drawn from the whole range, the rest are the actor's with noise")
  func actions() {
    let learner = Self.learner(
      Self.settings {
        $0.learningStarts = 400
        $0.noise = .gaussian(standardDeviation: 0.05)
      })
    var drawn: [Float] = []
    for _ in 0..<400 {
      #expect(learner.isWarmingUp)
      learner.turn()
      drawn.append(learner.action)
    }
    #expect((drawn.min() ?? 0) < -0.95 && (drawn.max() ?? 0) > 2.95)
    #expect(abs(drawn.reduce(0, +) / 400 - 1) < 0.25)
    for _ in 0..<20 {
      #expect(!learner.isWarmingUp)
      learner.turn()
      let expected = learner.networks.clip(learner.policyAction + 2 * Float(learner.noise.value))
      #expect(learner.action == expected)
    }
  }

  @Test("Noise begins anew with every episode")
  func noiseReset() {
    let learner = Self.learner(
      Self.settings {
        $0.learningStarts = 0
        $0.noise = .ornsteinUhlenbeck(OrnsteinUhlenbeck(theta: 0.001, sigma: 0.1))
      })
    var previous = 0.0
    for _ in 0..<40 {
      let isFirst = learner.hasEndedEpisode || learner.actor.steps == 0
      var random = learner.actor.random
      learner.turn()
      let expected = (isFirst ? 0 : previous * (1 - 0.001)) + 0.1 * random.normal()
      #expect(abs(learner.noise.value - expected) < 1e-12)
      previous = learner.noise.value
    }
  }

  @Test("The greedy policy is the actor's action without noise")
  func greedy() {
    let learner = Self.learner()
    let policy = learner.greedyPolicy(rows: 3)
    for _ in 0..<12 {
      policy.observation(1).update(from: learner.reachedObservation, count: 2)
      learner.turn()
      policy.observation(2).update(from: learner.observation, count: 2)
      let curve = learner.actionValueCurve(of: learner.observation, points: 3)
      policy.decide(rows: 3, parameters: learner.parameters.pointer)
      #expect(policy.action(2) == .continuous(Double(curve.policyAction)))
    }
  }
}

import Estimators
import Networks
import Threads

@testable import Agents
@testable import Training

extension RecordedRun {
  /// Settings whose clipping bites now and then.
  static func settings(
    _ estimator: ReturnEstimator = .nStep(5), length: Int = 5, workers: Int = 8
  ) -> LearningSettings {
    var hyperparameters = ActorCriticHyperparameters()
    hyperparameters.estimator = estimator
    hyperparameters.rolloutLength = length
    hyperparameters.learningRate = 3e-3
    hyperparameters.criticLearningRate = 6e-3
    hyperparameters.learningRateSchedule = .linear
    return LearningSettings(hyperparameters, budget: 20_000, workers: workers)
  }

  /// Settings that change every so many steps, or updates.
  static func changes(every interval: Int) -> @Sendable (Int) -> LearningSettings {
    { now in
      let estimators: [ReturnEstimator] = [.nStep(5), .monteCarlo, .td, .lambda(0.8)]
      let part = now / interval
      var settings = settings(estimators[part % 4], length: 3 + 4 * (part % 3))
      settings.discount = part % 2 == 0 ? 0.99 : 0.9
      settings.loss.entropyCoefficient = Float(part) * 0.01
      settings.learningRate = part % 3 == 0 ? 1e-3 : 5e-3
      return settings
    }
  }

  static func plan(
    _ interval: Int = 300, keyframes: Int = 64, gradients: Int = 7
  ) -> KeyframePlan {
    KeyframePlan(interval: interval, keyframes: keyframes, gradients: gradients)
  }

  /// Eight workers of A3C on two threads.
  func a3cOnTwoThreads(steps: Int) throws {
    let running = try (0..<2).map { thread in
      try OSThread {
        FlushToZero.enable()
        let crew = (0..<4).map {
          worker(2 * $0 + thread, of: 8, thread: thread, Self.settings())
        }
        while clock.steps < steps {
          for worker in crew { _ = worker.turn(Self.settings(), observer: nil) }
        }
      }
    }
    for thread in running { thread.join() }
  }
}

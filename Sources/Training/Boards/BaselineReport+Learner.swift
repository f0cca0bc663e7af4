internal import Agents
internal import Telemetry

extension BaselineReport {
  /// What a learner says of the episodes it has just learnt from.
  init(_ learner: ReinforceLearner) {
    var steps: [Step] = []
    var hasEnded = false
    learner.rollout.forEachLearntStep(of: 0) { step in
      if hasEnded { steps.removeAll(keepingCapacity: true) }
      steps.append(Step(target: Double(step.target), baseline: Double(step.value)))
      hasEnded = step.terminated || step.truncated
    }
    self.init(
      steps: steps,
      spreads: learner.comparison.entries.map {
        Spread(
          baseline: $0.baseline.rawValue, isInUse: $0.baseline == learner.settings.baseline,
          variance: $0.spread.variance, meanVariance: $0.meanVariance)
      },
      episodes: learner.settings.episodesPerUpdate, averaged: learner.comparison.averaged)
  }
}

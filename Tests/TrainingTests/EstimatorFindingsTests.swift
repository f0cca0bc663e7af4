import Agents
import Environments
import Estimators
import MarkovProcesses
import Networks
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Training

@Suite("What the view of the estimators is told")
struct EstimatorFindingsTests {
  static let clouds: [ReturnEstimator] = [.td, .nStep(4), .lambda(0.95), .monteCarlo]

  private func interest(
    _ page: EstimatorPage, _ subject: StudySubject, field: ReturnEstimator = .nStep(7),
    worker: Int = 0
  ) -> Interest {
    Interest(
      worker: worker,
      estimators: EstimatorInterest(
        page: page, subject: subject, clouds: Self.clouds, field: field))
  }

  /// A paused run that has learnt a little.
  private func paused(_ preset: String, steps: Int = 1_500) throws -> TrainingSession {
    var configuration = try Runs.configuration(preset)
    configuration.stepLimit = nil
    let session = try TrainingSession(configuration, watched: true)
    session.waitUntil("it learns") { session.progress.steps > steps }
    session.pause()
    return session
  }

  /// The report of the paused run's present parameters.
  private func report(
    _ session: TrainingSession, _ interest: Interest,
    where holds: @escaping (EstimatorReport) -> Bool
  ) throws -> EstimatorReport {
    session.send(.show(interest))
    session.waitUntil("the report is made") {
      session.snapshot().estimators.map(holds) ?? false
    }
    return try #require(session.snapshot().estimators)
  }

  /// What is exact for the paused run's parameters, computed apart from the analyst.
  private func exact(
    _ session: TrainingSession, _ estimators: [ReturnEstimator]
  ) throws -> (analysis: TargetAnalysis, critic: [Double], shares: [Double]) {
    let state = session.state
    let environment = state.configuration.environment
    let theta = state.model.makeParameters()
    _ = state.shared.pull(into: theta)
    let mdp = try #require(environment.knownMDP)
    let content = PolicyReading(network: try #require(state.model.network), states: mdp.states)
      .read(theta.pointer)
    let process = RewardProcess(mdp, policy: content.probabilities)
    let analysis = try process.targetAnalysis(
      of: estimators, critic: content.values,
      discount: state.facts.withLock { $0.settings.discount })
    let shares = process.visitDistribution(
      starts: environment.startStates, horizon: environment.specification.stepLimit)
    return (analysis, content.values, shares)
  }

  @Test("in a maze the figures at a state are the exact ones to 1e-8, and the dots are around them")
  func state() throws {
    let session = try paused("a3c-four-by-three")
    let version = session.state.shared.version
    let found = try report(session, interest(.state, .tabular(2))) {
      $0.state?.update == version && $0.subject?.tabularState == 2
    }
    let grid = EstimatorGrid.view
    let exact = try self.exact(session, grid.estimators + Self.clouds)
    let state = try #require(found.state)
    #expect(state.exact && state.samples == 0 && state.progress == 1 && state.age < 60)
    #expect(abs(state.trueValue - exact.analysis.trueValues[2]) < 1e-8)
    #expect(abs(state.criticValue - exact.critic[2]) < 1e-8)
    #expect((state.nStep + state.lambda).map(\.estimator) == grid.estimators)
    for (entry, target) in zip(state.nStep + state.lambda, exact.analysis.targets) {
      #expect(abs(entry.biasSquared - target.biasSquared(2)) < 1e-8)
      #expect(abs(entry.variance - target.variance[2]) < 1e-8)
      #expect(entry.biasInterval == 0 && entry.varianceInterval == 0)
    }
    #expect(found.clouds.map(\.estimator) == Self.clouds)
    for (cloud, target) in zip(found.clouds, exact.analysis.targets.suffix(4)) {
      #expect(abs(cloud.mean - target.mean[2]) < 1e-8)
      #expect(abs(cloud.standardDeviation - target.variance[2].squareRoot()) < 1e-8)
      let count = Double(cloud.targets.count)
      #expect(count <= 256 && count >= 32)
      let mean = cloud.targets.reduce(0, +) / count
      #expect(abs(mean - cloud.mean) < 4 * cloud.standardDeviation / count.squareRoot() + 1e-6)
    }
    #expect(found.average == nil && found.field == nil && found.gradient == nil)
    session.end()
  }

  @Test("in a maze averages are those over the policy's own states, and the map is every state's")
  func average() throws {
    let session = try paused("a3c-four-by-three")
    let version = session.state.shared.version
    let found = try report(session, interest(.average, .worker)) {
      $0.average?.update == version
    }
    let exact = try self.exact(session, EstimatorGrid.view.estimators + [.nStep(7)])
    let average = try #require(found.average)
    func mean(_ figure: (Int) -> Double) -> Double {
      exact.shares.indices.reduce(0) { $0 + exact.shares[$1] * figure($1) }
    }
    for (entry, target) in zip(average.nStep + average.lambda, exact.analysis.targets) {
      #expect(abs(entry.biasSquared - mean(target.biasSquared)) < 1e-8)
      #expect(abs(entry.variance - mean { target.variance[$0] }) < 1e-8)
    }
    #expect(abs(average.trueValue - mean { exact.analysis.trueValues[$0] }) < 1e-8)
    let field = try #require(found.field)
    let target = try #require(exact.analysis.targets.last)
    #expect(field.estimator == .nStep(7) && field.update == version)
    for state in exact.shares.indices {
      #expect(abs(field.bias[state] - target.bias[state]) < 1e-8)
      #expect(abs(field.variance[state] - target.variance[state]) < 1e-8)
      #expect(abs(field.visits[state] - exact.shares[state]) < 1e-8)
    }
    #expect(found.state == nil && found.clouds.isEmpty)
    session.end()
  }

  @Test("the subject is a worker's state, a state of the table or one that was kept")
  func subjects() throws {
    let session = try paused("a3c-corridor")
    let ofWorker = try report(session, interest(.state, .worker, worker: 1)) { $0.subject != nil }
    let stage = session.snapshot().stage
    #expect(ofWorker.subject?.tabularState == stage.observation.first.map { Int($0) })
    #expect(ofWorker.subject?.scene != nil)
    let kept = KeptState(name: "an earlier one", state: [5, 4, 17])
    let ofKept = try report(session, interest(.state, .kept(kept))) {
      $0.subject?.kept.name == kept.name
    }
    #expect(ofKept.subject?.kept == kept && ofKept.subject?.tabularState == 5)
    #expect(ofKept.state?.state == kept.name)
    let ofTable = try report(session, interest(.state, .tabular(5))) {
      $0.subject?.kept.name != kept.name
    }
    #expect(ofTable.subject?.kept.state == [5, -1, 0])
    #expect(ofTable.subject?.kept.name.hasPrefix("row ") == true)
    session.end()
  }

  @Test(
    "a state that does not exist, or in which the episode has ended, is told nothing about",
    arguments: [
      StudySubject.tabular(-1), .tabular(12), .kept(KeptState(name: "short", state: [1])),
      .kept(KeptState(name: "the goal", state: [12, 11, 3])),
      .kept(KeptState(name: "nowhere", state: [.nan, 0, 0])),
    ])
  func noSuchState(subject: StudySubject) throws {
    let session = try paused("a3c-corridor")
    #expect(
      SubjectReading(session: session.state).subject(subject, worker: 0) == nil)
    session.send(.show(interest(.state, subject)))
    session.waitUntil("the interest is known") {
      session.state.facts.withLock { $0.interest.estimators != nil }
    }
    OSThread.sleep(seconds: 0.2)
    #expect(session.snapshot().estimators?.state == nil)
    session.end()
  }

  @Test("where the process is not known the figures are measured, with intervals and progress")
  func measured() throws {
    let session = try paused("a3c-cartpole")
    // A worker may have paused one step before its pole falls: no noise there.
    let upright = KeptState(name: "upright", state: [0.01, 0, 0.01, 0, 0])
    for page in [EstimatorPage.state, .average] {
      let found = try report(session, interest(page, .kept(upright))) {
        let report = page == .state ? $0.state : $0.average
        return (report?.samples ?? 0) >= 256
      }
      let figures = try #require(page == .state ? found.state : found.average)
      #expect(!figures.exact && figures.progress > 0 && figures.progress <= 1)
      #expect(figures.trueValue > 1 && figures.nStep.count == 9 && figures.lambda.count == 13)
      // Monte-Carlo is the measure of bias; the others have intervals, but for those whose n is
      // beyond every episode.
      #expect(figures.nStep.last?.biasSquared == 0 && figures.nStep.last?.biasInterval == 0)
      #expect(try #require(figures.nStep.first).biasInterval > 0)
      for entry in figures.nStep.dropLast() {
        #expect(entry.biasSquared >= 0 && entry.biasInterval >= 0 && entry.varianceInterval > 0)
      }
      #expect(found.clouds.count == (page == .state ? 4 : 0))
      for cloud in found.clouds { #expect(cloud.targets.count == 256) }
      if page == .state { #expect(found.subject?.kept.state.count == 5) }
    }
    session.end()
  }

  @Test("with the view closed nothing is told, and nothing kept for when it opens")
  func closed() throws {
    let session = try paused("a3c-corridor")
    #expect(session.snapshot().estimators == nil)
    _ = try report(session, interest(.average, .worker)) { $0.average != nil }
    session.send(.show(Interest()))
    session.waitUntil("nothing is told") { session.snapshot().estimators == nil }
    session.end()
  }
}

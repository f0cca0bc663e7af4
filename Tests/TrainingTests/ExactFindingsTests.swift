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

/// A process under a policy, and the moments of its targets by the plain definition: operators are
/// applied over and over until nothing changes, nothing is eliminated.
private struct PlainProcess {
  let mdp: TabularMDP
  let policy: [[Double]]
  let critic: [Double]
  let discount: Double

  /// Mean of f(reward, next state) over the actions and outcomes of each state.
  private func mean(_ f: (Double, Int) -> Double) -> [Double] {
    (0..<mdp.states).map { state in
      (0..<mdp.actions).reduce(0) { sum, action in
        mdp.outcomes[state][action].reduce(sum) {
          $0 + policy[state][action] * $1.probability * f($1.reward, $1.nextState)
        }
      }
    }
  }

  /// First and second moment of the targets that follow one another by G = r + γ(bV(s') + cG'), c = 1 -
  /// b: `count` of them, from those that are V.
  private func moments(bootstrap b: Double, count: Int) -> (first: [Double], second: [Double]) {
    var (first, second) = (critic, critic.map { $0 * $0 })
    for _ in 0..<count {
      let (m, s) = (first, second)
      first = mean { reward, next in
        next < 0 ? reward : reward + discount * (b * critic[next] + (1 - b) * m[next])
      }
      second = mean { reward, next in
        guard next >= 0 else { return reward * reward }
        let x = reward + discount * b * critic[next]
        let c = discount * (1 - b)
        return x * x + 2 * x * c * m[next] + c * c * s[next]
      }
    }
    return (first, second)
  }

  static let forEver = 20_000

  /// Mean and variance of a target in every state.
  func target(_ estimator: ReturnEstimator) -> (mean: [Double], variance: [Double]) {
    let found =
      switch estimator {
      case .td: moments(bootstrap: 0, count: 1)
      case .nStep(let n): moments(bootstrap: 0, count: n)
      case .monteCarlo: moments(bootstrap: 0, count: Self.forEver)
      case .lambda(let lambda): moments(bootstrap: 1 - lambda, count: Self.forEver)
      }
    return (found.first, zip(found.first, found.second).map { $1 - $0 * $0 })
  }

  /// The share of an episode's steps spent in each state.
  func shares(starts: [Int], limit: Int) -> [Double] {
    var present = [Double](repeating: 0, count: mdp.states)
    for start in starts { present[start] += 1 / Double(starts.count) }
    var visits = [Double](repeating: 0, count: mdp.states)
    for _ in 0..<limit {
      var following = [Double](repeating: 0, count: mdp.states)
      for state in 0..<mdp.states {
        visits[state] += present[state]
        for action in 0..<mdp.actions {
          for outcome in mdp.outcomes[state][action] where outcome.nextState >= 0 {
            following[outcome.nextState] +=
              present[state] * policy[state][action] * outcome.probability
          }
        }
      }
      present = following
    }
    let total = visits.reduce(0, +)
    return visits.map { $0 / total }
  }
}

@Suite("The view's exact figures against the plain definition")
struct ExactFindingsTests {
  private static func interest(_ page: EstimatorPage) -> Interest {
    Interest(
      estimators: EstimatorInterest(
        page: page, subject: .tabular(3), clouds: EstimatorFindingsTests.clouds,
        field: .lambda(0.8)))
  }

  /// The policy and critic of a paused run, read from its network state by state.
  private func process(_ session: TrainingSession) throws -> PlainProcess {
    let state = session.state
    let mdp = try #require(state.configuration.environment.knownMDP)
    let theta = state.model.makeParameters()
    _ = state.shared.pull(into: theta)
    let network = try #require(state.model.network)
    let workspace = network.makeWorkspace(rows: 1)
    var (policy, critic) = ([[Double]](), [Double]())
    for index in 0..<mdp.states {
      workspace.observation(0)[0] = Float(index)
      network.forward(theta.pointer, rows: 0..<1, workspace: workspace)
      policy.append(PolicyReading.softmax(workspace.logits(0), count: mdp.actions))
      critic.append(Double(workspace.value(0)))
    }
    return PlainProcess(
      mdp: mdp, policy: policy, critic: critic,
      discount: state.facts.withLock { $0.settings.discount })
  }

  @Test(
    "a state, the average and the map are right to 1e-8, and follow a discount that is changed",
    arguments: ["a3c-four-by-three", "a3c-cliff"])
  func equal(preset: String) throws {
    var configuration = try Runs.configuration(preset)
    configuration.stepLimit = nil
    let session = try TrainingSession(configuration, watched: true)
    session.waitUntil("it learns") { session.progress.steps > 2_000 }
    session.pause()
    for discount in [0.99, 0.9] {
      session.send(.change(.discount(discount)))
      session.waitUntil("the discount is in force") {
        session.snapshot().settings.discount == discount
      }
      let process = try process(session)
      let grid = EstimatorGrid.view.estimators
      let targets = grid.map(process.target)
      let truth = process.target(.monteCarlo).mean

      session.send(.show(Self.interest(.state)))
      session.waitUntil("the state's figures are of this discount") {
        let found = session.snapshot().estimators?.state
        return found.map { abs($0.trueValue - truth[3]) < 1e-8 } ?? false
      }
      let state = try #require(session.snapshot().estimators?.state)
      for (entry, target) in zip(state.nStep + state.lambda, targets) {
        let bias = target.mean[3] - truth[3]
        #expect(abs(entry.biasSquared - bias * bias) < 1e-8, "\(entry.estimator)")
        #expect(abs(entry.variance - target.variance[3]) < 1e-8, "\(entry.estimator)")
      }
      #expect(state.nStep.contains { $0.biasSquared > 1e-6 && $0.variance > 1e-6 })

      let world = configuration.environment
      let shares = process.shares(
        starts: world.startStates, limit: world.specification.stepLimit)
      func mean(_ figure: (Int) -> Double) -> Double {
        shares.indices.reduce(0) { $0 + shares[$1] * figure($1) }
      }
      session.send(.show(Self.interest(.average)))
      session.waitUntil("the average is made") {
        session.snapshot().estimators?.average != nil
      }
      let found = try #require(session.snapshot().estimators)
      let average = try #require(found.average)
      #expect(abs(average.trueValue - mean { truth[$0] }) < 1e-8)
      for (entry, target) in zip(average.nStep + average.lambda, targets) {
        let bias = mean { (target.mean[$0] - truth[$0]) * (target.mean[$0] - truth[$0]) }
        #expect(abs(entry.biasSquared - bias) < 1e-8, "\(entry.estimator)")
        #expect(abs(entry.variance - mean { target.variance[$0] }) < 1e-8, "\(entry.estimator)")
      }
      let field = try #require(found.field)
      let target = process.target(.lambda(0.8))
      for index in shares.indices {
        #expect(abs(field.bias[index] - (target.mean[index] - truth[index])) < 1e-8)
        #expect(abs(field.variance[index] - target.variance[index]) < 1e-8)
        #expect(abs(field.visits[index] - shares[index]) < 1e-8)
      }
    }
    session.end()
  }

  @Test("a run that stands still costs the analyst nothing: its figures are read once")
  func standsStill() throws {
    var configuration = try Runs.configuration("a3c-four-by-three")
    configuration.stepLimit = nil
    let session = try TrainingSession(configuration, watched: true)
    session.waitUntil("it learns") { session.progress.steps > 2_000 }
    session.pause()
    let state = session.state
    let theta = state.model.makeParameters()
    let version = state.shared.pull(into: theta)
    let study = try #require(GridStudy(session: state))
    study.read(theta.pointer, version: version, discount: 0.9)
    let read = study.content.values
    let wanted = try #require(Self.interest(.state).estimators)
    let first = study.estimators(wanted, worker: 0)
    #expect(study.layers()?.update == version && first?.state != nil)
    // Other numbers under the same version are not looked at.
    for i in 0..<theta.count { theta[i] = 0 }
    study.read(theta.pointer, version: version, discount: 0.9)
    #expect(study.content.values == read && study.estimators(wanted, worker: 0) == first)
    study.read(theta.pointer, version: version, discount: 0.8)
    #expect(study.estimators(wanted, worker: 0) != first)
    study.read(theta.pointer, version: version + 1, discount: 0.8)
    #expect(study.content.values == read.map { _ in 0 })
    session.end()
  }

  @Test("figures that are no numbers are not told")
  func notFinite() throws {
    let session = try TrainingSession(Runs.configuration("a3c-four-by-three"), watched: true)
    let theta = session.state.model.makeParameters()
    let study = try #require(GridStudy(session: session.state))
    let wanted = try #require(Self.interest(.state).estimators)
    for value in [Float.nan, .infinity, 3e38] {
      for i in 0..<theta.count { theta[i] = value }
      study.read(theta.pointer, version: Int(theta[0].bitPattern), discount: 0.9)
      if let report = study.estimators(wanted, worker: 0)?.state {
        #expect((report.nStep + report.lambda).allSatisfy { $0.variance.isFinite })
      }
    }
    session.end()
  }

  @Test("where figures are measured, whoever opens the view again sees none of the time before")
  func reopened() throws {
    let session = try TrainingSession(Runs.configuration("a3c-cartpole"), watched: true)
    // Episodes so long that a measurement takes more than one round.
    session.waitUntil("it balances for a while") { session.progress.meanReturn ?? 0 > 60 }
    session.pause()
    let state = session.state
    let theta = state.model.makeParameters()
    _ = state.shared.pull(into: theta)
    let study = try #require(CloneStudy(session: state))
    var facts = state.facts.withLock { $0 }
    func figures(version: Int) -> BiasVarianceReport? {
      study.round(theta.pointer, version: version, facts: facts)?.estimators?.average
    }
    facts.interest = Self.interest(.average)
    #expect(figures(version: 1)?.update == 1)
    // While it is looked at, a measurement goes on.
    #expect(figures(version: 2)?.update == 1)
    facts.interest = Interest()
    #expect(figures(version: 3) == nil)
    facts.interest = Self.interest(.average)
    #expect(figures(version: 3)?.update == 3)
    // Nor are there figures of another discount: with this one no value is greater than 2, but for what
    // the critic, trained with the other, is asked for at the rollouts' horizon.
    facts.settings.discount = 0.5
    #expect(try #require(figures(version: 3)).trueValue < 3)
    session.end()
  }
}

internal import Environments
internal import Estimators
internal import Spelling
internal import Telemetry
internal import Training

extension UpdateRecord {
  /// An update as a file has it.
  init(_ field: JSONField) throws(InputError) {
    let fields = try EpisodeFields(
      field,
      [
        "version", "pulled_version", "clock", "first_number", "count", "batch", "estimator",
        "gamma", "policy_loss", "value_loss", "entropy", "value_coefficient",
        "entropy_coefficient", "gradient_norm", "clipping_factor", "learning_rate",
      ])
    let version = try fields["version"].count(from: 1)
    let count = try fields["count"].count(from: 1)
    self.init(
      version: version, pulledVersion: try fields["pulled_version"].count(to: version - 1),
      clock: try fields["clock"].count(), firstNumber: try fields["first_number"].count(),
      count: count, batch: try fields["batch"].count(from: count),
      estimator: try ReturnEstimator(try fields["estimator"]),
      discount: try fields["gamma"].number(in: 0...1, "a number from 0 to 1"),
      policyLoss: try fields["policy_loss"].computed(),
      valueLoss: try fields["value_loss"].computed(), entropy: try fields["entropy"].computed(),
      valueCoefficient: try fields["value_coefficient"].exactly(),
      entropyCoefficient: try fields["entropy_coefficient"].exactly(),
      gradientNorm: try fields["gradient_norm"].computed(),
      clippingFactor: try fields["clipping_factor"].computed(),
      learningRate: try fields["learning_rate"].exactly())
  }
}

extension LiveSettings {
  /// Settings as a file has them.
  init(_ field: JSONField) throws(InputError) {
    let fields = try EpisodeFields(
      field,
      [
        "estimator", "agent", "gamma", "entropy_coefficient", "learning_rate", "workers",
        "rollout_length",
      ])
    self.init(
      estimator: try ReturnEstimator(try fields["estimator"]),
      agent: try AgentName(try fields["agent"]),
      discount: try fields["gamma"].number(in: 0...1, "a number from 0 to 1"),
      entropyCoefficient: try fields["entropy_coefficient"].exactly(),
      learningRate: try fields["learning_rate"].exactly(),
      workers: try fields["workers"].count(from: 1, to: RunLimits.mostWorkers),
      rolloutLength: try fields["rollout_length"].count(from: 1))
  }
}

extension ReturnEstimator {
  /// An estimator as a file names it.
  fileprivate init(_ field: JSONField) throws(InputError) {
    do {
      self = try ReturnEstimator(parsing: try field.line())
    } catch let error as ReturnEstimatorError {
      throw field.error("is \(error)")
    } catch let error as InputError {
      throw error
    } catch {
      throw field.error("\(error)")
    }
  }
}

extension AgentName {
  /// An agent as a file names it: one whose steps are recorded.
  init(_ field: JSONField) throws(InputError) {
    let name = try field.line()
    let known = AgentName.allCases.filter(\.hasPolicyNetwork).map(\.rawValue)
    guard let agent = AgentName(rawValue: name), agent.hasPolicyNetwork else {
      throw field.error(
        "is \(quoted(name))\(suggestion(for: name, among: known)), accepted are "
          + known.joined(separator: ", "))
    }
    self = agent
  }
}

extension ObservedName {
  /// What an environment shows; empty for a discrete state.
  static func of(_ specification: EnvironmentSpecification) -> [ObservedName] {
    guard case .box(let quantities) = specification.observation else { return [] }
    return quantities.map { ObservedName(name: $0.name, symbol: $0.symbol, unit: $0.unit) }
  }
}

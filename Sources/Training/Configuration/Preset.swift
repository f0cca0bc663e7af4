public import Agents
internal import Estimators
internal import Networks
internal import Spelling
public import Telemetry

/// A named set of settings for one environment and one agent.
///
/// In a file a preset is an entry of a mapping:
///
///     a3c-cartpole:
///       summary: A3C balances the pole
///       environment: CartPole-v1
///       agent: a3c
///       workers: 8
///       steps: 500000
///       learning_rate: 0.0007
public struct Preset: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// What it is, in a line.
  public var summary: String
  /// The environment it is for.
  public var environment: String
  /// The agent it is for.
  public var agent: AgentName
  /// Number of workers.
  public var workers = 8
  /// The budget: environment steps after which `train` ends and which the step-size schedule spans.
  public var steps = 500_000
  /// The speed `watch` begins with, in multiples of real time.
  public var speed = 8.0
  /// How long a step takes a worker under the virtual scheduler.
  public var delay = RunConfiguration.Delay.uniform
  /// How an agent with a policy network learns; the discount is every agent's.
  public var hyperparameters = ActorCriticHyperparameters()
  /// How a tabular agent learns.
  public var tabular = TabularHyperparameters()
  /// How DQN learns.
  public var dqn = DQNHyperparameters()
  /// How DDPG learns.
  public var ddpg = DDPGHyperparameters()

  /// A preset with default settings.
  public init(name: String, summary: String, environment: String, agent: AgentName) {
    self.name = name
    self.summary = summary
    self.environment = environment
    self.agent = agent
    fitAgent()
  }
}

/// A setting given as text that cannot be taken.
public enum SettingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No setting has this key.
  case unknownKey(String, nearest: String?)
  /// The value is not accepted.
  case badValue(key: String, found: String, accepted: String)

  /// One line: what was found and what is accepted.
  public var description: String {
    switch self {
    case .unknownKey(let key, let nearest):
      "unknown setting '\(key)'"
        + (nearest.map { suggestion(of: $0) }
          ?? "; known are \(Preset.settingKeys.joined(separator: ", "))")
    case .badValue(let key, let found, let accepted):
      "\(key): found '\(found)', accepted is \(accepted)"
    }
  }
}

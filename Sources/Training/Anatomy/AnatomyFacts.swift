internal import Agents
internal import Estimators
internal import Networks
internal import Telemetry

/// What a learner holds between two of its phases, as plain values: its training thread writes them
/// down when somebody looks, and the anatomy is made of them elsewhere.
struct AnatomyFacts: Sendable {
  /// The agent.
  var agent: Agent
  /// The worker that is looked at.
  var worker: Int
  /// The phase carried out last in this round of the loop; nil before the first of all. After the
  /// round's last phase everything of the round is still here.
  var last: Int?
  /// The phase that comes next.
  var next: Int
  /// The version of theta now.
  var version: Int
  /// The version the round is acted with.
  var pulledVersion: Int
  /// Who has made which version since then, oldest first.
  var pushes: [AnatomyReport.Push] = []
  /// The settings of the round.
  var settings: LearningSettings
  /// The rule that turns gradients into steps.
  var optimiser: Optimiser
  /// The steps taken in this round.
  var steps: [Step] = []
  /// What the last step was decided from: the observed numbers, or the state's index alone.
  var observation: [Float] = []
  /// Whether that is a state's index.
  var isDiscrete = false
  /// The probabilities its action was drawn from; of a real number mean and deviation.
  var probabilities: [Float] = []
  /// Whether actions are real numbers.
  var isGaussian = false
  /// The latest gradient and update; of this round from its gradient on.
  var update = UpdateReport()
  /// Workers that are at the barrier (A2C), and how many there are.
  var waiting: [Int] = []
  /// Workers that learn together.
  var workers = 1
  /// How far the gradients of the update's episodes lay apart (REINFORCE); nil of one episode.
  var spread: GradientSpread?

  /// An agent that learns from rollouts.
  enum Agent: Sendable {
    case a3c
    case a2c
    case actorCritic
    case reinforce

    /// Its name.
    var name: AgentName {
      switch self {
      case .a3c: .a3c
      case .a2c: .a2c
      case .actorCritic: .actorCritic
      case .reinforce: .reinforce
      }
    }
  }

  /// A step of the round; NaN stands for what is not known yet.
  struct Step: Sendable {
    /// The action; a real number as its code.
    var action: Int
    var reward: Float
    /// V of the state it was taken in.
    var value: Float
    /// V of the state it led to; 0 where that is an end of the world.
    var nextValue = Float.nan
    var terminated: Bool
    var truncated: Bool
    var target = Float.nan
    /// The target less V.
    var advantage = Float.nan
  }

  /// The step the recursion has come to; the number of steps before it has begun.
  var firstTarget: Int { steps.firstIndex { !$0.target.isNaN } ?? steps.count }

  /// The anatomy these facts make.
  var report: AnatomyReport {
    switch agent {
    case .a3c: A3CAnatomy(facts: self).report
    case .a2c: A2CAnatomy(facts: self).report
    case .actorCritic: ActorCriticAnatomy(facts: self).report
    case .reinforce: ReinforceAnatomy(facts: self).report
    }
  }

  /// Whether a phase has been carried out in this round, at least in part.
  func has(_ phase: Int) -> Bool { (last ?? -1) >= phase }

  /// Whether nothing follows a step in its rollout, and why.
  func closes(_ t: Int) -> AnatomyReport.SegmentClose? {
    let step = steps[t]
    if step.terminated { return .terminated }
    if step.truncated { return .truncated }
    return t == steps.count - 1 && firstTarget < steps.count ? .cut : nil
  }

  /// The rollout as cells of the recursion.
  var cells: [AnatomyReport.Cell] {
    steps.indices.map { t in
      let step = steps[t]
      return AnatomyReport.Cell(
        reward: Double(step.reward), nextValue: Double(step.nextValue),
        value: Double(step.value), closes: closes(t),
        target: step.target.isNaN ? nil : Double(step.target))
    }
  }

  /// The optimiser's name, as formulas have it.
  var optimiserName: String { optimiser.symbol }
}

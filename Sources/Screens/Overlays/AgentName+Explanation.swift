internal import Telemetry

extension AgentName {
  /// What the help says of an agent before the keys: what it learns, how it moves, and the signs of its
  /// own pane. Each text has at most 42 characters.
  var explanation: [HelpText.Line] {
    [.heading("\(shortLabel), the agent at work")]
      + lessons.map { .entry(key: $0.0, text: $0.1) }
      + [.entry(key: "5", text: "shows it phase by phase, s goes on by one")]
  }

  private var lessons: [(String, String)] {
    switch self {
    case .a3c:
      [
        ("learns", "π(a|s) and V(s), many workers, one θ"),
        ("a worker", "pulls θ, acts, pushes its gradient"),
        ("lag", "others pushed since: the gradient is stale"),
      ]
    case .a2c:
      [
        ("learns", "π(a|s) and V(s), many workers, one θ"),
        ("barrier", "all act, then one update of all rollouts"),
      ]
    case .actorCritic:
      [
        ("learns", "actor π(a|s), critic V(s): two networks"),
        ("δ", "r + γV(s') - V(s), after every step"),
        ("moves", "the critic by δ, the actor by δ ∇log π"),
      ]
    case .reinforce:
      [
        ("learns", "π(a|s) from the returns of whole episodes"),
        ("G, b", "return of a step; what is subtracted"),
        ("G - b", "weighs ∇log π(a|s)"),
        ("Var[g]", "how far episodes' gradients lie apart"),
      ]
    case .sarsa: tableLessons("r + γ Q(s',a'), a' the action taken next")
    case .expectedSarsa: tableLessons("r + γ mean of Q(s',·) under behaviour")
    case .qLearning: tableLessons("r + γ max Q(s',·), whatever it does next")
    case .dqn:
      [
        ("learns", "Q(s,a) by a network"),
        ("replay", "transitions kept, learnt from in batches"),
        ("target", "r + γ max Q'(s',·), Q' an older copy of Q"),
        ("|θ - θ'|", "how far Q has moved from that copy"),
      ]
    case .ddpg:
      [
        ("learns", "actor μ(s) and critic Q(s,a)"),
        ("target", "r + γ Q'(s',μ'(s')), from slow copies"),
        ("dQ/da", "where the critic wants the action to go"),
        ("|θ - θ'|", "how far a network is from its copy"),
      ]
    }
  }

  private func tableLessons(_ target: String) -> [(String, String)] {
    [
      ("learns", "Q(s,a), a number for each square and action"), ("target", target),
      ("TD error", "target - Q(s,a); Q moves by α of it"),
      ("behaviour", "ε-greedy: with ε any action, else the best"),
    ]
  }
}

import CellCanvas
import Telemetry

/// What stands in a view that has nothing to show of an agent that learns values of actions: what the
/// view is for, and why this agent has none of it.
struct ActionValueNotice {
  var agent: AgentName
  var view: ViewID

  /// Whether a view shows nothing of a run.
  static func stands(in view: ViewID, _ snapshot: EngineSnapshot) -> Bool {
    guard !snapshot.settings.agent.hasPolicyNetwork, !snapshot.isReplay else { return false }
    let hasRace = snapshot.settings.agent.hasTable
    return view == .workers || view == .episode || view == .estimators && !hasRace
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let inner = Panel(title: title).draw(in: rect, on: &canvas, look: look)
    guard !inner.isEmpty else { return }
    var row = inner.height > 8 ? 1 : 0
    for (index, paragraph) in paragraphs.enumerated() {
      let style = index == 0 ? look.text : index == 1 ? look.bright : look.dim
      for line in look.spelt(paragraph).wrapped(
        to: min(76, inner.width - 2), glyphs: look.glyphs)
      {
        var pen = Pen(in: inner, row: row, look: look)
        pen.skip(1)
        pen.write(line, style, on: &canvas)
        row += 1
      }
      row += inner.height > 8 ? 1 : 0
    }
  }

  private var title: String {
    switch view {
    case .workers: "Workers"
    case .estimators: "Estimators"
    case .episode: "Episode"
    case .stage, .anatomy: ""
    }
  }

  /// What the view is for, why there is nothing in it, and where to look instead.
  private var paragraphs: [String] {
    let name = agent.shortLabel
    return switch view {
    case .workers:
      [
        "This view shows workers side by side that learn one policy together.",
        "\(name) has one worker, and it is on the stage.", elsewhere,
      ]
    case .estimators:
      [
        "This view takes apart the bias and variance of n-step and λ-returns, from which agents"
          + " with a policy network learn.",
        "\(name) has no estimator to choose: \(agent.ownTarget).", elsewhere,
      ]
    case .episode:
      [
        "This view goes back in time through the recorded episodes of agents that learn from"
          + " rollouts.",
        "\(name) records no steps: there is no past to go back to.", elsewhere,
      ]
    case .stage, .anatomy: []
    }
  }

  private var elsewhere: String {
    "1 shows its world and what it learns, 5 its algorithm phase by phase; c chooses another agent."
  }
}

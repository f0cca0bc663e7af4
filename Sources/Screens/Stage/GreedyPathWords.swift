internal import CellCanvas
internal import Telemetry

extension GridActionValues.Path {
  /// How long the greedy way is and where it leads, the longest words first.
  var words: [String] {
    let name = isFromHere ? "greedy path from here" : "greedy path"
    let chance = hasChance ? ", without slips" : ""
    let (what, short) =
      switch end {
      case .goal: ("\(steps) to the goal", "path \(states.count)")
      case .pit: ("\(steps) into a pit", "into a pit")
      case .nowhere: ("goes round, no goal", "goes round")
      }
    return ["\(name)\(chance): \(what)", "\(name): \(what)", what, short]
  }

  private var steps: String { states.count == 1 ? "1 step" : "\(states.count) steps" }

  /// What is said behind the number of steps.
  var note: String {
    switch end {
    case .goal: "steps to the goal"
    case .pit: "steps into a pit"
    case .nowhere: "steps, then round"
    }
  }

  /// Good where it reaches the goal; where chance plays a part going round may be wise.
  func style(_ look: Look) -> Style {
    look.style(
      end == .goal ? look.theme.good : hasChance ? look.theme.text : look.theme.warning, .bold)
  }
}

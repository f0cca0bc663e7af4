import Telemetry

/// A state of a tabular world, as typed.
enum TypedState: Equatable {
  /// By its square, both from 0.
  case square(row: Int, column: Int)
  /// By its index.
  case index(Int)
}

extension SettingCommand {
  /// What is looked at in view 3.
  static let looking: [SettingCommand] = [
    SettingCommand(
      names: ["state"], argument: "row,column as in 3,4, or the number of a state",
      summary: "the state looked into"
    ) { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        .map { whole($0.trimmed, 0...1_000_000) }
      switch parts.count {
      case 1: return parts[0].map { .state(.index($0)) }
      case 2:
        guard let row = parts[0], let column = parts[1] else { return nil }
        return .state(.square(row: row, column: column))
      default: return nil
      }
    },
    SettingCommand(
      names: ["page"], argument: EstimatorPage.allCases.map(\.word).joined(separator: ", "),
      summary: "page of the estimators", choices: EstimatorPage.allCases.map(\.word)
    ) { text in EstimatorPage.allCases.first { $0.word == text }.map { .page($0) } },
  ]
}

extension EstimatorPage {
  /// The word it is typed by.
  var word: String {
    switch self {
    case .state: "state"
    case .average: "average"
    case .rollout: "rollout"
    case .gradient: "gradient"
    case .race: "race"
    }
  }
}

extension Substring {
  /// Without blanks at its ends.
  fileprivate var trimmed: String {
    String(String(drop { $0 == " " }).reversed().drop { $0 == " " }.reversed())
  }
}

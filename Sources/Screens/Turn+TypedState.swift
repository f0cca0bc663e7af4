import Scenes
import Telemetry

extension Turn {
  /// Looks into the state that was typed.
  ///
  /// - Throws: `SettingError` where there is no such state.
  mutating func lookInto(_ typed: TypedState) throws(SettingError) {
    guard let map = StudiedMap(snapshot: snapshot, state: state.estimators)?.map else {
      throw SettingError(
        description:
          "state: found \(snapshot.run.environment), which has no map; accepted: a world with one")
    }
    let index = try Self.index(of: typed, in: map)
    lookInto(index)
    if ![.state, .average].contains(state.estimators.page) { open(.state) }
    show(.estimators)
    if let square = StudiedMap.square(of: index, in: map) {
      say("state \(index): \(StudiedMap.name(of: square, in: map))")
    }
  }

  private static func index(of typed: TypedState, in map: GridMap) throws(SettingError) -> Int {
    switch typed {
    case .index(let index):
      let count = map.stateCount
      guard index < count else {
        throw SettingError(description: "state: found \"\(index)\"; accepted: 0 to \(count - 1)")
      }
      return index
    case .square(let row, let column):
      guard row < map.rows, column < map.columns else {
        throw SettingError(
          description:
            "state: found \"\(row),\(column)\", off the map; accepted: rows 0 to \(map.rows - 1), "
            + "columns 0 to \(map.columns - 1)")
      }
      switch StudiedMap.state(row: row, column: column, in: map) {
      case .success(let index): return index
      case .failure(let none):
        throw SettingError(
          description: "state: found \"\(row),\(column)\", \(none.reason); accepted: a free square")
      }
    }
  }
}

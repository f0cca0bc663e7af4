internal import CellCanvas
internal import Telemetry

extension EngineSnapshot {
  /// How far the learner has left figures behind that were worked out after update number `update`:
  /// `12 updates old`.
  func updatesOld(since update: Int) -> String {
    let updates = max(0, counters.updates - update)
    return updates == 1 ? "1 update old" : "\(NumberFormat.grouped(updates)) updates old"
  }
}

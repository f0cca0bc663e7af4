import CellCanvas
import Telemetry

/// How an episode and a moment are said.
enum EpisodeWords {
  /// What an episode is called until a person says otherwise.
  static func name(of episode: EpisodeRecord) -> String {
    "worker \(episode.worker) episode \(episode.episode)"
  }

  /// How far back a moment is, long and short: `123 steps ago`, `123 ago`.
  static func age(of moment: Moment, in history: HistoryReport?) -> [String] {
    switch moment {
    case .step(let worker, let number):
      guard let tracks = history?.index.tracks, tracks.indices.contains(worker) else {
        return ["the past"]
      }
      let steps = max(0, tracks[worker].steps.upperBound - number)
      let shown = NumberFormat.grouped(steps)
      return ["\(shown) step\(steps == 1 ? "" : "s") ago", "\(shown) ago", "-\(steps)"]
    case .kept(let id, let index):
      let name = history?.kept.first { $0.id == id }?.name ?? "kept episode"
      return ["\(name), step \(NumberFormat.grouped(index))", "kept \(index)"]
    }
  }
}

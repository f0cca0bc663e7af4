import CellCanvas
import Telemetry

extension HistoryIndex {
  /// Where a move leads from a step of a worker, by its number; nil for the present.
  ///
  /// Moves back and forth stop at the first steps of rollouts and episodes, and at the ends of what
  /// is recorded. One update goes to the rollout the neighbouring update was made from, whichever
  /// worker's that was; where the worker had a part in it, the worker stays.
  func landing(of move: TimeMove, from number: Int?, worker: Int) -> Landing {
    guard tracks.indices.contains(worker), !tracks[worker].steps.isEmpty else {
      if number == nil, case .forward(let grain) = move { return .beyond(grain) }
      return .nowhere("nothing recorded yet of worker \(worker)")
    }
    let track = tracks[worker]
    switch move {
    case .back(.update): return updateBefore(number, of: worker)
    case .forward(let grain):
      guard let number else { return .beyond(grain) }
      if grain == .update { return updateAfter(number, of: worker) }
      return step(track.place(after: number, grain), of: worker)
    case .back(let grain):
      let now = number ?? track.steps.upperBound
      guard now > track.steps.lowerBound else { return .nowhere("the oldest recorded step") }
      return step(track.place(before: now, grain), of: worker)
    case .oldest: return step(track.steps.lowerBound, of: worker)
    case .present:
      return number == nil ? .nowhere("this is the present") : .present(worker: worker)
    case .number(let wanted):
      guard track.steps.contains(wanted) || wanted == track.steps.upperBound else {
        return .nowhere(
          "recorded of worker \(worker): \(NumberFormat.grouped(track.steps.lowerBound)) to "
            + NumberFormat.grouped(track.steps.upperBound))
      }
      return step(wanted, of: worker)
    case .update(let version): return update(version, for: worker)
    }
  }

  /// The step of another worker at about the same update: the same place in its rollout.
  func counterpart(of number: Int, of worker: Int, for other: Int) -> Moment? {
    guard tracks.indices.contains(worker), tracks.indices.contains(other),
      !tracks[other].steps.isEmpty
    else { return nil }
    let (from, to) = (tracks[worker], tracks[other])
    let place = number - (from.rolloutFirst(at: number))
    var first = to.rollouts.last.map { $0.first + $0.count } ?? to.steps.lowerBound
    if let version = from.version(at: number),
      let nearest = to.rollouts.min(by: {
        abs($0.version - version) < abs($1.version - version)
      })
    {
      first = nearest.first
    }
    let bounds = to.steps
    return .step(
      worker: other, number: min(max(first + place, bounds.lowerBound), bounds.upperBound - 1))
  }

  private func step(_ number: Int, of worker: Int) -> Landing {
    let bounds = tracks[worker].steps
    if number >= bounds.upperBound { return .present(worker: worker) }
    return .moment(.step(worker: worker, number: max(number, bounds.lowerBound)))
  }

  // MARK: Updates

  private func updateBefore(_ number: Int?, of worker: Int) -> Landing {
    let now = number.flatMap { tracks[worker].version(at: $0) }
    guard let found = updates.last(where: { $0.version < now ?? .max }) else {
      return .nowhere(
        updates.isEmpty ? "no update recorded yet" : "the oldest recorded update")
    }
    return landing(on: found, for: worker)
  }

  private func updateAfter(_ number: Int, of worker: Int) -> Landing {
    guard let now = tracks[worker].version(at: number),
      let found = updates.first(where: { $0.version > now })
    else { return .present(worker: worker) }
    return landing(on: found, for: worker)
  }

  private func update(_ version: Int, for worker: Int) -> Landing {
    guard let first = updates.first, let last = updates.last else {
      return .nowhere("no update recorded yet")
    }
    guard let found = updates.first(where: { $0.version == version }) else {
      return .nowhere(
        "recorded updates: \(NumberFormat.grouped(first.version)) to "
          + NumberFormat.grouped(last.version))
    }
    return landing(on: found, for: worker)
  }

  /// The rollout of an update: the worker's own where it had a part in it.
  private func landing(on update: Update, for worker: Int) -> Landing {
    if let own = tracks[worker].rollouts.first(where: { $0.version == update.version }) {
      return step(own.first, of: worker)
    }
    guard tracks.indices.contains(update.worker), !tracks[update.worker].steps.isEmpty else {
      return .nowhere("the steps of update \(NumberFormat.grouped(update.version)) are gone")
    }
    return step(update.first, of: update.worker)
  }
}

extension HistoryIndex.Track {
  /// The number reached by going back from `number`; never below the oldest.
  func place(before number: Int, _ grain: StepGrain) -> Int {
    let earlier =
      switch grain {
      case .phase, .step: number - 1
      case .rollout, .update:
        [openFirst, rollouts.last { $0.first < number }?.first].compactMap { $0 }
          .filter { $0 < number }.max()
      case .episode: episodes.last { $0.first < number }?.first
      }
    return max(earlier ?? steps.lowerBound, steps.lowerBound)
  }

  /// The number reached by going on from `number`; never above the present's.
  func place(after number: Int, _ grain: StepGrain) -> Int {
    let later =
      switch grain {
      case .phase, .step: number + 1
      case .rollout, .update:
        [openFirst, rollouts.first { $0.first > number }?.first].compactMap { $0 }
          .filter { $0 > number }.min()
      case .episode: episodes.first { $0.first > number }?.first
      }
    return min(later ?? steps.upperBound, steps.upperBound)
  }

  /// The version of theta a step was learnt into; nil where nothing was learnt from it yet. What is
  /// older than every recorded rollout counts as learnt right before the first.
  func version(at number: Int) -> Int? {
    guard let rollout = rollouts.last(where: { $0.first <= number }) else {
      return rollouts.first.map { $0.version - 1 }
    }
    return number < rollout.first + rollout.count ? rollout.version : nil
  }

  /// The first step of the rollout a step is in.
  func rolloutFirst(at number: Int) -> Int {
    if let open = openFirst, number >= open { return open }
    return rollouts.last { $0.first <= number }?.first ?? steps.lowerBound
  }

  /// The first step of the rollout that has not been learnt from; nil without any learnt one.
  private var openFirst: Int? { rollouts.last.map { $0.first + $0.count } }
}

extension EpisodeRecord {
  /// The record as a track of its own, its steps counted from 0.
  var track: HistoryIndex.Track {
    HistoryIndex.Track(
      steps: 0..<steps.count,
      rollouts: updates.map { update in
        let first = max(0, update.firstNumber - firstNumber)
        let end = min(steps.count, update.firstNumber + update.count - firstNumber)
        return HistoryIndex.Rollout(
          first: first, count: max(0, end - first), version: update.version)
      },
      episodes: [
        HistoryIndex.Episode(first: 0, count: steps.count, episode: episode, hasEnded: hasEnded)
      ])
  }

  /// Where a move within the record leads, as an index of its steps; their number stands for the
  /// state reached. Nil where there is no going on.
  func place(after move: TimeMove, from index: Int) -> Int? {
    let track = track
    let target: Int
    switch move {
    case .back(let grain): target = track.place(before: index, grain)
    case .forward(let grain): target = track.place(after: index, grain)
    case .oldest: target = 0
    case .present: target = steps.count
    case .number(let number): target = number - firstNumber
    case .update(let version):
      guard let rollout = track.rollouts.first(where: { $0.version == version }) else {
        return nil
      }
      target = rollout.first
    }
    guard (0...steps.count).contains(target), target != index else { return nil }
    return target
  }
}

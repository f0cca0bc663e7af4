internal import Networks

/// The ring of keyframes of a run that is watched. `SharedParameters` holds it behind its lock.
final class Keyframes {
  /// Theta and the optimiser's state at one version, and what has to be known to learn on from there as it
  /// was learnt.
  final class Keyframe {
    var version = -1
    let theta: FloatBuffer
    let statistics: OptimiserState
    /// Pushes since of gradients that were computed with an older theta.
    var stale: [StaleGradient]
    /// How many of these have been made.
    var staleCount = 0
    /// The first version whose gradient found no room; from there on nothing can be made again.
    var end = Int.max
    /// The version of the keyframe that followed; nil while this is the last.
    var next: Int?
    /// Who pushed since; without room where the order of updates leaves nothing to chance.
    let log: UpdateLog
    /// Where workers began their first rollout since, and every one under other settings than before.
    var origins: [RolloutOrigin] = []
    /// Environment steps at this moment.
    var clock = 0
    /// Who learns.
    let learners: Learners
    /// Whether the learners began anew with it.
    var isBeginning = false

    init(_ plan: KeyframePlan, _ learners: Learners, count: Int, optimiser: Optimiser) {
      theta = FloatBuffer(count: count)
      statistics = OptimiserState(optimiser, count: count)
      stale = (0..<plan.gradients).map { _ in StaleGradient(FloatBuffer(count: count)) }
      log = UpdateLog(capacity: learners == .a3c ? plan.pushes : 0)
      self.learners = learners
      origins.reserveCapacity(plan.gradients + 1)
    }

    deinit { log.deallocate() }

    /// Copies of its stale gradients, by the versions they made.
    var staleGradients: [Int: StaleGradient] {
      Dictionary(uniqueKeysWithValues: stale.prefix(staleCount).map { ($0.version, $0.copy()) })
    }
  }

  let plan: KeyframePlan
  let learners: Learners
  private let optimiser: Optimiser
  private let count: Int
  private var ring: [Keyframe]
  private var place: Int
  /// Those of an earlier plan, as long as both have room.
  private let earlier: [Keyframe]
  /// Those that are held for somebody, by place.
  private var held: [Int: [Keyframe]]

  init(
    _ plan: KeyframePlan, _ learners: Learners, count: Int, optimiser: Optimiser,
    earlier: Keyframes?
  ) {
    self.plan = plan
    self.learners = learners
    self.optimiser = optimiser
    self.count = count
    ring = (0..<plan.keyframes).map { _ in
      Keyframe(plan, learners, count: count, optimiser: optimiser)
    }
    place = plan.keyframes - 1
    let fits = earlier.map {
      $0.earlier.isEmpty && $0.plan.bytes + plan.bytes <= KeyframePlan.budget
    }
    self.earlier = fits == true ? earlier?.taken ?? [] : []
    held = earlier?.held ?? [:]
  }

  /// Those of the ring, oldest first.
  private var taken: [Keyframe] {
    (1...ring.count).map { ring[(place + $0) % ring.count] }.filter { $0.version >= 0 }
  }

  /// The last one.
  var last: Keyframe { ring[place] }

  /// Keeps the gradient of an update that made `version`, computed with a theta of before the last
  /// keyframe, and gives a buffer that is no longer needed for it.
  func exchange(
    _ gradient: inout FloatBuffer, version: Int, scale: Float, learningRate: Float
  ) {
    let keyframe = last
    guard keyframe.staleCount < keyframe.stale.count else {
      keyframe.end = min(keyframe.end, version)
      return
    }
    let place = keyframe.staleCount
    swap(&keyframe.stale[place].gradient, &gradient)
    keyframe.stale[place].version = version
    keyframe.stale[place].scale = scale
    keyframe.stale[place].learningRate = learningRate
    keyframe.staleCount += 1
  }

  /// Takes one in place of the oldest.
  func take(
    version: Int, clock: Int, theta: FloatBuffer, statistics: OptimiserState, isBeginning: Bool
  ) {
    last.next = version
    place = place + 1 == ring.count ? 0 : place + 1
    // One that somebody holds stays as it is.
    if !isKnownUniquelyReferenced(&ring[place]) {
      ring[place] = Keyframe(plan, learners, count: count, optimiser: optimiser)
    }
    let keyframe = last
    keyframe.version = version
    keyframe.clock = clock
    keyframe.staleCount = 0
    keyframe.end = .max
    keyframe.next = nil
    keyframe.origins.removeAll(keepingCapacity: true)
    keyframe.isBeginning = isBeginning
    keyframe.theta.copy(from: theta)
    keyframe.statistics.copy(from: statistics)
  }

  /// The latest keyframe older than `version`.
  func keyframe(before version: Int) -> Keyframe? {
    // Mostly the last one, and others may be waiting for theta.
    if 0..<version ~= last.version { return last }
    return (earlier + taken).last { $0.version < version }
  }

  /// The first keyframe of `version` or later.
  func keyframe(from version: Int) -> Keyframe? {
    (earlier + taken).first { $0.version >= version }
  }

  /// Notes where a worker began a rollout, with the keyframe that its theta came after.
  func note(_ origin: RolloutOrigin) {
    keyframe(before: origin.version + 1)?.origins.append(origin)
  }

  /// Who made a version, where that has been noted.
  func pusher(of version: Int) -> Int? {
    guard let keyframe = keyframe(before: version),
      let note = keyframe.log[version - keyframe.version - 1], note.worker >= 0
    else { return nil }
    return Int(note.worker)
  }

  // MARK: Stretches

  /// The keyframe to learn again from: the last but one, or one before it where a worker has not begun a
  /// rollout since (its thread may have had to wait); none from before the learners began anew.
  var start: Keyframe? {
    var start: Keyframe?
    var workers: Set<Int> = []
    for (back, keyframe) in taken.reversed().enumerated() {
      if let start, start.isBeginning || keyframe.next != start.version { break }
      let wanted = keyframe.origins.first?.settings.workers ?? 0
      if back >= 2, workers.count >= wanted { break }
      workers.formUnion(keyframe.origins.map(\.actor.index))
      start = keyframe
    }
    return start
  }

  /// The keyframes from that of `version` on, as far as one follows the other, up to where the learners
  /// began anew; of those that are held, and of those in the ring.
  func sequence(from version: Int) -> [Keyframe] {
    let all = held.values.joined() + earlier + taken
    // Of two of one version the learners began anew with the later.
    guard var keyframe = all.last(where: { $0.version == version }) else { return [] }
    var result = [keyframe]
    while let next = keyframe.next, next > keyframe.version,
      let follower = all.last(where: { $0.version == next }), !follower.isBeginning
    {
      result.append(follower)
      keyframe = follower
    }
    return result
  }

  /// Holds the keyframes since which a worker has taken its steps from `number` on, the latest where
  /// they are too many.
  ///
  /// - Returns: the version of the first of them; nil where not even the last step can be taken again.
  func hold(_ place: Int, worker: Int, from number: Int) -> Int? {
    var kept: [Keyframe] = []
    var hasAll = false
    for keyframe in taken.reversed() where !hasAll && kept.count < plan.held {
      guard kept.isEmpty || keyframe.next == kept[0].version else { break }
      kept.insert(keyframe, at: 0)
      hasAll = keyframe.origins.contains { $0.actor.index == worker && $0.actor.steps <= number }
      if keyframe.isBeginning { break }
    }
    let hasAny = kept.contains { $0.origins.contains { $0.actor.index == worker } }
    guard hasAny, learners != .other else { return nil }
    held[place] = kept
    return kept.first?.version
  }

  /// Holds them no longer.
  func release(_ place: Int) { held[place] = nil }
}

internal import Agents
internal import Networks

/// Theta of any version of a stretch of recorded updates: from the keyframe before them they are made
/// again in the order of their versions. Belongs to one thread, which flushes subnormal numbers to
/// zero as training threads do.
final class ThetaReplay {
  /// Bytes of the thetas that are kept, so that a step back need not begin at the keyframe.
  static let budget = 6 << 20

  private let parameters: SharedParameters
  private let updates: RecordedGradient
  private let theta: FloatBuffer
  private let statistics: OptimiserState
  /// The updates of the stretch, by the versions they made.
  private var recorded: [Int: RecordedUpdate] = [:]
  /// The version `theta` is of.
  private var version = 0
  /// Gradients that cannot be computed again, by the versions they made.
  private var stale: [Int: StaleGradient] = [:]
  /// The last update that needs a version.
  private var lastUse: [Int: Int] = [:]
  private var thetas: [Int: FloatBuffer] = [:]
  private var spare: [FloatBuffer] = []
  /// Latest versions that are kept, whether they are needed or not.
  private let room: Int

  init(network: ActorCriticNetwork, parameters: SharedParameters, optimiser: Optimiser) {
    self.parameters = parameters
    updates = RecordedGradient(network: network)
    theta = network.makeParameters()
    statistics = OptimiserState(optimiser, count: theta.count)
    let fitting = Self.budget / (MemoryLayout<Float>.stride * max(theta.count, 1))
    room = max(2, fitting)
  }

  /// The versions whose thetas can be given.
  private(set) var versions = 0..<0

  /// Takes up another stretch, which begins right after the keyframe of version `start`; as far as there is
  /// no gap in it.
  func begin(_ updates: [RecordedUpdate], from start: Int) {
    recorded = [:]
    lastUse = [:]
    for update in updates {
      recorded[update.report.version] = update
      let pulled = update.report.pulledVersion
      lastUse[pulled] = max(lastUse[pulled, default: 0], update.report.version)
    }
    versions = start..<start + 1
    guard rewind() else {
      versions = 0..<0
      return
    }
    var end = start
    while recorded[end + 1] != nil || stale[end + 1] != nil { end += 1 }
    versions = start..<end + 1
  }

  /// Theta right after update number `version`; nil where it is none of the stretch, or cannot be
  /// made. Valid until the next call but one.
  func theta(of wanted: Int) -> FloatBuffer? {
    guard versions.contains(wanted) else { return nil }
    if let kept = thetas[wanted] { return kept }
    if wanted < version, !rewind() { return nil }
    while version < wanted { guard makeNext() else { return nil } }
    return thetas[wanted]
  }

  /// Back to the keyframe.
  private func rewind() -> Bool {
    spare.append(contentsOf: thetas.values)
    thetas = [:]
    version = versions.lowerBound
    guard
      let gradients = parameters.restore(
        keyframe: version, theta: theta, statistics: statistics)
    else { return false }
    stale = gradients
    keep()
    return true
  }

  /// Makes the next update again.
  private func makeNext() -> Bool {
    var pulled = version
    if let stale = stale[version + 1] {
      statistics.apply(
        gradient: stale.gradient.pointer, scale: stale.scale, learningRate: stale.learningRate,
        to: theta.pointer)
    } else {
      guard let update = recorded[version + 1] else { return false }
      pulled = update.report.pulledVersion
      guard let acted = thetas[pulled] else { return false }
      let gradient = updates.compute(update, theta: acted)
      updates.apply(gradient, of: update, to: theta, statistics)
    }
    version += 1
    keep()
    release(version - room)
    if pulled < version - room { release(pulled) }
    return true
  }

  private func keep() {
    let copy = spare.popLast() ?? FloatBuffer(count: theta.count)
    copy.copy(from: theta)
    thetas[version] = copy
  }

  /// Gives up a theta that no later update was acted with.
  private func release(_ old: Int) {
    guard lastUse[old, default: 0] <= version, let buffer = thetas.removeValue(forKey: old) else {
      return
    }
    spare.append(buffer)
  }
}

internal import Agents
internal import Networks

/// Theta of any version of a stretch of recorded updates: from the keyframe before them they are made
/// again in the order of their versions. Belongs to one thread, which flushes subnormal numbers to
/// zero as training threads do.
final class ThetaReplay {
  /// Bytes of the thetas that are kept, so that a step back need not begin at the keyframe.
  static let budget = 8 << 20

  private let parameters: SharedParameters
  private let updates: RecordedGradient
  private let theta: FloatBuffer
  private let statistics: OptimiserState
  private var recorded: RecordedUpdates?
  /// The version `theta` is of.
  private var version = 0
  /// Gradients that cannot be computed again, by the versions they made.
  private var given: [Int: FloatBuffer] = [:]
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
    room = max(2, Self.budget / (MemoryLayout<Float>.stride * max(theta.count, 1)))
  }

  /// The versions whose thetas can be given.
  var versions: Range<Int> {
    guard let recorded, let first = recorded.versions.first else { return 0..<0 }
    return first - 1..<recorded.versions.upperBound
  }

  /// Takes up another stretch, which begins right after a keyframe.
  func begin(_ updates: RecordedUpdates) {
    recorded = updates
    lastUse = [:]
    for update in updates.updates { lastUse[update.pulledVersion] = update.version }
    if !rewind() { recorded = nil }
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
    guard let gradients = parameters.restore(
      keyframe: version, theta: theta, statistics: statistics)
    else { return false }
    given = gradients
    keep()
    return true
  }

  /// Makes the next update again.
  private func makeNext() -> Bool {
    guard let recorded, let update = recorded[version + 1] else { return false }
    if let gradient = given[update.version] {
      updates.apply(gradient, of: update, to: theta, statistics)
    } else {
      guard let acted = thetas[update.pulledVersion] else { return false }
      let gradient = updates.compute(update, of: recorded, theta: acted)
      updates.apply(gradient, of: update, to: theta, statistics)
    }
    version += 1
    keep()
    release(version - room)
    if update.pulledVersion < version - room { release(update.pulledVersion) }
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

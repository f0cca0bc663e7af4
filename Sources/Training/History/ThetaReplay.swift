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
  /// The updates of the stretch: their versions follow one another.
  private var recorded: [RecordedUpdate] = []
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
    let fitting = Self.budget / (MemoryLayout<Float>.stride * max(theta.count, 1))
    room = max(2, fitting)
  }

  /// The versions whose thetas can be given.
  var versions: Range<Int> {
    guard let first = recorded.first?.report.version else { return 0..<0 }
    return first - 1..<first + recorded.count
  }

  /// Takes up another stretch, which begins right after a keyframe; as far as there is no gap in it.
  func begin(_ updates: [RecordedUpdate]) {
    let first = updates.first?.report.version ?? 0
    recorded = Array(
      zip(updates, first...).prefix { $0.report.version == $1 }.map(\.0))
    lastUse = [:]
    for update in recorded { lastUse[update.report.pulledVersion] = update.report.version }
    if !rewind() { recorded = [] }
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
    given = gradients
    keep()
    return true
  }

  /// Makes the next update again.
  private func makeNext() -> Bool {
    let index = version - versions.lowerBound
    guard recorded.indices.contains(index) else { return false }
    let update = recorded[index]
    let pulled = update.report.pulledVersion
    if let gradient = given[version + 1] {
      updates.apply(gradient, of: update, to: theta, statistics)
    } else {
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

/// How the steps of a world are laid out in plain memory. Everything begins on a multiple of 8 bytes.
///
/// For who keeps many of them a rollout is compact (`CompactRollout`): a header, the state it began in, an
/// entry for every episode that ended, and blocks of four steps: their actions, values, and logits.
/// For who reads, the rest has been made again (`RecordedRollout`): a header, a row for every step, and an
/// entry for every end with the state that was reached.
public struct RecordLayout: Sendable, Equatable {
  /// Numbers of a world's state.
  public let stateSize: Int
  /// Numbers of an observation.
  public let observationWidth: Int
  /// Number of actions.
  public let actions: Int

  /// Bytes of a row: state, observation, logits, then the numbers of the step and its flags.
  public let rowBytes: Int
  /// Bytes of an end: `EpisodeEnd` and the state that was reached.
  public let endBytes: Int
  let observation: Int
  let logits: Int
  let numbers: Int
  let flags: Int

  /// Bytes of the header.
  public static let headerBytes = (MemoryLayout<RolloutHeader>.size + 7) / 8 * 8
  /// Bytes of the end of an episode in a compact rollout.
  @usableFromInline static let episodeEndBytes = MemoryLayout<EpisodeEnd>.stride
  /// The numbers of a step: action, reward, value, next value, target, advantage.
  static let numberCount = 6

  /// The layout of a world's steps.
  public init(stateSize: Int, observationWidth: Int, actions: Int) {
    self.stateSize = stateSize
    self.observationWidth = observationWidth
    self.actions = actions
    observation = 8 * stateSize
    logits = observation + 4 * observationWidth
    numbers = logits + 4 * actions
    flags = numbers + 4 * Self.numberCount
    rowBytes = (flags + 1 + 7) / 8 * 8
    endBytes = Self.episodeEndBytes + 8 * stateSize
  }

  /// Bytes of a compact rollout of so many steps and ends.
  public func compactBytes(steps: Int, ends: Int) -> Int {
    stepsOffset(ends: ends) &+ (steps &+ 3) >> 2 &* Self.blockBytes(actions: actions)
  }

  /// Where in a block of four steps of a compact rollout the values begin, behind the actions.
  static let blockValues = 16
  /// Where in it the logits begin, step by step.
  static let blockLogits = 32

  /// Bytes of a block.
  @inline(__always)
  static func blockBytes(actions: Int) -> Int { blockLogits &+ 16 &* actions }

  /// Where the ends of a compact rollout begin.
  @inlinable
  @inline(__always)
  public static func endsOffset(stateSize: Int) -> Int { headerBytes &+ 8 &* stateSize }

  /// Where the steps of a compact rollout begin.
  @inline(__always)
  func stepsOffset(ends: Int) -> Int {
    Self.endsOffset(stateSize: stateSize) &+ ends &* Self.episodeEndBytes
  }

  /// Bytes of a rollout for who reads, of so many rows and ends.
  public func bytes(rows: Int, ends: Int) -> Int {
    Self.headerBytes + rows * rowBytes + ends * endBytes
  }
}

/// How the steps of a world are laid out in plain memory, for who keeps many of them: a header, a row
/// for every step, and an entry for every episode that ended. Everything lies on multiples of 8 bytes.
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
    endBytes = MemoryLayout<EpisodeEnd>.stride + 8 * stateSize
  }

  /// Bytes of a rollout of so many rows and ends.
  public func bytes(rows: Int, ends: Int) -> Int {
    Self.headerBytes + rows * rowBytes + ends * endBytes
  }
}

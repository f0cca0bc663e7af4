/// An episode that has ended.
public struct EndedEpisode: Sendable, Equatable {
  /// The worker.
  public let worker: Int
  /// Episodes the worker had ended before.
  public let episode: Int
  /// The worker's numbers of its steps.
  public let numbers: Range<Int>
  /// Its undiscounted return.
  public let undiscountedReturn: Double

  /// An episode that has ended.
  public init(worker: Int, episode: Int, numbers: Range<Int>, undiscountedReturn: Double) {
    self.worker = worker
    self.episode = episode
    self.numbers = numbers
    self.undiscountedReturn = undiscountedReturn
  }

  /// Its steps.
  public var length: Int { numbers.count }
}

public import Environments
public import Randomness

/// One worker's world, its random stream and the episode it is in.
///
/// An actor is a value: whoever holds it may hand it on, to another thread or another learner,
/// and the episode goes on where it was.
public struct Actor: Sendable {
  /// The worker's number, from 0.
  public let index: Int
  /// Its world.
  public private(set) var environment: any Environment
  /// Its own stream of random numbers: for the world and for the choice of actions.
  public var random: RandomStream
  /// The start it was sent to; nil where the world draws its own.
  public private(set) var start: Int?
  /// Steps done over the whole run: the number of the next one.
  public private(set) var steps = 0
  /// Episodes ended.
  public private(set) var episodes = 0
  /// Steps done of the present episode.
  public private(set) var episodeStep = 0
  /// Undiscounted return of the present episode so far.
  public private(set) var episodeReturn = 0.0
  /// The last episode that ended; nil before the first.
  public private(set) var lastEpisode: EndedEpisode?
  /// The action taken last in this episode, where there are a few; nil at its start.
  public private(set) var lastAction: Int?
  /// The continuous action taken last in this episode; nil at its start.
  public private(set) var lastContinuousAction: Double?
  /// The reward received last in this episode; nil at its start.
  public private(set) var lastReward: Double?

  private let starts: Int

  /// An actor at the start of its first episode. Its stream depends on `seed` and `index` alone.
  public init(index: Int, environment: any Environment, seed: UInt64, workers: Int) {
    self.index = index
    self.environment = environment
    starts = environment.specification.starts
    random = RandomStream(seed: seed, key: UInt64(index) + 1)
    beginEpisode(workers: workers)
  }

  /// Begins an episode. Workers are spread over the starts of a world that has several: worker w
  /// begins at start w mod S; with fewer workers than starts each goes through its share in turn.
  public mutating func beginEpisode(workers: Int) {
    start = starts > 1 ? (index + (workers < starts ? episodes * workers : 0)) % starts : nil
    environment.reset(start: start, random: &random)
    episodeStep = 0
    episodeReturn = 0
    lastAction = nil
    lastContinuousAction = nil
    lastReward = nil
  }

  /// Writes the observation of the present state. (Asking `environment` for it would copy the world.)
  public func observe(into observation: UnsafeMutablePointer<Float>) {
    environment.observe(into: observation)
  }

  /// Writes the whole state of its world: `environment.stateSize` numbers.
  public func save(into state: UnsafeMutablePointer<Double>) {
    environment.save(into: state)
  }

  /// `observe(into:)` for who holds the actor through a pointer or in a class: the actor stays where it
  /// is, where a call that does not change it would copy it.
  mutating func observeInPlace(into observation: UnsafeMutablePointer<Float>) {
    environment.observe(into: observation)
  }

  /// `save(into:)`, likewise.
  mutating func saveInPlace(into state: UnsafeMutablePointer<Double>) {
    environment.save(into: state)
  }

  /// Takes an action; the episode's statistics follow.
  public mutating func take(_ action: Int) -> StepOutcome {
    lastAction = action
    return note(environment.step(action, random: &random))
  }

  /// Takes a continuous action; the episode's statistics follow.
  public mutating func take(continuous action: Double) -> StepOutcome {
    lastContinuousAction = action
    return note(environment.step(continuous: action, random: &random))
  }

  @inline(__always)
  private mutating func note(_ outcome: StepOutcome) -> StepOutcome {
    steps += 1
    episodeStep += 1
    episodeReturn += outcome.reward
    lastReward = outcome.reward
    if outcome.ended {
      lastEpisode = EndedEpisode(
        worker: index, episode: episodes, numbers: steps - episodeStep..<steps,
        undiscountedReturn: episodeReturn)
      episodes += 1
    }
    return outcome
  }
}

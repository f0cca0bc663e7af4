internal import Scenes
internal import Telemetry

/// How far each learner of a race has come, who is being played, and what is reported of it.
struct RaceBoard {
  /// What became of a learner in a slice of work.
  struct Slice {
    /// Environment steps it has done in all. A2C ends with an update, which may lie further on.
    var steps: Int
    /// The greedy policy's mean return at the checkpoint it has reached; nil on the way there.
    var meanReturn: Double?
    /// What is seen of a learner of pair 0.
    var live: Live?
  }

  /// What is seen of a learner while it learns.
  struct Live {
    var scene: Scene
    var steps: Int
    var updates: Int
    var episodes: Int
    var recentReturn: Double?
    var actionValues: GridActionValues?
  }

  /// The mean returns at a checkpoint that all learners have passed, pair by pair.
  struct Sample {
    var step: Int
    var first: [Double]
    var second: [Double]
  }

  private struct Lane {
    var steps = 0
    var isTaken = false
    /// Mean returns at the checkpoints passed.
    var returns: [Double] = []
  }

  private(set) var report: RaceReport
  private var lanes: [Lane]
  private let checkpoints: [Int]
  /// Steps by which each learner stays behind the one before it: all of them are spread over the way
  /// between two checkpoints, so that their evaluations do not come all at once.
  private let handicap: Double
  private var stepsDone = 0
  private let began: Double
  /// Threads at work.
  private var threads: Int

  init(_ report: RaceReport, checkpoints: [Int], threads: Int, now: Double) {
    self.report = report
    self.checkpoints = checkpoints
    self.threads = threads
    lanes = Array(repeating: Lane(), count: 2 * report.pairs)
    handicap =
      Double(report.steps) / Double(max(1, checkpoints.count - 1)) / Double(lanes.count)
    began = now
  }

  /// Takes the learner that is furthest behind of those nobody plays now, so that all advance
  /// together; nil when none is left. Those that are being played stay with their threads to the end.
  ///
  /// - Returns: its index and the number of its next checkpoint.
  mutating func take() -> (learner: Int, checkpoint: Int)? {
    var chosen: Int?
    var least = Double.infinity
    for (index, lane) in lanes.enumerated()
    where !lane.isTaken && lane.returns.count < checkpoints.count {
      let place = Double(lane.steps) + handicap * Double(index)
      if place < least { (chosen, least) = (index, place) }
    }
    guard let chosen else { return nil }
    lanes[chosen].isTaken = true
    return (chosen, lanes[chosen].returns.count)
  }

  /// Gives a learner back after a slice of work.
  ///
  /// - Returns: the sample at its checkpoint, if it was the last to pass that.
  mutating func giveBack(_ index: Int, _ slice: Slice, now: Double) -> Sample? {
    lanes[index].isTaken = false
    if let live = slice.live { show(live, of: index) }
    let checkpoint = lanes[index].returns.count
    guard let meanReturn = slice.meanReturn else {
      note(steps: slice.steps, of: index, now: now)
      return nil
    }
    // Who has diverged passes it without the steps.
    note(steps: max(slice.steps, checkpoints[checkpoint]), of: index, now: now)
    lanes[index].returns.append(meanReturn)
    guard lanes.allSatisfy({ $0.returns.count > checkpoint }) else { return nil }
    let returns = lanes.map { $0.returns[checkpoint] }
    return Sample(
      step: checkpoints[checkpoint],
      first: stride(from: 0, to: returns.count, by: 2).map { returns[$0] },
      second: stride(from: 1, to: returns.count, by: 2).map { returns[$0] })
  }

  private mutating func note(steps: Int, of index: Int, now: Double) {
    stepsDone += min(steps, report.steps) - min(lanes[index].steps, report.steps)
    lanes[index].steps = steps
    let done = Double(stepsDone) / (Double(report.steps) * Double(lanes.count))
    report.progress = done
    report.secondsLeft = done > 0 ? (now - began) * (1 - done) / done : nil
  }

  private mutating func show(_ live: Live, of index: Int) {
    let contender = index == 0 ? \RaceReport.first : \RaceReport.second
    report[keyPath: contender].steps = live.steps
    report[keyPath: contender].scene = live.scene
    report[keyPath: contender].updates = live.updates
    report[keyPath: contender].episodes = live.episodes
    report[keyPath: contender].recentReturn = live.recentReturn
    report[keyPath: contender].actionValues = live.actionValues
  }

  /// Adds a point to each curve; checkpoints may come out of order by a little.
  mutating func add(
    first: RaceReport.Point, second: RaceReport.Point, difference: RaceReport.Point
  ) {
    report.first.curve = report.first.curve.with(first)
    report.second.curve = report.second.curve.with(second)
    report.difference = report.difference.with(difference)
  }

  /// A thread leaves, because no learner is left for it or because it was told to.
  ///
  /// - Returns: whether it was the last.
  mutating func leave() -> Bool {
    threads -= 1
    guard threads == 0 else { return false }
    report.status = report.difference.count == checkpoints.count ? .finished : .stopped
    report.secondsLeft = nil
    return true
  }
}

extension [RaceReport.Point] {
  /// The points with one more, in order; a new array, since the old one is being read elsewhere.
  fileprivate func with(_ point: RaceReport.Point) -> [RaceReport.Point] {
    (self + [point]).sorted { $0.step < $1.step }
  }
}

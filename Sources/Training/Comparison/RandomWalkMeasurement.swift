internal import Environments
internal import Randomness
internal import Threads

/// Reproduces Sutton and Barto (2018), Figures 7.2 and 12.3: how far n-step TD and the off-line
/// λ-return algorithm are from the true values of the walk over 19 states.
///
/// Runs are dealt out to threads in blocks; each run draws from a stream of its own, and blocks are
/// put together in order. So the same seed gives the same bits on any number of threads.
public struct RandomWalkMeasurement: Sendable {
  private let plan: RandomWalkPlan
  private let threads: Int

  /// Seconds between two looks at the progress.
  private static let interval = 0.05
  private static let leastBlock = 16
  private static let mostBlocks = 1024

  /// A measurement on a number of threads, at least 1.
  public init(_ plan: RandomWalkPlan, threads: Int) {
    self.plan = plan
    self.threads = threads
  }

  /// Runs it to the end.
  ///
  /// - Parameter onProgress: is called on this thread every now and then with the share of the runs
  ///   that is done, 0 to 1.
  /// - Throws: `OSThreadError` where the system grants no thread.
  public func run(onProgress: (Double) -> Void) throws -> RandomWalkTable {
    let plan = plan
    let world = RandomWalk.nineteen
    let runner = try RandomWalkRunner(plan, world: world)
    let size = max(Self.leastBlock, (plan.runs + Self.mostBlocks - 1) / Self.mostBlocks)
    let blocks = stride(from: 0, to: plan.runs, by: size).map {
      $0..<min($0 + size, plan.runs)
    }
    let desk = Locked(Desk(count: blocks.count))
    let work: @Sendable () -> Void = {
      var runner = runner
      while let block = desk.withLock({ $0.take() }) {
        var cells = Array(repeating: RunningStatistics(), count: plan.cells)
        for run in blocks[block] { runner.run(run, into: &cells) }
        desk.withLock { $0.finished[block] = cells }
      }
    }
    let workers = try start(min(threads, blocks.count), work)
    while desk.withLock({ $0.share < 1 }) {
      OSThread.sleep(seconds: Self.interval)
      onProgress(desk.withLock { $0.share })
    }
    for worker in workers { worker.join() }
    return RandomWalkTable(
      plan, states: runner.states, cells: desk.withLock { $0.merged(plan.cells) })
  }

  /// As many threads as asked for and granted.
  private func start(
    _ count: Int, _ work: @escaping @Sendable () -> Void
  ) throws(OSThreadError) -> [OSThread] {
    var workers: [OSThread] = []
    while workers.count < count {
      do {
        workers.append(try OSThread(work))
      } catch {
        // Fewer threads make all the runs too.
        guard workers.isEmpty else { break }
        throw error
      }
    }
    return workers
  }
}

/// Where threads get their blocks of runs, and leave what came of them.
private struct Desk: Sendable {
  private var next = 0
  var finished: [[RunningStatistics]?]

  init(count: Int) {
    finished = Array(repeating: nil, count: count)
  }

  mutating func take() -> Int? {
    guard next < finished.count else { return nil }
    defer { next += 1 }
    return next
  }

  /// The share of the blocks that is done.
  var share: Double {
    finished.isEmpty ? 1 : Double(finished.count { $0 != nil }) / Double(finished.count)
  }

  /// All blocks in order, as one.
  func merged(_ cells: Int) -> [RunningStatistics] {
    var all = Array(repeating: RunningStatistics(), count: cells)
    for block in finished.compactMap(\.self) {
      for cell in all.indices { all[cell].merge(block[cell]) }
    }
    return all
  }
}

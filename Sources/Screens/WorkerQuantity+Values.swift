import CellCanvas
public import Telemetry

extension WorkerQuantity {
  /// Its name, as shown.
  public var title: String {
    switch self {
    case .meanReturn: "return"
    case .staleness: "lag"
    case .entropy: "entropy"
    case .gradientNorm: "gradient norm"
    }
  }

  /// What it is, in a line.
  var summary: String {
    switch self {
    case .meanReturn: "of the latest episodes"
    case .staleness: "updates from pull to push"
    case .entropy: "nats, over the last rollout"
    case .gradientNorm: "of the last push"
    }
  }

  /// The number of a worker; not a number where there is none yet.
  public func value(of worker: WorkerReport) -> Double {
    switch self {
    case .meanReturn: return worker.meanReturn
    case .staleness: return worker.pushes > 0 ? Double(worker.staleness) : .nan
    case .entropy: return worker.pushes > 0 ? worker.entropy : .nan
    case .gradientNorm: return worker.pushes > 0 ? worker.gradientNorm : .nan
    }
  }

  /// The number as text.
  func text(_ value: Double, _ snapshot: EngineSnapshot) -> String {
    switch self {
    case .meanReturn: WorkersTable.returnText(value, snapshot)
    case .staleness: NumberFormat.fixed(value, decimals: 0, width: 6)
    case .entropy, .gradientNorm: NumberFormat.unit(value, width: 6)
    }
  }
}

extension WorkerReport {
  /// Mean of its latest returns; not a number before the first.
  var meanReturn: Double {
    let finite = recentReturns.filter(\.isFinite)
    return finite.isEmpty ? .nan : finite.reduce(0, +) / Double(finite.count)
  }
}

internal import CellCanvas
internal import Estimators
internal import Telemetry

/// What can be read off a report of the policy gradient: which estimate is in use, which one points an
/// update best, and that in words. Every word follows from the figures.
struct GradientReading {
  let report: GradientReport
  /// Steps of one update: those of all workers with a barrier, else of one rollout.
  let steps: Int
  /// The estimate in use; nil where the report has none of that n or lambda.
  let inUse: Int?
  /// The estimate whose update points best along the exact gradient; nil where that is unknown.
  let best: Int?

  init(report: GradientReport, settings: LiveSettings) {
    self.report = report
    let sharers = settings.agent == .a2c ? max(1, settings.workers) : 1
    let steps = max(1, settings.rolloutLength) * sharers
    self.steps = steps
    inUse =
      report.entries.firstIndex {
        if case .advantage(let estimator) = $0.weight {
          estimator.isSame(as: settings.estimator)
        } else {
          false
        }
      }
      ?? (settings.estimator == .monteCarlo
        ? report.entries.firstIndex { $0.weight == .valueBaseline } : nil)
    best =
      report.entries.indices
      .compactMap { index in
        report.entries[index].alignment(steps: Double(steps)).map { (index, $0) }
      }
      .filter { $0.1.isFinite }.max { $0.1 < $1.1 }?.0
  }

  /// How well an update made of an entry's estimates points uphill, -1 to 1.
  func alignment(_ index: Int) -> Double? {
    report.entries[index].alignment(steps: Double(steps))
  }

  /// How many times less variance an entry has than G alone; nil where that cannot be said.
  func reduction(_ index: Int) -> Double? {
    guard let whole = entry(.returnAlone)?.variance, report.entries[index].variance > 0,
      whole.isFinite, report.entries[index].variance.isFinite
    else { return nil }
    return whole / report.entries[index].variance
  }

  private func entry(_ weight: GradientWeight) -> GradientReport.Entry? {
    report.entries.first { $0.weight == weight }
  }

  // MARK: Words

  /// Sentences, the most important first, each from its fullest words to its shortest.
  var words: [[String]] { [baseline, direction, meaning].compactMap(\.self) }

  /// `V as the baseline: variance ÷ 12.4; the cosine stays 1.000: it costs no bias.`
  private var baseline: [String]? {
    guard let index = report.entries.firstIndex(where: { $0.weight == .valueBaseline }),
      let reduction = reduction(index)
    else { return nil }
    let less =
      reduction >= 1
      ? "variance ÷ \(Self.factor(reduction))" : "variance × \(Self.factor(1 / reduction))"
    let (long, short) = ("V as the baseline: \(less) against G alone", "V as baseline: \(less)")
    guard let cosine = report.entries[index].cosine else { return [long + ".", short + "."] }
    guard Self.isUnbiased(cosine) else {
      let shown = NumberFormat.fixed(cosine, decimals: 3)
      return [long + "; the cosine is \(shown).", short + ", cosine \(shown)."]
    }
    return [
      long + "; the cosine stays 1.000: it costs no bias.",
      short + ", the cosine stays 1.000: no bias.", short + ", no bias.",
    ]
  }

  /// `An update of 40 steps points best with λ .9: .62 of 1; n 5, in use: .55.`
  private var direction: [String]? {
    guard let best, let most = alignment(best) else {
      return [
        "The exact gradient is not known here: no cosine and no alignment (–).",
        "– : the exact gradient is unknown.",
      ]
    }
    let made = steps == 1 ? "1 step" : "\(steps) steps"
    let value = NumberFormat.unit(most)
    var end = "."
    if let inUse, inUse != best, let own = alignment(inUse) {
      end = "; \(name(inUse)), in use: \(NumberFormat.unit(own))."
    } else if inUse == best {
      end = ", which is in use."
    }
    return [
      "An update of \(made) points best with \(name(best)): \(value) of 1\(end)",
      "\(made) point best with \(name(best)): \(value)\(end)", "best: \(name(best)), \(value)",
    ]
  }

  private var meaning: [String]? {
    guard best != nil else { return nil }
    return [
      "cosine: of the mean estimate with the exact gradient; alignment: of the mean of \(steps) "
        + "independent ones.",
      "cosine: of the mean estimate; alignment: of the mean of \(steps) independent.",
    ]
  }

  /// A cosine that rounds to 1.000.
  static func isUnbiased(_ cosine: Double) -> Bool { cosine >= 0.9995 }

  /// A factor in three figures.
  static func factor(_ value: Double) -> String {
    guard value < 99_999.5 else { return NumberFormat.compact(value) }
    return NumberFormat.fixed(value, decimals: value < 9.995 ? 2 : value < 99.95 ? 1 : 0)
  }

  /// An entry's name as its row shows it.
  func name(_ index: Int) -> String {
    switch report.entries[index].weight {
    case .returnAlone: "G alone"
    case .constantBaseline: "G − mean"
    case .valueBaseline: "G − V"
    case .advantage(.monteCarlo): "n ∞"
    case .advantage(.td): "n 1"
    case .advantage(let estimator): estimator.shortLabel
    }
  }

  /// What an estimate does, in a short line.
  func remark(_ index: Int) -> String {
    let entry = report.entries[index]
    switch entry.weight {
    case .returnAlone: return "REINFORCE: every later reward"
    case .constantBaseline:
      return "less the mean return \(NumberFormat.fixed(report.constant, decimals: 2))"
    case .valueBaseline: return "better than V expected, or worse"
    case .advantage(let estimator):
      switch estimator {
      case .monteCarlo: return "every reward, less V"
      case .td: return "1 reward, then V"
      case .nStep(1): return "1 reward, then V"
      case .nStep(ReturnEstimator.unlimitedSteps): return "every reward, less V"
      case .nStep(let n): return "\(n) rewards, then V"
      case .lambda(0): return "GAE: the TD error alone"
      case .lambda(1): return "GAE: every reward, less V"
      case .lambda: return "GAE: a mixture of all n"
      }
    }
  }
}

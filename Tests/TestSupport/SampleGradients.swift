internal import Estimators
public import Telemetry

/// Reports of the policy gradient, computed exactly in a corridor of seven squares.
public enum SampleGradients {
  /// Exact: the policy and the critic of the corridor.
  public static let exact = report(criticError: 0.12)

  /// The same with a critic that is right: no estimate has a bias.
  public static let perfectCritic = report(criticError: 0)

  /// As if it had been measured where no exact gradient is known.
  public static let measured: GradientReport = {
    var report = exact
    report.exact = false
    report.exactNorm = nil
    report.episodes = 1_536
    report.progress = 0.75
    for index in report.entries.indices {
      report.entries[index].cosine = nil
      report.entries[index].varianceInterval = 0.07 * report.entries[index].variance
    }
    return report
  }()

  private static func report(criticError: Double) -> GradientReport {
    let corridor = Corridor(criticError: criticError)
    let whole = ReturnEstimator.monteCarlo
    let mean = corridor.meanReturn
    let n = [1, 2, 3, 5, 8, 10, 20, 50].map(ReturnEstimator.nStep) + [whole]
    let lambda = [0, 0.5, 0.8, 0.9, 0.95, 0.97, 0.99, 1].map(ReturnEstimator.lambda)
    var entries = [
      corridor.entry(.returnAlone, whole) { _ in 0 },
      corridor.entry(.constantBaseline, whole) { _ in mean },
      corridor.entry(.valueBaseline, whole) { corridor.critic[$0] },
    ]
    entries += (n + lambda).map { estimator in
      corridor.entry(.advantage(estimator), estimator) { corridor.critic[$0] }
    }
    return GradientReport(
      entries: entries, constant: mean, exactNorm: corridor.exactNorm, exact: true, episodes: 0,
      progress: 1, update: 19_667, age: 0.2)
  }
}

/// Seven squares in a row: a pit at the left, a goal at the right. One logit a square.
private struct Corridor {
  /// Mean and mean square of a target after each action, per square.
  private struct Moments {
    var first: [[Double]]
    var second: [[Double]]
  }

  private let squares = 7
  private let discount = 0.95
  private let right: [Double]
  private var visits: [Double] = []
  private var exact: Moments
  var critic: [Double] = []

  init(criticError: Double) {
    right = (0..<7).map { 0.52 + 0.04 * Double($0) }
    exact = Moments(first: [], second: [])
    critic = Array(repeating: 0, count: squares)
    exact = moments(.monteCarlo)
    critic = (0..<squares).map { value($0, exact.first) + criticError * ($0 % 2 == 0 ? 1 : -0.7) }
    visits = discountedVisits()
  }

  var meanReturn: Double {
    (0..<squares).reduce(0) { $0 + visits[$1] * value($1, exact.first) }
  }

  private var gradient: [Double] { meanGradient(exact) { _ in 0 } }

  var exactNorm: Double { norm(gradient) }

  /// Exact figures of Ψ ∇ log π(a|s), the target less a baseline in place of Ψ.
  func entry(
    _ weight: GradientWeight, _ estimator: ReturnEstimator, _ baseline: (Int) -> Double
  ) -> GradientReport.Entry {
    let target = moments(estimator)
    let mean = meanGradient(target, baseline)
    var meanSquare = 0.0
    for s in 0..<squares {
      let b = baseline(s)
      for a in 0...1 {
        let score = Double(a) - right[s]
        let square = target.second[s][a] - 2 * b * target.first[s][a] + b * b
        meanSquare += visits[s] * probability(a, s) * score * score * square
      }
    }
    let product = zip(mean, gradient).reduce(0) { $0 + $1.0 * $1.1 }
    let squaredNorm = mean.reduce(0) { $0 + $1 * $1 }
    return GradientReport.Entry(
      weight: weight, variance: meanSquare - squaredNorm, varianceInterval: 0,
      squaredMeanNorm: squaredNorm, cosine: product / (norm(mean) * exactNorm))
  }

  private func meanGradient(_ target: Moments, _ baseline: (Int) -> Double) -> [Double] {
    (0..<squares).map { s in
      (0...1).reduce(0) { sum, a in
        sum + visits[s] * probability(a, s) * (Double(a) - right[s])
          * (target.first[s][a] - baseline(s))
      }
    }
  }

  private func norm(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private func probability(_ action: Int, _ square: Int) -> Double {
    action == 1 ? right[square] : 1 - right[square]
  }

  private func value(_ square: Int, _ moment: [[Double]]) -> Double {
    (0...1).reduce(0) { $0 + probability($1, square) * moment[square][$1] }
  }

  /// The square reached (nil: an end) and the reward.
  private func move(_ square: Int, _ action: Int) -> (next: Int?, reward: Double) {
    switch (square, action) {
    case (0, 0): (nil, -1)
    case (squares - 1, 1): (nil, 1)
    default: (square + (action == 1 ? 1 : -1), -0.02)
    }
  }

  /// What a target does from every square: its recursion, applied until nothing changes.
  private func moments(_ estimator: ReturnEstimator) -> Moments {
    let (lambda, rounds): (Double, Int) =
      switch estimator {
      case .monteCarlo: (1, 2_000)
      case .td: (0, 1)
      case .nStep(let n): (1, n)
      case .lambda(let lambda): (lambda, 2_000)
      }
    let row = critic.map { [$0, $0] }
    var now = Moments(first: row, second: row.map { $0.map { $0 * $0 } })
    for _ in 0..<rounds {
      var new = now
      for s in 0..<squares {
        for a in 0...1 {
          let (next, reward) = move(s, a)
          guard let next else {
            (new.first[s][a], new.second[s][a]) = (reward, reward * reward)
            continue
          }
          let fixed = reward + discount * (1 - lambda) * critic[next]
          let scale = discount * lambda
          let (mean, square) = (value(next, now.first), value(next, now.second))
          new.first[s][a] = fixed + scale * mean
          new.second[s][a] = fixed * fixed + 2 * fixed * scale * mean + scale * scale * square
        }
      }
      now = new
    }
    return now
  }

  /// The discounted share of its steps that the policy spends in each square, from the third on.
  private func discountedVisits() -> [Double] {
    var now = (0..<squares).map { $0 == 2 ? 1.0 : 0 }
    var sum = now
    for _ in 0..<2_000 {
      var new = Array(repeating: 0.0, count: squares)
      for s in 0..<squares {
        for a in 0...1 {
          if let next = move(s, a).next { new[next] += discount * now[s] * probability(a, s) }
        }
      }
      now = new
      for s in 0..<squares { sum[s] += now[s] }
    }
    let total = sum.reduce(0, +)
    return sum.map { $0 / total }
  }
}

internal import Estimators
internal import Scenes
public import Telemetry

/// Races of two settings whose curves are made up pair by pair; what is said of them is computed.
public enum SampleRaces {
  /// CartPole, finished: the second learns faster.
  public static let finished = cartPole(pairs: 10, done: 1)

  /// CartPole, two fifths done.
  public static let running: RaceReport = {
    var race = cartPole(pairs: 10, done: 0.4)
    race.status = .running
    race.secondsLeft = 14.2
    return race
  }()

  /// Only just begun: nothing has been evaluated.
  public static let justBegun: RaceReport = {
    var race = cartPole(pairs: 10, done: 0)
    race.status = .running
    return race
  }()

  /// One pair, of which no interval can be had.
  public static let onePair = cartPole(pairs: 1, done: 1)

  /// A race of equals.
  public static let equals = cartPole(pairs: 10, done: 1, advantage: 0)

  /// A race in a maze, stopped on its way.
  public static let maze: RaceReport = {
    var race = cartPole(pairs: 10, done: 0.6, height: 0.9)
    race.status = .stopped
    let map = SampleScenes.smallMaze
    let floor = map.states.indices.filter { map.states[$0] >= 0 }
    race.first.scene = .grid(GridScene(map: map, agent: floor[3], previous: nil))
    race.second.scene = .grid(GridScene(map: map, agent: floor[20], previous: nil))
    race.first.recentReturn = 0.412
    race.second.recentReturn = 0.634
    return race
  }()

  private static func cartPole(
    pairs: Int, done: Double, advantage: Double = 1, height: Double = 500
  ) -> RaceReport {
    let settings = SampleSnapshots.cartPoleAtStart().settings
    var first = settings
    first.estimator = .nStep(5)
    let scene = SampleScenes.cartPole(position: -0.4, angle: 0.16, push: -1)
    let other = SampleScenes.cartPole(position: 0.62, angle: -0.05, push: 1)
    var race = RaceReport(
      first: .init(label: first.estimator.label, settings: first, scene: scene),
      second: .init(label: settings.estimator.label, settings: settings, scene: other),
      pairs: pairs, steps: 50_000, fromUpdate: 19_668)
    race.status = .finished
    race.progress = done
    var chance = SampleChance(seed: 41)
    let points = Int((20 * done).rounded())
    let curves = (0..<pairs).map { _ in pair(points, advantage, height, &chance) }
    for k in 0..<points {
      let step = (k + 1) * race.steps / 20
      let (a, b) = (curves.map { $0[k].a }, curves.map { $0[k].b })
      race.first.curve.append(point(step, a, &chance))
      race.second.curve.append(point(step, b, &chance))
      race.difference.append(point(step, zip(a, b).map { $1 - $0 }, &chance))
    }
    fill(&race.first, points, 61)
    fill(&race.second, points, 43)
    return race
  }

  private static func fill(_ contender: inout RaceReport.Contender, _ points: Int, _ length: Int) {
    guard points > 0 else { return }
    contender.steps = points * 2_500
    contender.updates = contender.steps / 5
    contender.episodes = contender.steps / length
    contender.recentReturn = contender.curve.last.map { $0.middle * 0.92 }
  }

  /// One pair: two courses of learning that share some of their chance.
  private static func pair(
    _ points: Int, _ advantage: Double, _ height: Double, _ chance: inout SampleChance
  ) -> [(a: Double, b: Double)] {
    let luck = 1.5 * chance.normal()
    return (0..<points).map { k in
      func course(_ middle: Double) -> Double {
        let learnt = 1 / (1 + SampleMath.exp(-0.45 * (Double(k) - middle - luck)))
        return height * min(1, max(0, 0.03 + 0.92 * learnt + 0.03 * chance.normal()))
      }
      return (course(11), course(11 - 3 * advantage))
    }
  }

  /// Interquartile mean, and the middle 95 % of those of 400 resamples.
  private static func point(
    _ step: Int, _ values: [Double], _ chance: inout SampleChance
  ) -> RaceReport.Point {
    guard values.count > 1 else {
      return RaceReport.Point(step: step, middle: values[0], interval: nil)
    }
    let resamples = (0..<400).map { _ in
      interquartileMean(values.map { _ in values[chance.below(values.count)] })
    }.sorted()
    return RaceReport.Point(
      step: step, middle: interquartileMean(values), interval: resamples[10]...resamples[389])
  }

  private static func interquartileMean(_ values: [Double]) -> Double {
    let cut = values.count / 4
    let kept = values.sorted().dropFirst(cut).dropLast(cut)
    return kept.reduce(0, +) / Double(kept.count)
  }
}

public import Environments
internal import MarkovProcesses
internal import Randomness
internal import Scenes

/// The promises every environment makes, checked for one of them.
///
/// ```swift
/// #expect(EnvironmentConformance(CartPole()).problems() == [])
/// ```
public struct EnvironmentConformance {
  private let world: any Environment
  private let specification: EnvironmentSpecification
  private let seeds: Range<UInt64> = 0..<5

  /// A check of `world`, in any state.
  public init(_ world: any Environment) {
    self.world = world
    specification = world.specification
  }

  /// What is broken, a sentence for each; empty for a sound environment.
  public func problems() -> [String] {
    var found = documentationProblems() + startProblems() + limitProblems() + processProblems()
    found += boundProblems()
    for seed in seeds {
      found += determinismProblems(seed: seed)
      found += observationProblems(seed: seed)
      found += restoreProblems(seed: seed)
      found += copyProblems(seed: seed)
      found += endProblems(seed: seed)
    }
    return found
  }

  /// One step of a recorded episode: everything that can be seen of it.
  private struct Moment: Equatable {
    var outcome: StepOutcome
    var state: [Double]
    var observation: [Float]
  }

  /// Plays on from the present state with random actions until the episode ends, `steps` at most.
  private func play(
    _ world: inout any Environment, steps: Int, random: inout RandomStream
  ) -> [Moment] {
    var moments: [Moment] = []
    for _ in 0..<steps {
      let outcome = world.step(anyAction(&random), random: &random)
      moments.append(
        Moment(outcome: outcome, state: savedState(of: world), observation: observation(of: world)))
      if outcome.ended { break }
    }
    return moments
  }

  /// A random action of the world, within its bounds where it is a real number.
  private func anyAction(_ random: inout RandomStream) -> Action {
    switch specification.actionSpace {
    case .discrete(let names): .discrete(random.below(names.count))
    case .box(let quantity):
      .continuous(random.uniform(from: quantity.low, to: quantity.high))
    }
  }

  /// Every action; of a real number its bounds, the middle, and two beyond the bounds.
  private var everyAction: [Action] {
    switch specification.actionSpace {
    case .discrete(let names): return names.indices.map(Action.discrete)
    case .box(let quantity):
      let (middle, width) = ((quantity.low + quantity.high) / 2, quantity.high - quantity.low)
      return [quantity.low, middle, quantity.high, middle - width, middle + width]
        .map(Action.continuous)
    }
  }

  private func savedState(of world: any Environment) -> [Double] {
    [Double](unsafeUninitializedCapacity: world.stateSize) { buffer, count in
      buffer.initialize(repeating: 0)
      if let base = buffer.baseAddress { world.save(into: base) }
      count = buffer.count
    }
  }

  private func observation(of world: any Environment) -> [Float] {
    var numbers = [Float](repeating: 0, count: specification.observation.width)
    numbers.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { world.observe(into: base) }
    }
    return numbers
  }

  private func documentationProblems() -> [String] {
    var found: [String] = []
    let texts = [
      specification.name, specification.summary, specification.rewards, specification.ends,
    ]
    if texts.contains("") { found.append("a text of the specification is empty") }
    if everyAction.isEmpty { found.append("there are no actions") }
    if let action = specification.continuousAction {
      if action.name.isEmpty || action.symbol.isEmpty { found.append("the action has no name") }
      if !(action.low < action.high && action.low.isFinite && action.high.isFinite) {
        found.append("the action has no bounds")
      }
    }
    if specification.stepLimit < 1 { found.append("the step limit is below 1") }
    if specification.stepsPerSecond <= 0 { found.append("the real speed is not above 0") }
    if world.stateSize < 2 { found.append("a saved state has a world and a step count") }
    return found
  }

  private func startProblems() -> [String] {
    var found: [String] = []
    var seen: Set<[Double]> = []
    for start in 0..<specification.starts {
      var world = self.world
      var random = RandomStream(seed: 1)
      world.reset(start: start, random: &random)
      seen.insert(world.worldState)
      if savedState(of: world).last != 0 { found.append("reset leaves the step count") }
    }
    if seen.count != specification.starts { found.append("two starts are the same state") }

    var drawn: Set<[Double]> = []
    var random = RandomStream(seed: 2)
    for _ in 0..<(40 * specification.starts) {
      var world = self.world
      world.reset(start: nil, random: &random)
      drawn.insert(world.worldState)
    }
    if drawn.count < specification.starts { found.append("reset(nil) never draws some start") }
    return found
  }

  private func determinismProblems(seed: UInt64) -> [String] {
    var episodes: [[Moment]] = []
    for _ in 0..<2 {
      var world = self.world
      var random = RandomStream(seed: seed)
      world.reset(start: nil, random: &random)
      episodes.append(play(&world, steps: 300, random: &random))
    }
    return episodes[0] == episodes[1] ? [] : ["equal streams give other episodes (seed \(seed))"]
  }

  private func observationProblems(seed: UInt64) -> [String] {
    var world = self.world
    var random = RandomStream(seed: seed)
    world.reset(start: nil, random: &random)
    let moments = play(&world, steps: 300, random: &random)
    var found: [String] = []
    for (time, moment) in moments.enumerated() where !isInSpace(moment.observation) {
      found.append("the observation after step \(time) is not in the space (seed \(seed))")
    }
    if !moments.allSatisfy({ $0.outcome.reward.isFinite }) {
      found.append("a reward is not finite")
    }

    let width = specification.observation.width
    var guarded = [Float](repeating: 77, count: width + 1)
    guarded.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { world.observe(into: base) }
    }
    if guarded[width] != 77 { found.append("observe writes more than \(width) numbers") }
    if !isSound(world.scene(lastAction: 0)) { found.append("the scene is empty or off the map") }
    return found
  }

  private func isInSpace(_ observation: [Float]) -> Bool {
    switch specification.observation {
    case .box(let quantities):
      // Observations are in single precision, and so are the bounds they keep.
      zip(observation, quantities).allSatisfy { number, quantity in
        number >= Float(quantity.low) && number <= Float(quantity.high)
      }
    case .discrete(let count):
      Int(exactly: observation[0]).map { (0..<count).contains($0) } ?? false
    }
  }

  private func isSound(_ scene: Scene) -> Bool {
    switch scene {
    case .figure(let figure):
      !figure.shapes.isEmpty && figure.lowerLeft.x < figure.upperRight.x
        && figure.lowerLeft.y < figure.upperRight.y
    case .grid(let grid):
      grid.map.squares.indices.contains(grid.agent) && grid.map.squares[grid.agent] != .wall
    }
  }

  private func restoreProblems(seed: UInt64) -> [String] {
    var original = self.world
    var random = RandomStream(seed: seed)
    original.reset(start: nil, random: &random)
    let before = play(&original, steps: 4, random: &random)
    if before.last?.outcome.ended ?? false { return [] }
    let saved = savedState(of: original)

    var other = self.world
    var otherRandom = RandomStream(seed: seed + 1000)
    other.reset(start: nil, random: &otherRandom)
    saved.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { other.restore(from: base) }
    }
    var found: [String] = []
    if savedState(of: other) != saved { found.append("restore changes what save gives") }
    if looks(of: other) != looks(of: original) { found.append("a restored world looks different") }
    if other.scene(lastAction: nil) != looks(of: other) {
      found.append("a restored world shows an action that was not taken in it")
    }
    otherRandom = random
    if play(&original, steps: 300, random: &random)
      != play(&other, steps: 300, random: &otherRandom)
    {
      found.append("a restored world has another future (seed \(seed))")
    }
    return found
  }

  /// The picture without the last action, which is no part of a state.
  private func looks(of world: any Environment) -> Scene {
    guard specification.continuousAction != nil,
      case .figure(var figure) = world.scene(lastAction: nil)
    else { return world.scene(lastAction: nil) }
    figure.shapes.removeAll {
      switch $0 {
      case .line(_, _, .force), .path(_, .force): true
      default: false
      }
    }
    return .figure(figure)
  }

  private func copyProblems(seed: UInt64) -> [String] {
    var random = RandomStream(seed: seed)
    var original = self.world
    original.reset(start: nil, random: &random)
    let before = savedState(of: original)
    var copy = original
    _ = play(&copy, steps: 50, random: &random)
    return savedState(of: original) == before ? [] : ["stepping a copy changes the original"]
  }

  /// An action beyond a bound does what the bound does; the bounds do not do the same.
  private func boundProblems() -> [String] {
    guard let action = specification.continuousAction else { return [] }
    func reached(by number: Double) -> [Double] {
      var world = self.world
      var random = RandomStream(seed: 4)
      world.reset(start: nil, random: &random)
      _ = world.step(.continuous(number), random: &random)
      return savedState(of: world)
    }
    let (low, high) = (reached(by: action.low), reached(by: action.high))
    var found: [String] = []
    if reached(by: action.low - 3) != low { found.append("the action has no lower bound") }
    if reached(by: action.high + 3) != high { found.append("the action has no upper bound") }
    if low == high { found.append("the action does nothing") }
    return found
  }

  /// With the step count set near the limit: truncated exactly there, whatever else happens.
  private func limitProblems() -> [String] {
    guard specification.stepLimit < .max else { return [] }
    var found: [String] = []
    for (stepsTaken, isCut) in [
      (specification.stepLimit - 1, true), (specification.stepLimit - 2, false),
    ]
    where stepsTaken >= 0 {
      for action in everyAction {
        var world = self.world
        var random = RandomStream(seed: 3)
        world.reset(start: nil, random: &random)
        var state = savedState(of: world)
        state[state.count - 1] = Double(stepsTaken)
        state.withUnsafeBufferPointer { buffer in
          if let base = buffer.baseAddress { world.restore(from: base) }
        }
        let outcome = world.step(action, random: &random)
        if outcome.truncated != isCut {
          found.append("step \(stepsTaken + 1) of \(specification.stepLimit): truncated \(!isCut)")
        }
      }
    }
    return found
  }

  /// An episode that ends before its limit is terminated and not truncated.
  private func endProblems(seed: UInt64) -> [String] {
    var world = self.world
    var random = RandomStream(seed: seed)
    world.reset(start: nil, random: &random)
    let moments = play(&world, steps: specification.stepLimit, random: &random)
    guard let last = moments.last else { return ["no step could be taken"] }
    var found: [String] = []
    if !last.outcome.ended { found.append("an episode outlives its limit") }
    if moments.count < specification.stepLimit && last.outcome.truncated {
      found.append("an episode is truncated before its limit")
    }
    world.reset(start: nil, random: &random)
    if savedState(of: world).last != 0 { found.append("reset leaves the step count") }
    return found
  }

  private func processProblems() -> [String] {
    guard let process = world.knownMDP else { return [] }
    var found: [String] = []
    if specification.observation != .discrete(process.states) {
      found.append("the known process has other states than are observed")
    }
    if process.actions != specification.actions.count { found.append("it has other actions") }
    for state in 0..<process.states {
      for action in 0..<process.actions {
        let outcomes = process.outcomes[state][action]
        let total = outcomes.reduce(0) { $0 + $1.probability }
        if abs(total - 1) > 1e-12 {
          found.append("probabilities of \(state), \(action) sum to \(total)")
        }
        if !outcomes.allSatisfy({
          (-1..<process.states).contains($0.nextState) && $0.probability > 0
        }) {
          found.append("an outcome of \(state), \(action) leads nowhere or is impossible")
        }
      }
    }
    return found
  }
}

import Environments
import MarkovProcesses
import Randomness
import Scenes
import Threads

/// A world that notes what it goes through: every actor's copy for itself, told apart by the order in
/// which they were sent to their first start.
struct WitnessedWorld: Environment {
  /// What happened at a step.
  struct Moment: Equatable {
    var state: [Double]
    var observation: [Float]
    var outcome: StepOutcome
    /// The state it led to.
    var reached: [Double]
  }

  /// What all copies note.
  final class Log: Sendable {
    let actors = Locked<[[Moment]]>([])
    let isOn = Locked(true)
  }

  let log = Log()
  private var world: any Environment
  private var actor: Int?

  init(_ world: any Environment) { self.world = world }

  var specification: EnvironmentSpecification { world.specification }
  var stateSize: Int { world.stateSize }
  var worldState: [Double] { world.worldState }

  var state: [Double] {
    var state = [Double](repeating: 0, count: world.stateSize)
    world.save(into: &state)
    return state
  }

  var observation: [Float] {
    var numbers = [Float](repeating: 0, count: world.specification.observation.width)
    world.observe(into: &numbers)
    return numbers
  }

  mutating func reset(start: Int?, random: inout RandomStream) {
    if actor == nil {
      actor = log.actors.withLock {
        $0.append([])
        return $0.count - 1
      }
    }
    world.reset(start: start, random: &random)
  }

  mutating func step(_ action: Int, random: inout RandomStream) -> StepOutcome {
    witness { $0.step(action, random: &random) }
  }

  mutating func step(continuous action: Double, random: inout RandomStream) -> StepOutcome {
    witness { $0.step(continuous: action, random: &random) }
  }

  private mutating func witness(
    _ step: (inout any Environment) -> StepOutcome
  ) -> StepOutcome {
    guard let actor, log.isOn.withLock({ $0 }) else { return step(&world) }
    let (before, seen) = (state, observation)
    let outcome = step(&world)
    let moment = Moment(state: before, observation: seen, outcome: outcome, reached: state)
    log.actors.withLock { $0[actor].append(moment) }
    return outcome
  }

  func observe(into observation: UnsafeMutablePointer<Float>) {
    world.observe(into: observation)
  }

  func save(into state: UnsafeMutablePointer<Double>) { world.save(into: state) }
  mutating func restore(from state: UnsafePointer<Double>) { world.restore(from: state) }
  func check(saved state: [Double]) throws(WorldStateError) { try world.check(saved: state) }
  mutating func begin(in worldState: [Double]) throws(WorldStateError) {
    try world.begin(in: worldState)
  }
  func scene(lastAction action: Int?) -> Scene { world.scene(lastAction: action) }
}

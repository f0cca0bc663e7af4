import Environments
import MarkovProcesses
import Randomness
import Scenes
import TestSupport
import Testing

/// CartPole with one promise broken.
private struct BrokenWorld: Environment {
  enum Fault: CaseIterable {
    case limitOneLate, truncationForTermination, restoreForgetsStepCount, observationOffScale
    case resetKeepsStepCount, hiddenRandomness
  }

  let fault: Fault
  private var world = CartPole()
  private var steps = 0

  init(_ fault: Fault) { self.fault = fault }

  var specification: EnvironmentSpecification { world.specification }
  var stateSize: Int { world.stateSize }
  var knownMDP: TabularMDP? { nil }

  mutating func reset(start: Int?, random: inout RandomStream) {
    let stepsBefore = steps
    if fault == .hiddenRandomness {
      var other = SystemRandomNumberGenerator()
      random = RandomStream(seed: other.next())
    }
    world.reset(start: start, random: &random)
    steps = fault == .resetKeepsStepCount ? stepsBefore : 0
  }

  mutating func step(_ action: Int, random: inout RandomStream) -> StepOutcome {
    var outcome = world.step(action, random: &random)
    steps += 1
    outcome.truncated = steps >= (fault == .limitOneLate ? 501 : 500)
    if fault == .truncationForTermination && outcome.terminated {
      outcome = StepOutcome(reward: 1, terminated: false, truncated: true)
    }
    return outcome
  }

  func observe(into observation: UnsafeMutablePointer<Float>) {
    world.observe(into: observation)
    if fault == .observationOffScale { observation[0] += 100 }
  }

  func save(into state: UnsafeMutablePointer<Double>) {
    world.save(into: state)
    state[4] = Double(steps)
  }

  mutating func restore(from state: UnsafePointer<Double>) {
    world.restore(from: state)
    steps = fault == .restoreForgetsStepCount ? 0 : Int(state[4])
  }

  func scene(lastAction action: Int?) -> Scene { world.scene(lastAction: action) }
}

/// Pendulum with one promise about its continuous action broken.
private struct BrokenPendulum: Environment {
  enum Fault: CaseIterable {
    case unboundedAction, idleAction, actionNeverTaken, limitForStrongTorqueAlone
  }

  let fault: Fault
  private var world = Pendulum()

  init(_ fault: Fault) { self.fault = fault }

  var specification: EnvironmentSpecification { world.specification }
  var stateSize: Int { world.stateSize }

  mutating func reset(start: Int?, random: inout RandomStream) {
    world.reset(start: start, random: &random)
  }

  mutating func step(continuous action: Double, random: inout RandomStream) -> StepOutcome {
    var outcome = world.step(continuous: fault == .idleAction ? 0 : action, random: &random)
    if fault == .unboundedAction, abs(action) > 2 {
      let state = world.worldState
      [state[0] + action / 100, state[1], 1].withUnsafeBufferPointer {
        world.restore(from: $0.baseAddress!)
      }
    }
    if fault == .limitForStrongTorqueAlone, abs(action) < 1 { outcome.truncated = false }
    return outcome
  }

  func observe(into observation: UnsafeMutablePointer<Float>) { world.observe(into: observation) }
  func save(into state: UnsafeMutablePointer<Double>) { world.save(into: state) }
  mutating func restore(from state: UnsafePointer<Double>) { world.restore(from: state) }

  func scene(lastAction action: Int?) -> Scene {
    guard fault == .actionNeverTaken, case .figure(var figure) = world.scene(lastAction: action)
    else { return world.scene(lastAction: action) }
    figure.shapes.append(.line(Point(0, 0), Point(1, 0), .force))
    return .figure(figure)
  }
}

@Suite("The conformance suite")
struct ConformanceSuiteTests {
  @Test("Every broken promise is found", arguments: BrokenWorld.Fault.allCases)
  private func findsFaults(fault: BrokenWorld.Fault) {
    #expect(!EnvironmentConformance(BrokenWorld(fault)).problems().isEmpty)
  }

  @Test(
    "Every broken promise about a continuous action is found",
    arguments: BrokenPendulum.Fault.allCases)
  private func findsContinuousFaults(fault: BrokenPendulum.Fault) {
    #expect(!EnvironmentConformance(BrokenPendulum(fault)).problems().isEmpty)
  }
}

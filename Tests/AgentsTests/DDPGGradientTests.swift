import Networks
import Testing

@testable import Agents

@Suite("The gradients of DDPG")
struct DDPGGradientTests {
  @Test(
    "Targets, loss and gradients of the critic equal PyTorch's", arguments: KernelTable.supported)
  func critic(kernels: KernelTable) throws {
    let file = try DDPGReference.load()
    let cases = file.cases.filter { $0.terms.targets != nil }
    #expect(cases.count == 2)
    for example in cases {
      let trial = try DDPGReferenceTrial(example, kernels: kernels)
      trial.batch.estimate(
        discount: example.gamma, targetActor: trial.pointer(.targetActor),
        targetCritic: trial.pointer(.targetCritic))
      let loss = trial.batch.differentiateCritic(
        trial.pointer(.critic), into: trial.gradient.pointer)
      let targets = try #require(example.terms.targets)
      let values = try #require(example.terms.values)
      for row in targets.indices {
        let (y, q) = (trial.batch.targets[row], trial.batch.values.output(row)[0])
        #expect(abs(Double(y) - targets[row]) < file.tolerance)
        #expect(abs(Double(q) - values[row]) < file.tolerance)
        #expect(trial.batch.errors[row] == y - q)
      }
      #expect(abs(loss - example.loss) < file.tolerance)
      try expectGradient(trial, of: .critic, tolerance: file.tolerance)
    }
  }

  @Test(
    "Actions, loss and gradients of the actor equal PyTorch's", arguments: KernelTable.supported)
  func actor(kernels: KernelTable) throws {
    let file = try DDPGReference.load()
    let cases = file.cases.filter { $0.terms.actorActions != nil }
    #expect(cases.count == 2)
    for example in cases {
      let trial = try DDPGReferenceTrial(example, kernels: kernels)
      let objective = trial.batch.differentiateActor(
        trial.pointer(.actor), critic: trial.pointer(.critic), into: trial.gradient.pointer)
      let actions = try #require(example.terms.actorActions)
      let values = try #require(example.terms.actorValues)
      for row in actions.indices {
        for index in 0..<2 {
          let action = trial.batch.policyValues.input(row)[3 + index]
          #expect(abs(Double(action) - actions[row][index]) < file.tolerance)
        }
        let value = trial.batch.policyValues.output(row)[0]
        #expect(abs(Double(value) - values[row]) < file.tolerance)
      }
      #expect(abs(-objective - example.loss) < file.tolerance)
      try expectGradient(trial, of: .actor, tolerance: file.tolerance)
    }
  }

  private func expectGradient(
    _ trial: DDPGReferenceTrial, of part: DDPGNetworks.Part, tolerance: Double
  ) throws {
    var squares = 0.0
    try trial.forEach(part, in: trial.example.gradients) { index, expected in
      let found = Double(trial.gradient[index])
      squares += found * found
      #expect(abs(found - expected) < tolerance * max(1, abs(expected)), "\(trial.example)")
    }
    #expect(abs(squares.squareRoot() - trial.example.gradientGlobalNorm) < 10 * tolerance)
  }

  @Test("dQ/da of every row is the slope of Q along a")
  func actionSlope() throws {
    let example = try #require(
      DDPGReference.load().cases.first { $0.terms.actorActions != nil && $0.activation == "tanh" })
    let trial = try DDPGReferenceTrial(example, kernels: .fast)
    _ = trial.batch.differentiateActor(
      trial.pointer(.actor), critic: trial.pointer(.critic), into: trial.gradient.pointer)
    let probe = trial.networks.critic.makeWorkspace(rows: 1)
    for row in 0..<trial.batch.count {
      for index in 0..<2 {
        func value(_ step: Float) -> Float {
          probe.input(0).update(from: trial.batch.policyValues.input(row), count: 5)
          probe.input(0)[3 + index] += step
          trial.networks.critic.forward(trial.pointer(.critic), rows: 0..<1, workspace: probe)
          return probe.output(0)[0]
        }
        let expected = (value(0.02) - value(-0.02)) / 0.04
        #expect(abs(trial.batch.actionSlope(row)[index] - expected) < 1e-3)
      }
    }
  }
}

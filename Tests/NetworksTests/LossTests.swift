import Networks
import Randomness
import Testing

@Suite("The actor-critic loss")
struct LossTests {
  let shape = NetworkShape(input: .features(4), hidden: [8, 8], actions: 3)

  private func trial(rows: Int, seed: UInt64 = 3) -> (Trial, Batch) {
    var random = RandomStream(seed: seed)
    let trial = Trial(shape, rows: rows)
    trial.randomise(&random)
    let batch = Batch(shape, rows: rows, random: &random)
    trial.fill(batch.observations)
    return (trial, batch)
  }

  @Test("The actor's loss has no gradient in the value head")
  func advantageIsConstant() throws {
    let (trial, batch) = trial(rows: 6)
    trial.run(
      ActorCriticLoss(valueCoefficient: 0, entropyCoefficient: 0.1), actions: batch.actions,
      advantages: batch.advantages, targets: batch.targets)
    for name in ["value.weight", "value.bias"] {
      let slice = try #require(trial.network.layout.slice(named: name))
      for (row, column) in slice.elements {
        #expect(trial.gradient[slice.index(row: row, column: column)] == 0)
      }
    }
  }

  @Test("The critic's gradient is 2 c (V - G) / rows with the target held constant")
  func targetIsConstant() {
    let (trial, batch) = trial(rows: 6)
    trial.run(
      ActorCriticLoss(valueCoefficient: 0.5, entropyCoefficient: 0), actions: batch.actions,
      advantages: [Float](repeating: 0, count: 6), targets: batch.targets)
    for row in 0..<6 {
      let expected = (trial.workspace.value(row) - batch.targets[row]) / 6
      #expect(abs(trial.workspace.valueGradient(row).pointee - expected) < 1e-6)
      for action in 0..<3 { #expect(trial.workspace.logitGradient(row)[action] == 0) }
    }
  }

  @Test("A step on the entropy bonus alone raises the entropy")
  func entropyRises() {
    let (trial, batch) = trial(rows: 6)
    let loss = ActorCriticLoss(valueCoefficient: 0, entropyCoefficient: 1)
    let zeros = [Float](repeating: 0, count: 6)
    let before = trial.run(loss, actions: batch.actions, advantages: zeros, targets: zeros)
    let state = OptimiserState(.sgd, count: trial.network.layout.count)
    state.apply(
      gradient: trial.gradient.pointer, learningRate: 0.05, to: trial.parameters.pointer)
    let after = trial.run(loss, actions: batch.actions, advantages: zeros, targets: zeros)
    #expect(after.entropy > before.entropy)
  }

  @Test("A batch given twice has the same gradient: terms are means")
  func meanOverRows() {
    let (once, batch) = trial(rows: 5)
    let terms = once.run(
      actions: batch.actions, advantages: batch.advantages, targets: batch.targets)
    let twice = Trial(shape, rows: 10)
    twice.parameters.copy(from: once.parameters)
    twice.fill(batch.observations + batch.observations)
    let twiceTerms = twice.run(
      actions: batch.actions + batch.actions, advantages: batch.advantages + batch.advantages,
      targets: batch.targets + batch.targets)
    #expect(abs(terms.policy - twiceTerms.policy) < 1e-9)
    #expect(abs(terms.value - twiceTerms.value) < 1e-9)
    #expect(abs(terms.entropy - twiceTerms.entropy) < 1e-9)
    for index in 0..<once.gradient.count {
      #expect(abs(once.gradient[index] - twice.gradient[index]) < 1e-6)
    }
  }

  @Test("Segments with a common meanOver add up to the batch")
  func segments() {
    let (whole, batch) = trial(rows: 9)
    let loss = ActorCriticLoss()
    let terms = whole.run(
      loss, actions: batch.actions, advantages: batch.advantages, targets: batch.targets)
    let (parts, _) = trial(rows: 9)
    parts.network.forward(parts.parameters.pointer, rows: 0..<9, workspace: parts.workspace)
    var sum = ActorCriticLoss.Terms()
    var gradient = [Float](repeating: 0, count: parts.gradient.count)
    for rows in [0..<4, 4..<9] {
      let part = loss.gradients(
        rows: rows, actions: Array(batch.actions[rows]),
        advantages: Array(batch.advantages[rows]), targets: Array(batch.targets[rows]),
        workspace: parts.workspace, meanOver: 9)
      sum.policy += part.policy
      sum.value += part.value
      sum.entropy += part.entropy
      parts.network.backward(
        parts.parameters.pointer, rows: rows, workspace: parts.workspace,
        gradient: parts.gradient.pointer)
      for index in gradient.indices { gradient[index] += parts.gradient[index] }
    }
    #expect(abs(sum.policy - terms.policy) < 1e-9)
    #expect(abs(sum.value - terms.value) < 1e-9)
    #expect(abs(sum.entropy - terms.entropy) < 1e-9)
    for index in gradient.indices { #expect(abs(gradient[index] - whole.gradient[index]) < 1e-6) }
  }

  @Test("Gradients stay finite at logits of 10 000 and show a NaN where there is one")
  func extremes() {
    let (trial, _) = trial(rows: 1)
    trial.network.forward(trial.parameters.pointer, rows: 0..<1, workspace: trial.workspace)
    for (action, logit) in [Float(1e4), -1e4, 0].enumerated() {
      trial.workspace.logits(0)[action] = logit
    }
    let terms = ActorCriticLoss().gradients(
      rows: 0..<1, actions: [1], advantages: [1], targets: [0], workspace: trial.workspace)
    #expect(abs(terms.policy - 2e4) < 1)
    #expect(terms.entropy == 0)
    #expect((0..<3).map { trial.workspace.logitGradient(0)[$0] } == [1, -1, 0])
    trial.workspace.logits(0)[2] = .nan
    let broken = ActorCriticLoss().gradients(
      rows: 0..<1, actions: [1], advantages: [1], targets: [0], workspace: trial.workspace)
    #expect(broken.policy.isNaN)
    #expect(trial.workspace.logitGradient(0)[0].isNaN)
  }
}

import Networks
import Randomness
import Testing

@Suite("Losses and gradients")
struct GradientTests {
  @Test("Logits, values, losses and gradients equal PyTorch's", arguments: KernelTable.supported)
  func referenceGradients(kernels: KernelTable) throws {
    let file: GradientReference = try reference("gradients_actor_critic")
    #expect(file.cases.count == 8)
    for example in file.cases { try compare(example, kernels, tolerance: file.tolerance) }
  }

  private func compare(
    _ example: GradientReference.Case, _ kernels: KernelTable, tolerance: Double
  ) throws {
    let separate = example.parameters["actor.out.weight"] != nil
    let shape = NetworkShape(
      input: .features(4), hidden: [8, 8],
      activation: try #require(Activation(rawValue: example.activation)), actions: 3,
      trunk: separate ? .separate : .shared)
    let trial = Trial(shape, rows: example.inputs.count, kernels: kernels)
    for slice in trial.network.layout.slices {
      for (row, column) in slice.elements {
        trial.parameters[slice.index(row: row, column: column)] =
          Float(try example.value(of: slice, row, column, in: example.parameters))
      }
    }
    trial.fill(example.inputs)
    let loss = ActorCriticLoss(valueCoefficient: 0.5, entropyCoefficient: 0.01)
    let terms = trial.run(
      loss, actions: example.actions, advantages: example.advantages, targets: example.returns)

    for (row, logits) in example.terms.logits.enumerated() {
      for (action, logit) in logits.enumerated() {
        #expect(abs(Double(trial.workspace.logits(row)[action]) - logit) < tolerance)
      }
      #expect(abs(Double(trial.workspace.value(row)) - example.terms.values[row]) < tolerance)
    }
    #expect(abs(terms.policy - example.terms.policyLoss) < tolerance, "\(example)")
    #expect(abs(terms.value - example.terms.valueLoss) < 2 * tolerance, "\(example)")
    #expect(abs(terms.entropy - example.terms.entropy) < tolerance, "\(example)")
    #expect(abs(loss.total(terms) - example.loss) < 2 * tolerance, "\(example)")
    for slice in trial.network.layout.slices {
      for (row, column) in slice.elements {
        let expected = try example.value(of: slice, row, column, in: example.gradients)
        let found = Double(trial.gradient[slice.index(row: row, column: column)])
        #expect(
          abs(found - expected) < tolerance * max(1, abs(expected)),
          "\(example), \(kernels): \(slice.name)[\(row)][\(column)] is \(found), not \(expected)")
      }
    }
    let norm = GradientNorm.norm(
      trial.gradient.pointer, count: trial.gradient.count, kernels: kernels)
    #expect(abs(norm - example.gradientGlobalNorm) < tolerance * max(1, norm))
    for index in trial.padding { #expect(trial.gradient[index] == 0) }
  }

  static let shapes: [NetworkShape] = [
    NetworkShape(input: .features(3), hidden: [5], activation: .tanh, actions: 2),
    NetworkShape(input: .features(4), hidden: [64, 64], activation: .tanh, actions: 2),
    NetworkShape(
      input: .features(6), hidden: [20, 48], activation: .relu, actions: 18, trunk: .separate),
    NetworkShape(input: .features(37), hidden: [33, 17, 96], activation: .tanh, actions: 16),
    NetworkShape(input: .features(7), hidden: [], actions: 4),
    NetworkShape(input: .oneHot(9), hidden: [], actions: 4, trunk: .separate),
    NetworkShape(input: .oneHot(23), hidden: [40], activation: .tanh, actions: 4),
  ]

  @Test(
    "Gradients equal central differences of a double-precision loss",
    arguments: shapes, [1, 5])
  func finiteDifferences(shape: NetworkShape, rows: Int) throws {
    var random = RandomStream(seed: 11, key: UInt64(rows))
    let loss = ActorCriticLoss(valueCoefficient: 0.4, entropyCoefficient: 0.05)
    let trial = Trial(shape, rows: rows)
    let batch = Batch(shape, rows: rows, random: &random)
    trial.randomise(&random)
    trial.fill(batch.observations)
    trial.run(
      loss, actions: batch.actions, advantages: batch.advantages, targets: batch.targets)

    var plain = DoubleNetwork(trial.network, trial.parameters)
    func plainLoss() -> Double {
      plain.loss(
        loss, inputs: batch.inputs, actions: batch.actions, advantages: batch.advantages,
        targets: batch.targets)
    }
    for slice in trial.network.layout.slices {
      // A sample of each slice: every finite difference costs two forward passes.
      let elements = slice.elements
      for (row, column) in stride(from: 0, to: elements.count, by: max(1, elements.count / 6))
        .map({ elements[$0] })
      {
        let index = slice.index(row: row, column: column)
        let kept = plain.parameters[index]
        plain.parameters[index] = kept + 1e-5
        let above = plainLoss()
        plain.parameters[index] = kept - 1e-5
        let below = plainLoss()
        plain.parameters[index] = kept
        let expected = (above - below) / 2e-5
        let found = Double(trial.gradient[index])
        #expect(
          abs(found - expected) < 2e-5 * max(1, abs(expected)),
          "\(slice.name)[\(row)][\(column)] is \(found), not \(expected)")
      }
    }
  }

  @Test("A one-hot input is its vector spelled out", arguments: [[], [24]], KernelTable.supported)
  func oneHot(hidden: [Int], kernels: KernelTable) {
    var random = RandomStream(seed: 5)
    let trunk = NetworkShape.Trunk.shared
    let hot = Trial(
      NetworkShape(input: .oneHot(10), hidden: hidden, actions: 4, trunk: trunk), rows: 6,
      kernels: kernels)
    let spelled = Trial(
      NetworkShape(input: .features(10), hidden: hidden, actions: 4, trunk: trunk), rows: 6,
      kernels: kernels)
    let batch = Batch(hot.network.shape, rows: 6, random: &random)
    hot.randomise(&random)
    spelled.parameters.copy(from: hot.parameters)
    hot.fill(batch.observations)
    spelled.fill(batch.inputs)
    for trial in [hot, spelled] {
      trial.run(actions: batch.actions, advantages: batch.advantages, targets: batch.targets)
    }
    for row in 0..<6 {
      #expect(hot.workspace.value(row) == spelled.workspace.value(row))
      for action in 0..<4 {
        #expect(hot.workspace.logits(row)[action] == spelled.workspace.logits(row)[action])
      }
    }
    for index in 0..<hot.gradient.count {
      #expect(abs(hot.gradient[index] - spelled.gradient[index]) < 1e-6)
    }
  }
}

extension ParameterLayout.Slice {
  /// Every row and column.
  var elements: [(Int, Int)] {
    (0..<rows).flatMap { row in (0..<columns).map { (row, $0) } }
  }
}

extension GradientReference.Case {
  /// The element of a reference matrix that belongs to an element of a slice: theirs are
  /// [out][in], and the networks of a pair call their heads `out`.
  func value(
    of slice: ParameterLayout.Slice, _ row: Int, _ column: Int, in table: [String: [[Double]]]
  ) throws -> Double {
    let ours = slice.name.split(separator: ".")
    let theirs = [
      slice.name, slice.name.replacingHead("policy", "actor.out"),
      slice.name.replacingHead("value", "critic.out"),
    ].compactMap { table[$0] }.first
    let matrix = try #require(theirs)
    return ours.last == "bias" ? matrix[0][column] : matrix[column][row]
  }
}

extension String {
  fileprivate func replacingHead(_ head: String, _ replacement: String) -> String {
    hasPrefix(head + ".") ? replacement + dropFirst(head.count) : self
  }
}

import Foundation
import Networks
import Randomness
import Testing

@Suite("The Gaussian policy")
struct GaussianTests {
  @Test("Log-densities, entropy and divergence equal those to 60 digits")
  func referenceDistributions() throws {
    let file: GaussianReference = try reference("gaussian")
    var compared = 0
    for example in file.gaussian where Self.isWithinBounds(example) {
      let outputs = [Float(example.mean), Float(example.logDeviation)]
      let others = [Float(example.meanQ), Float(example.logDeviationQ)]
      // The outputs are rounded to single precision, and (a - mu) / sigma makes more of that.
      let z = (example.action - example.mean) / exp(example.logDeviation)
      let scale = max(1, abs(example.mean) / exp(example.logDeviation)) * max(1, abs(z))
      func expect(_ found: Float, _ expected: Double, _ what: String) {
        #expect(
          abs(Double(found) - expected) <= file.tolerance * scale * max(1, abs(expected)),
          "\(example): \(what) is \(found)")
      }
      expect(
        Gaussian.logProbability(of: Float(example.action), outputs), example.logProbability,
        "log pi")
      if let entropy = example.entropy { expect(Gaussian.entropy(outputs), entropy, "H") }
      if let divergence = example.divergence {
        expect(Gaussian.divergence(from: outputs, to: others), divergence, "KL")
      }
      compared += 1
    }
    #expect(compared >= 20)
  }

  private static func isWithinBounds(_ example: GaussianReference.Example) -> Bool {
    let bounds =
      Double(Gaussian.logDeviations.lowerBound)...Double(Gaussian.logDeviations.upperBound)
    return bounds.contains(example.logDeviation) && bounds.contains(example.logDeviationQ)
  }

  @Test("The entropy is half the logarithm of 2 pi e sigma squared")
  func entropy() {
    for logDeviation in [-5, -2.5, 0, 0.75, 1] as [Float] {
      let sigma = exp(Double(logDeviation))
      let expected = 0.5 * log(2 * Double.pi * M_E * sigma * sigma)
      #expect(abs(Double(Gaussian.entropy([3, logDeviation])) - expected) < 1e-6)
    }
  }

  @Test("Drawn actions have the mean and the deviation of the policy")
  func sampling() {
    var random = RandomStream(seed: 8)
    let draws = 40_000
    let outputs: [Float] = [1.5, -0.7]
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<draws {
      let action = Double(Gaussian.sample(outputs, using: &random))
      sum += action
      squares += (action - 1.5) * (action - 1.5)
    }
    let sigma = exp(-0.7)
    let error = sigma / Double(draws).squareRoot()
    #expect(abs(sum / Double(draws) - 1.5) < 4.5 * error)
    #expect(abs((squares / Double(draws)).squareRoot() - sigma) < 4.5 * error)
  }

  @Test("The deviation stays within its bounds, whatever the network says; a NaN stays one")
  func bounds() {
    #expect(Gaussian.logDeviation([0, 40]) == Gaussian.logDeviations.upperBound)
    #expect(Gaussian.logDeviation([0, -40]) == Gaussian.logDeviations.lowerBound)
    #expect(Gaussian.logDeviation([0, .nan]).isNaN)
    #expect(Gaussian.deviation([0, 0]) == 1)
  }

  @Test("What is done stays within the action's bounds, even in place of no number")
  func limited() {
    #expect(Gaussian.limited(0.5, to: -2...2) == 0.5)
    #expect(Gaussian.limited(7, to: -2...2) == 2)
    #expect(Gaussian.limited(-.infinity, to: -2...2) == -2)
    #expect(Gaussian.limited(.nan, to: -2...2) == -2)
  }

  @Test("An action's code is its bits, and no action's is -1")
  func codes() {
    for action in [0, -0.0, 1.25, -3e-20, .infinity, -.greatestFiniteMagnitude] as [Float] {
      #expect(Gaussian.action(of: Gaussian.code(of: action)).bitPattern == action.bitPattern)
      #expect(Gaussian.code(of: action) != -1)
    }
    let unnamed = Float(bitPattern: .max)
    #expect(unnamed.isNaN && Gaussian.code(of: unnamed) != -1)
  }

  // MARK: Gradients

  /// The reference has two actions whose log-densities add up, and a deviation that does not depend on
  /// the state: each action is one network's, the value is counted with the first.
  @Test("Losses and gradients equal PyTorch's", arguments: KernelTable.supported)
  func referenceGradients(kernels: KernelTable) throws {
    let file: GaussianGradientReference = try reference("gradients_gaussian")
    for example in file.cases {
      let trials = try (0..<2).map { try trial(example, action: $0, kernels) }
      let terms = (0..<2).map { action in
        trials[action].run(
          ActorCriticLoss(valueCoefficient: action == 0 ? 0.5 : 0, entropyCoefficient: 0.01),
          actions: example.actions.map { Gaussian.code(of: Float($0[action])) },
          advantages: example.advantages, targets: example.returns)
      }
      #expect(abs(terms[0].policy + terms[1].policy - example.terms.policyLoss) < 1e-5)
      #expect(abs(terms[0].value - example.terms.valueLoss) < 2e-5)
      #expect(abs(terms[0].entropy + terms[1].entropy - example.terms.entropy) < 1e-5)
      for slice in trials[0].network.layout.slices {
        for (row, column) in slice.elements {
          let found = trials.map { Double($0.gradient[slice.index(row: row, column: column)]) }
          try compare(found, slice, row, column, example, tolerance: file.tolerance)
        }
      }
    }
  }

  private func trial(
    _ example: GaussianGradientReference.Case, action: Int, _ kernels: KernelTable
  ) throws -> Trial {
    let shape = NetworkShape(
      input: .features(4), hidden: [8, 8],
      activation: try #require(Activation(rawValue: example.activation)), actions: 2,
      policy: .gaussian(bounds: -1...1))
    let trial = Trial(shape, rows: example.inputs.count, kernels: kernels)
    for slice in trial.network.layout.slices {
      for (row, column) in slice.elements {
        let index = slice.index(row: row, column: column)
        switch slice.name {
        case "policy.weight":
          trial.parameters[index] =
            column == 0 ? Float(try #require(example.parameters["mean.weight"])[action][row]) : 0
        case "policy.bias":
          let name = column == 0 ? "mean.bias" : "log_std"
          trial.parameters[index] = Float(try #require(example.parameters[name])[0][action])
        default:
          let matrix = try #require(example.parameters[slice.name])
          trial.parameters[index] = Float(
            slice.name.hasSuffix("bias") ? matrix[0][column] : matrix[column][row])
        }
      }
    }
    trial.fill(example.inputs)
    return trial
  }

  private func compare(
    _ found: [Double], _ slice: ParameterLayout.Slice, _ row: Int, _ column: Int,
    _ example: GaussianGradientReference.Case, tolerance: Double
  ) throws {
    func expect(_ found: Double, _ name: String, _ row: Int, _ column: Int) throws {
      let expected = try #require(example.gradients[name])[row][column]
      #expect(
        abs(found - expected) < tolerance * max(1, abs(expected)),
        "\(example.case): \(slice.name)[\(row)][\(column)] is \(found), not \(expected)")
    }
    switch (slice.name, column) {
    case ("policy.weight", 0):
      for action in 0..<2 { try expect(found[action], "mean.weight", action, row) }
    case ("policy.weight", _):
      break  // The reference has none.
    case ("policy.bias", 0):
      for action in 0..<2 { try expect(found[action], "mean.bias", 0, action) }
    case ("policy.bias", _):
      for action in 0..<2 { try expect(found[action], "log_std", 0, action) }
    default:
      let isBias = slice.name.hasSuffix("bias")
      try expect(found[0] + found[1], slice.name, isBias ? 0 : column, isBias ? column : row)
    }
  }

  @Test(
    "Gradients equal central differences of a double-precision loss",
    arguments: NetworkShape.Trunk.allCases, Activation.allCases)
  func finiteDifferences(trunk: NetworkShape.Trunk, activation: Activation) throws {
    var random = RandomStream(seed: 31)
    let shape = NetworkShape(
      input: .features(3), hidden: [12, 7], activation: activation, actions: 2,
      policy: .gaussian(bounds: -2...2), trunk: trunk)
    let loss = ActorCriticLoss(valueCoefficient: 0.4, entropyCoefficient: 0.05)
    let trial = Trial(shape, rows: 5)
    let batch = Batch(shape, rows: 5, random: &random)
    let actions = (0..<5).map { _ in Float(2 * random.normal()) }
    trial.randomise(&random)
    // Log deviations stay within their bounds.
    for slice in trial.network.layout.slices where slice.name.hasPrefix("policy") {
      for (row, column) in slice.elements where column == 1 {
        trial.parameters[slice.index(row: row, column: column)] *= 0.2
      }
    }
    trial.fill(batch.observations)
    trial.run(
      loss, actions: actions.map(Gaussian.code), advantages: batch.advantages,
      targets: batch.targets)
    var plain = DoubleNetwork(trial.network, trial.parameters)
    func plainLoss() -> Double {
      var total = 0.0
      for (row, input) in batch.inputs.enumerated() {
        let (outputs, value) = plain.forward(input)
        let z = (Double(actions[row]) - outputs[0]) / exp(outputs[1])
        let logDensity = -0.5 * z * z - outputs[1] - 0.5 * log(2 * Double.pi)
        let difference = Double(batch.targets[row]) - value
        total -= Double(batch.advantages[row]) * logDensity
        total += 0.4 * difference * difference
        total -= 0.05 * (0.5 + outputs[1] + 0.5 * log(2 * Double.pi))
      }
      return total / Double(batch.inputs.count)
    }
    for slice in trial.network.layout.slices {
      for (row, column) in slice.elements {
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
          abs(found - expected) < 1e-4 * max(1, abs(expected)),
          "\(slice.name)[\(row)][\(column)] is \(found), not \(expected)")
      }
    }
  }

  @Test("A deviation at its bound is not pushed beyond it, but may come back")
  func gradientAtBounds() {
    let shape = NetworkShape(
      input: .features(1), hidden: [], actions: 2, policy: .gaussian(bounds: -1...1))
    let trial = Trial(shape, rows: 1)
    func slope(logDeviation: Float, action: Float) -> Float {
      trial.workspace.logits(0)[0] = 0
      trial.workspace.logits(0)[1] = logDeviation
      _ = ActorCriticLoss(valueCoefficient: 0, entropyCoefficient: 0).gradients(
        rows: 0..<1, actions: [Gaussian.code(of: action)], advantages: [1], targets: [0],
        workspace: trial.workspace)
      return trial.workspace.logitGradient(0)[1]
    }
    // An action far out asks for a larger deviation, one at the mean for a smaller one.
    #expect(slope(logDeviation: 9, action: 100) == 0)
    #expect(slope(logDeviation: 9, action: 0) > 0)
    #expect(slope(logDeviation: -9, action: 0) == 0)
    #expect(slope(logDeviation: -9, action: 100) < 0)
    #expect(slope(logDeviation: 0, action: 100) < 0)
  }

  @Test("Rows that are not part of the batch have no gradient and no terms")
  func skippedRows() {
    let shape = NetworkShape(
      input: .features(2), hidden: [4], actions: 2, policy: .gaussian(bounds: -1...1))
    var random = RandomStream(seed: 2)
    let (one, two) = (Trial(shape, rows: 1), Trial(shape, rows: 2))
    one.randomise(&random)
    two.parameters.copy(from: one.parameters)
    one.fill([[0.5, -1]])
    two.fill([[0.5, -1], [3, 3]])
    let code = Gaussian.code(of: -0.25)
    let terms = one.run(actions: [code], advantages: [0.5], targets: [1])
    let rows = 0..<2
    two.network.forward(two.parameters.pointer, rows: rows, workspace: two.workspace)
    let others = ActorCriticLoss().gradients(
      rows: rows, actions: [code, -1], advantages: [0.5, .nan], targets: [1, .nan],
      workspace: two.workspace, meanOver: 1)
    two.network.backward(
      two.parameters.pointer, rows: rows, workspace: two.workspace, gradient: two.gradient.pointer)
    #expect(terms == others)
    for index in 0..<one.gradient.count {
      #expect(abs(one.gradient[index] - two.gradient[index]) < 1e-6)
    }
  }

  @Test("Fresh weights make up for the sizes of the features")
  func featureSizes() throws {
    for trunk in NetworkShape.Trunk.allCases {
      let plain = NetworkShape(
        input: .features(2), hidden: [6], actions: 2, policy: .gaussian(bounds: -1...1),
        trunk: trunk)
      let sized = NetworkShape(
        input: .features(2), hidden: [6], actions: 2, policy: .gaussian(bounds: -1...1),
        trunk: trunk, featureSizes: [0.0625, 8])
      let (one, other) = (Trial(plain, rows: 1), Trial(sized, rows: 1))
      for trial in [one, other] {
        var random = RandomStream(seed: 6)
        trial.network.initialise(trial.parameters.pointer, random: &random)
      }
      one.fill([[0.5, -0.25]])
      other.fill([[0.5 * 0.0625, -0.25 * 8]])
      for trial in [one, other] {
        trial.network.forward(trial.parameters.pointer, rows: 0..<1, workspace: trial.workspace)
      }
      #expect(abs(one.workspace.value(0) - other.workspace.value(0)) < 1e-6)
      #expect(abs(one.workspace.logits(0)[0] - other.workspace.logits(0)[0]) < 1e-6)
    }
  }
}

/// `gaussian.json`.
private struct GaussianReference: Decodable {
  struct Example: Decodable {
    var mean: Double
    var logDeviation: Double
    var action: Double
    var logProbability: Double
    var meanQ: Double
    var logDeviationQ: Double
    var entropy: Double?
    var divergence: Double?
  }
  var tolerance: Double
  var gaussian: [Example]
}

/// `gradients_gaussian.json`.
private struct GaussianGradientReference: Decodable {
  struct Case: Decodable {
    struct Terms: Decodable {
      var policyLoss: Double
      var valueLoss: Double
      var entropy: Double
    }
    var `case`: String
    var activation: String
    var parameters: [String: [[Double]]]
    var inputs: [[Double]]
    var actions: [[Double]]
    var advantages: [Float]
    var returns: [Float]
    var terms: Terms
    var gradients: [String: [[Double]]]
  }
  var tolerance: Double
  var cases: [Case]
}

import Networks
import Testing

@Suite("Optimisers")
struct OptimiserTests {
  @Test(
    "Steps equal PyTorch's and Stable-Baselines3's, with and without clipping",
    arguments: KernelTable.supported)
  func referenceRuns(kernels: KernelTable) throws {
    let file: OptimiserReference = try reference("optimisers")
    #expect(file.runs.count == 15)
    for run in file.runs {
      let state = OptimiserState(try optimiser(of: run), count: 16, kernels: kernels)
      let parameters = FloatBuffer(count: 16)
      let gradient = FloatBuffer(count: 16)
      for (index, value) in file.initial.enumerated() { parameters[index] = Float(value) }
      for (step, values) in file.gradients.enumerated() {
        for (index, value) in values.enumerated() { gradient[index] = Float(value) }
        let norm = GradientNorm.norm(gradient.pointer, count: 16, kernels: kernels)
        if step < run.norms.count { #expect(abs(norm - run.norms[step]) < 1e-5 * max(1, norm)) }
        state.apply(
          gradient: gradient.pointer,
          scale: GradientNorm.clippingFactor(norm: norm, limit: run.clip),
          learningRate: Float(try #require(run.options["lr"])), to: parameters.pointer)
        guard let expected = run.parametersAfter["\(step + 1)"] else { continue }
        for (index, value) in expected.enumerated() {
          #expect(
            abs(Double(parameters[index]) - value) < file.tolerance,
            "\(run.kind), clip \(run.clip ?? 0), step \(step + 1), \(kernels)")
        }
      }
      #expect(state.steps == 50)
    }
  }

  private func optimiser(of run: OptimiserReference.Run) throws -> Optimiser {
    func option(_ name: String) throws -> Float { Float(try #require(run.options[name])) }
    switch run.kind {
    case "sgd": return .sgd
    case "rmsprop_torch":
      return .rmsProp(
        RMSProp(
          decay: try option("alpha"), epsilon: try option("eps"), epsilonPlacement: .outsideRoot,
          initialMeanSquare: 0))
    case "rmsprop_tf":
      return .rmsProp(
        RMSProp(
          decay: try option("alpha"), epsilon: try option("eps"), epsilonPlacement: .insideRoot,
          initialMeanSquare: 1))
    default:
      return .adam(
        Adam(beta1: try option("beta1"), beta2: try option("beta2"), epsilon: try option("eps")))
    }
  }

  @Test("One RMSProp step has the closed form of its epsilon", arguments: KernelTable.supported)
  func epsilonPlacement(kernels: KernelTable) {
    for placement in RMSProp.EpsilonPlacement.allCases {
      for meanSquare in [Float(0), 1e-12, 0.3, 1] {
        for gradient in [Float(0), 1e-8, 0.5, -40] {
          let rule = RMSProp(
            decay: 0.9, epsilon: 0.1, epsilonPlacement: placement, initialMeanSquare: meanSquare)
          let state = OptimiserState(.rmsProp(rule), count: 16, kernels: kernels)
          let parameters = FloatBuffer(count: 16)
          let gradients = FloatBuffer(count: 16)
          gradients.fill(gradient)
          state.apply(gradient: gradients.pointer, learningRate: 1, to: parameters.pointer)
          let v = 0.9 * Double(meanSquare) + 0.1 * Double(gradient) * Double(gradient)
          let divisor =
            placement == .insideRoot ? (v + 0.1).squareRoot() : v.squareRoot() + 0.1
          let expected = -Double(gradient) / divisor
          #expect(
            abs(Double(parameters[3]) - expected) <= 2e-6 * abs(expected),
            "\(placement), \(kernels), s \(meanSquare), g \(gradient)")
        }
      }
    }
  }

  @Test("Statistics are never NaN where a gradient is 0", arguments: KernelTable.supported)
  func zeroGradient(kernels: KernelTable) {
    let rules: [Optimiser] = [
      .sgd, .adam(Adam()), .rmsProp(RMSProp()),
      .rmsProp(RMSProp(epsilonPlacement: .outsideRoot, initialMeanSquare: 0)),
    ]
    for rule in rules {
      let state = OptimiserState(rule, count: 16, kernels: kernels)
      let parameters = FloatBuffer(count: 16)
      let gradient = FloatBuffer(count: 16)
      for _ in 0..<20 {
        state.apply(gradient: gradient.pointer, learningRate: 0.1, to: parameters.pointer)
      }
      #expect(parameters.array.allSatisfy { $0 == 0 })
      #expect(state.statistics.allSatisfy { $0.allFinite })
    }
  }

  @Test("Shards of a step make the same step", arguments: KernelTable.supported)
  func shards(kernels: KernelTable) {
    let layout = ActorCriticNetwork(
      shape: NetworkShape(input: .features(4), hidden: [16, 16], actions: 2)
    ).layout
    let gradient = FloatBuffer(count: layout.count)
    for index in 0..<layout.count { gradient[index] = Float(index % 31) - 15 }
    for rule in [Optimiser.adam(Adam()), .rmsProp(RMSProp())] {
      let whole = OptimiserState(rule, count: layout.count, kernels: kernels)
      let parts = OptimiserState(rule, count: layout.count, kernels: kernels)
      let a = FloatBuffer(count: layout.count)
      let b = FloatBuffer(count: layout.count)
      for _ in 0..<3 {
        whole.apply(gradient: gradient.pointer, scale: 0.5, learningRate: 0.01, to: a.pointer)
        parts.beginStep()
        for shard in [4, 2, 0, 1, 3] {
          parts.apply(
            gradient: gradient.pointer, range: layout.shard(shard, of: 5), scale: 0.5,
            learningRate: 0.01, to: b.pointer)
        }
      }
      #expect(a.array == b.array)
    }
  }

  @Test("A restored state goes on as the one that was saved")
  func restoring() {
    let gradient = FloatBuffer(count: 32)
    for index in 0..<32 { gradient[index] = Float(index) - 9.5 }
    let first = OptimiserState(.adam(Adam()), count: 32)
    let a = FloatBuffer(count: 32)
    for _ in 0..<5 { first.apply(gradient: gradient.pointer, learningRate: 0.1, to: a.pointer) }
    let second = OptimiserState(.adam(Adam()), count: 32)
    second.restore(steps: first.steps, statistics: first.statistics.map(\.array))
    let b = FloatBuffer(count: 32)
    b.copy(from: a)
    first.apply(gradient: gradient.pointer, learningRate: 0.1, to: a.pointer)
    second.apply(gradient: gradient.pointer, learningRate: 0.1, to: b.pointer)
    #expect(a.array == b.array)
  }
}

@Suite("Clipping by the global norm")
struct GradientNormTests {
  @Test("Heads are summed before clipping: +10 and -7 in the trunk under a limit of 5 stay 3")
  func headsAreSummed() throws {
    // One hidden unit at 1, on which the policy pulls with 10 and the value with -7.
    let trial = Trial(
      NetworkShape(input: .features(1), hidden: [1], activation: .relu, actions: 1), rows: 1)
    func index(_ name: String) throws -> Int {
      try #require(trial.network.layout.slice(named: name)).offset
    }
    trial.parameters[try index("trunk.0.weight")] = 1
    trial.parameters[try index("policy.weight")] = 1000
    trial.parameters[try index("value.weight")] = -700
    trial.fill([[1]])
    trial.network.forward(trial.parameters.pointer, rows: 0..<1, workspace: trial.workspace)
    trial.workspace.logitGradient(0).pointee = 0.01
    trial.workspace.valueGradient(0).pointee = 0.01
    trial.network.backward(
      trial.parameters.pointer, rows: 0..<1, workspace: trial.workspace,
      gradient: trial.gradient.pointer)
    #expect(abs(trial.gradient[try index("trunk.0.weight")] - 3) < 1e-5)
    let norm = GradientNorm.norm(trial.gradient.pointer, count: trial.gradient.count)
    // 3 in the weight and in the bias of the trunk, and hardly anything in the heads.
    #expect(abs(norm - 3 * 2.0.squareRoot()) < 1e-3)
    #expect(GradientNorm.clippingFactor(norm: norm, limit: 5) == 1)
  }

  @Test("A clipped gradient has the limit's length and its old direction")
  func clipping() {
    let gradient = FloatBuffer(count: 2096)
    for index in 0..<gradient.count { gradient[index] = Float(index % 17) - 8 }
    let norm = GradientNorm.norm(gradient.pointer, count: gradient.count)
    let factor = GradientNorm.clippingFactor(norm: norm, limit: 0.5)
    #expect(factor > 0)
    #expect(norm * Double(factor) < 0.5 * (1 + 1e-7))
    #expect(abs(norm * Double(factor) - 0.5) < 1e-6)
    #expect(GradientNorm.clippingFactor(norm: norm, limit: nil) == 1)
  }

  @Test("The norm equals the plain sum of squares", arguments: KernelTable.supported)
  func plainSum(kernels: KernelTable) {
    for count in [0, 16, 48, 64, 1024, 1040, 5520] {
      let gradient = FloatBuffer(count: count)
      var sum = 0.0
      for index in 0..<count {
        gradient[index] = Float(index % 101) * 0.01 - 0.3
        sum += Double(gradient[index]) * Double(gradient[index])
      }
      let norm = GradientNorm.norm(gradient.pointer, count: count, kernels: kernels)
      #expect(abs(norm - sum.squareRoot()) <= 1e-6 * sum.squareRoot())
    }
  }

  @Test("Blocks computed apart and in any order give the same bits")
  func blocks() {
    let count = 5520
    let gradient = FloatBuffer(count: count)
    for index in 0..<count { gradient[index] = Float(index % 101) * 0.013 - 0.3 }
    let blocks = GradientNorm.blocks(count: count)
    #expect(blocks == 6)
    var sums = [Double](repeating: .nan, count: blocks)
    for range in [3..<6, 0..<1, 1..<3] {
      GradientNorm.blockSums(gradient.pointer, count: count, blocks: range, into: &sums)
    }
    #expect(
      GradientNorm.norm(blockSums: sums, blocks: blocks)
        == GradientNorm.norm(gradient.pointer, count: count))
  }
}

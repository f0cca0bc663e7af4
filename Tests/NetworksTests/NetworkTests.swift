import Networks
import Randomness
import Testing

@Suite("Networks over flat parameters")
struct NetworkTests {
  @Test("The layout of 4-64-64-(2+1) counts 4 675 parameters in 5 520 floats")
  func layoutOfCartPole() throws {
    let network = ActorCriticNetwork(shape: NetworkShape(input: .features(4), actions: 2))
    #expect(network.layout.count == 5520)
    #expect(network.layout.parameterCount == 4 * 64 + 64 + 64 * 64 + 64 + 64 * 3 + 3)
    #expect(
      network.layout.slices.map(\.name) == [
        "trunk.0.weight", "trunk.0.bias", "trunk.1.weight", "trunk.1.bias", "policy.weight",
        "policy.bias", "value.weight", "value.bias",
      ])
    let policy = try #require(network.layout.slice(named: "policy.weight"))
    let value = try #require(network.layout.slice(named: "value.weight"))
    #expect(value.offset == policy.offset + 2)
    #expect(value.stride == 16)
  }

  @Test("Shards cover the vector in sixteens", arguments: [1, 2, 3, 8, 1000])
  func shards(total: Int) {
    let layout = ActorCriticNetwork(shape: NetworkShape(input: .features(4), actions: 2)).layout
    var next = 0
    for index in 0..<total {
      let shard = layout.shard(index, of: total)
      #expect(shard.lowerBound == next)
      #expect(shard.upperBound % 16 == 0)
      next = shard.upperBound
    }
    #expect(next == layout.count)
  }

  @Test("Fresh weights are orthogonal times their gain, biases and padding 0")
  func initialisation() throws {
    for trunk in NetworkShape.Trunk.allCases {
      let shape = NetworkShape(
        input: .features(6), hidden: [24, 12], activation: .tanh, actions: 3, trunk: trunk)
      let trial = Trial(shape, rows: 1)
      trial.parameters.fill(.nan)
      var random = RandomStream(seed: 4)
      trial.network.initialise(trial.parameters.pointer, random: &random)
      for slice in trial.network.layout.slices {
        guard slice.name.hasSuffix("weight") else {
          #expect(
            slice.elements.allSatisfy { trial.parameters[slice.index(row: 0, column: $0.1)] == 0 })
          continue
        }
        let gain =
          slice.name == "policy.weight" ? 0.01 : slice.name == "value.weight" ? 1 : 2.0.squareRoot()
        expectOrthogonal(slice, trial.parameters, gain: gain)
      }
      for index in trial.padding { #expect(trial.parameters[index] == 0) }
    }
  }

  private func expectOrthogonal(
    _ slice: ParameterLayout.Slice, _ parameters: FloatBuffer, gain: Double
  ) {
    let byColumns = slice.rows >= slice.columns
    let vectors = min(slice.rows, slice.columns)
    let length = max(slice.rows, slice.columns)
    func element(_ vector: Int, _ index: Int) -> Double {
      Double(
        parameters[
          byColumns
            ? slice.index(row: index, column: vector) : slice.index(row: vector, column: index)])
    }
    for a in 0..<vectors {
      for b in 0...a {
        let product = (0..<length).reduce(0) { $0 + element(a, $1) * element(b, $1) }
        #expect(abs(product - (a == b ? gain * gain : 0)) < 1e-6, "\(slice.name)")
      }
    }
  }

  @Test("A fresh table on one-hot states is a uniform policy with values of 0")
  func freshTable() {
    let trial = Trial(NetworkShape(input: .oneHot(12), hidden: [], actions: 4), rows: 12)
    var random = RandomStream(seed: 4)
    trial.network.initialise(trial.parameters.pointer, random: &random)
    trial.fill((0..<12).map { [Double($0)] })
    trial.network.forward(trial.parameters.pointer, rows: 0..<12, workspace: trial.workspace)
    for row in 0..<12 {
      #expect(trial.workspace.value(row) == 0)
      #expect((0..<4).allSatisfy { trial.workspace.logits(row)[$0] == 0 })
    }
  }

  @Test("The same stream makes the same parameters, another seed others")
  func seeds() {
    let network = ActorCriticNetwork(shape: NetworkShape(input: .features(4), actions: 2))
    func hash(seed: UInt64) -> String {
      let parameters = network.makeParameters()
      var random = RandomStream(seed: seed)
      network.initialise(parameters.pointer, random: &random)
      return parametersHash(parameters.pointer, count: parameters.count)
    }
    #expect(hash(seed: 1) == hash(seed: 1))
    #expect(hash(seed: 1) != hash(seed: 2))
    #expect(hash(seed: 1).count == 16)
  }

  @Test("Padding stays 0 through many updates of every optimiser", arguments: KernelTable.supported)
  func paddingStaysZero(kernels: KernelTable) {
    var random = RandomStream(seed: 12)
    for shape in GradientTests.shapes {
      for rule in [Optimiser.sgd, .adam(Adam()), .rmsProp(RMSProp())] {
        let trial = Trial(shape, rows: 3, kernels: kernels)
        trial.network.initialise(trial.parameters.pointer, random: &random)
        let state = OptimiserState(rule, count: trial.network.layout.count, kernels: kernels)
        for _ in 0..<4 {
          let batch = Batch(shape, rows: 3, random: &random)
          trial.fill(batch.observations)
          trial.run(actions: batch.actions, advantages: batch.advantages, targets: batch.targets)
          state.apply(
            gradient: trial.gradient.pointer, learningRate: 0.1, to: trial.parameters.pointer)
        }
        #expect(trial.parameters.allFinite)
        #expect(trial.padding.allSatisfy { trial.parameters[$0] == 0 })
      }
    }
  }

  @Test("A backward pass over some rows is that of a batch of those rows")
  func someRows() {
    var random = RandomStream(seed: 2)
    let shape = NetworkShape(input: .features(4), hidden: [16], actions: 2, trunk: .separate)
    let all = Trial(shape, rows: 8)
    all.randomise(&random)
    let batch = Batch(shape, rows: 8, random: &random)
    all.fill(batch.observations)
    // Step by step, as a worker acts.
    for row in 0..<8 {
      all.network.forward(all.parameters.pointer, rows: row..<row + 1, workspace: all.workspace)
    }
    let loss = ActorCriticLoss()
    let (actions, advantages, targets) = (
      Array(batch.actions[3..<8]), Array(batch.advantages[3..<8]), Array(batch.targets[3..<8])
    )
    _ = loss.gradients(
      rows: 3..<8, actions: actions, advantages: advantages, targets: targets,
      workspace: all.workspace)
    all.network.backward(
      all.parameters.pointer, rows: 3..<8, workspace: all.workspace, gradient: all.gradient.pointer)
    let some = Trial(shape, rows: 5)
    some.parameters.copy(from: all.parameters)
    some.fill(Array(batch.observations[3..<8]))
    some.run(loss, actions: actions, advantages: advantages, targets: targets)
    #expect(all.gradient.array == some.gradient.array)
  }

  @Test("A buffer is zero, aligned, and knows a number that is not finite")
  func buffers() {
    let buffer = FloatBuffer(count: 33)
    #expect(UInt(bitPattern: buffer.pointer) % 64 == 0)
    #expect(buffer.array == [Float](repeating: 0, count: 33))
    #expect(buffer.allFinite)
    buffer[32] = .greatestFiniteMagnitude
    #expect(buffer.allFinite)
    for broken in [Float.nan, .infinity, -.infinity] {
      buffer[7] = broken
      #expect(!buffer.allFinite)
    }
    #expect(FloatBuffer(count: 0).allFinite)
  }

  @Test("The hash of known floats is the published FNV-1a of their bytes")
  func hashing() {
    #expect(parametersHash([], count: 0) == "cbf29ce484222325")
    // The bytes of 1.0: 00 00 80 3f.
    #expect(parametersHash([1], count: 1) != parametersHash([-1], count: 1))
    #expect(parametersHash([0], count: 1) == "4d25767f9dce13f5")
  }
}

import CKernels
import Foundation
import Testing

@testable import Networks
@testable import Randomness

@Suite("Kernel tables")
struct KernelTests {
  /// Everything a network computes: logits, values, gradients, and parameters after each optimiser.
  private func results(_ shape: NetworkShape, rows: Int, _ kernels: KernelTable) -> [Float] {
    var random = RandomStream(seed: 23, key: UInt64(rows))
    let trial = Trial(shape, rows: rows, kernels: kernels)
    trial.randomise(&random)
    let batch = Batch(shape, rows: rows, random: &random)
    trial.fill(batch.observations)
    trial.run(actions: batch.actions, advantages: batch.advantages, targets: batch.targets)
    var results: [Float] = []
    for row in 0..<rows {
      results += (0..<shape.actions).map { trial.workspace.logits(row)[$0] }
      results.append(trial.workspace.value(row))
    }
    results += trial.gradient.array
    let count = trial.network.layout.count
    results.append(
      Float(GradientNorm.norm(trial.gradient.pointer, count: count, kernels: kernels)))
    for rule in [
      Optimiser.sgd, .adam(Adam()), .rmsProp(RMSProp()),
      .rmsProp(RMSProp(epsilonPlacement: .outsideRoot)),
    ] {
      let state = OptimiserState(rule, count: count, kernels: kernels)
      let parameters = FloatBuffer(count: count)
      parameters.copy(from: trial.parameters)
      state.apply(
        gradient: trial.gradient.pointer, scale: 0.7, learningRate: 0.01, to: parameters.pointer)
      results += parameters.array
    }
    return results
  }

  @Test("Every table agrees with the base kernels", arguments: GradientTests.shapes, [1, 5, 9])
  func agreement(shape: NetworkShape, rows: Int) throws {
    let base = results(shape, rows: rows, try #require(KernelTable(.base)))
    for kernels in KernelTable.supported {
      let others = results(shape, rows: rows, kernels)
      #expect(base.count == others.count)
      let worst = zip(base, others).reduce(0) { max($0, abs($1.0 - $1.1) / max(1, abs($1.0))) }
      #expect(worst < 2e-5, "\(kernels)")
    }
  }

  @Test(
    "Reproducible tables agree bit for bit on every instruction set",
    arguments: GradientTests.shapes, [1, 5, 9])
  func reproducible(shape: NetworkShape, rows: Int) throws {
    let base = results(shape, rows: rows, try #require(KernelTable(.base, reproducible: true)))
    for kernels in KernelTable.supported where kernels.isReproducible {
      let others = results(shape, rows: rows, kernels)
      #expect(base.map(\.bitPattern) == others.map(\.bitPattern), "\(kernels)")
    }
  }

  @Test("A row's result does not depend on the rows beside it", arguments: KernelTable.supported)
  func rowsAreIndependent(kernels: KernelTable) {
    for shape in GradientTests.shapes {
      var random = RandomStream(seed: 8)
      let together = Trial(shape, rows: 7, kernels: kernels)
      together.randomise(&random)
      let batch = Batch(shape, rows: 7, random: &random)
      together.fill(batch.observations)
      let network = together.network
      network.forward(
        together.parameters.pointer, rows: 0..<7, workspace: together.workspace)
      let alone = network.makeWorkspace(rows: 1)
      for row in 0..<7 {
        for (index, value) in batch.observations[row].enumerated() {
          alone.observation(0)[index] = Float(value)
        }
        network.forward(together.parameters.pointer, rows: 0..<1, workspace: alone)
        #expect(alone.value(0).bitPattern == together.workspace.value(row).bitPattern)
        for action in 0..<shape.actions {
          #expect(
            alone.logits(0)[action].bitPattern
              == together.workspace.logits(row)[action].bitPattern)
        }
      }
    }
  }

  @Test("tanh is within 4e-7 of the true one and never beyond 1", arguments: KernelTable.supported)
  func hyperbolicTangent(kernels: KernelTable) {
    let count = 16_384
    let inputs = FloatBuffer(count: count)
    let outputs = FloatBuffer(count: count)
    for index in 0..<count { inputs[index] = Float(index - count / 2) * (12 / Float(count / 2)) }
    for (index, special) in ([0, 1e-6, -1e-6, 1e30, -1e30, .infinity, -.infinity] as [Float])
      .enumerated()
    {
      inputs[index] = special
    }
    inputs[count - 1] = .nan
    kernels.functions.pointee.hyperbolic_tangent(inputs.pointer, outputs.pointer, count)
    var absolute = 0.0
    var relative = 0.0
    for index in 0..<count - 1 {
      let expected = tanh(Double(inputs[index]))
      let error = abs(Double(outputs[index]) - expected)
      absolute = max(absolute, error)
      if expected != 0 { relative = max(relative, error / abs(expected)) }
      #expect(abs(outputs[index]) <= 1)
    }
    #expect(absolute < 4e-7)
    #expect(relative < 8e-7)
    #expect(outputs[0] == 0)
    #expect(outputs[count - 1].isNaN)
  }

  @Test("A request chooses its table, and one that cannot be followed is told")
  func requests() {
    let widest = KernelTable.choose(request: nil)
    #expect(widest.problem == nil)
    #expect(!widest.fast.isReproducible)
    #expect(widest.reproducible.isReproducible)
    #expect(KernelTable.choose(request: "").fast == widest.fast)
    let base = KernelTable.choose(request: "base")
    #expect(base.fast.description == "base")
    #expect(base.reproducible.description == "base reproducible")
    #expect(KernelTable.choose(request: "reproducible").fast == widest.reproducible)
    let unknown = KernelTable.choose(request: "sse9")
    #expect(
      unknown.problem
        == "FOOTLIGHTS_KERNELS: \"sse9\" is not known; "
        + "accepted are base, avx2, avx512, reproducible")
    #expect(unknown.fast == widest.fast)
    for set in KernelTable.InstructionSet.allCases where KernelTable(set) == nil {
      #expect(KernelTable.choose(request: set.rawValue).problem?.contains(set.rawValue) == true)
    }
  }

  @Test("A thread that flushes to zero says so")
  func flushing() {
    let thread = Thread {
      FlushToZero.enable()
      #expect(FlushToZero.isEnabled)
      let tiny = Float.leastNormalMagnitude
      let half = [tiny, 0.5].reduce(1, *)
      #expect(half == 0)
    }
    thread.start()
    while !thread.isFinished { usleep(100) }
  }
}

import Networks
import Randomness
import Testing

@Suite("Gradients of single rows")
struct RowGradientTests {
  static let shapes =
    GradientTests.shapes + [
      NetworkShape(input: .oneHot(9), hidden: [7, 19], actions: 4, trunk: .separate),
      NetworkShape(input: .features(5), hidden: [], actions: 3, trunk: .separate),
    ]

  @Test(
    "Their squared norms are those of backward passes of one row each",
    arguments: shapes, KernelTable.supported)
  func norms(shape: NetworkShape, kernels: KernelTable) {
    var random = RandomStream(seed: 23)
    let rows = 11
    let trial = Trial(shape, rows: rows, kernels: kernels)
    let batch = Batch(shape, rows: rows, random: &random)
    trial.randomise(&random)
    trial.fill(batch.observations)
    trial.run(actions: batch.actions, advantages: batch.advantages, targets: batch.targets)

    var found = [Double](repeating: .nan, count: rows - 3)
    trial.network.squaredRowGradientNorms(
      trial.parameters.pointer, rows: 2..<rows - 1, workspace: trial.workspace, into: &found)
    for (index, norm) in found.enumerated() {
      trial.network.backward(
        trial.parameters.pointer, rows: index + 2..<index + 3, workspace: trial.workspace,
        gradient: trial.gradient.pointer)
      let expected = trial.gradient.array.reduce(0.0) { $0 + Double($1) * Double($1) }
      #expect(expected > 0)
      #expect(abs(norm - expected) < 1e-5 * expected, "row \(index + 2): \(norm), not \(expected)")
    }
  }
}

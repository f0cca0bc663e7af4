import Networks
import Randomness
import Testing

@Suite("Actor and critic as two networks")
struct TwoNetworkTests {
  private static let shapes = [
    NetworkShape(input: .features(5), hidden: [24, 8], actions: 3, trunk: .separate),
    NetworkShape(input: .oneHot(7), hidden: [], actions: 4, trunk: .separate),
  ]

  @Test("Their ranges are the vector's two parts, in sixteens", arguments: shapes)
  func ranges(shape: NetworkShape) {
    let layout = ActorCriticNetwork(shape: shape).layout
    let (actor, critic) = (layout.range(of: .actor), layout.range(of: .critic))
    #expect(actor.lowerBound == 0 && actor.upperBound == critic.lowerBound)
    #expect(critic.upperBound == layout.count && actor.upperBound % 16 == 0)
    for slice in layout.slices {
      let isCritic = slice.name.hasPrefix("critic.") || slice.name.hasPrefix("value.")
      #expect((isCritic ? critic : actor).contains(slice.offset))
      #expect((isCritic ? critic : actor).contains(slice.offset + slice.rows * slice.stride - 1))
    }
  }

  @Test("With a shared trunk each of them is the whole vector")
  func shared() {
    let layout = ActorCriticNetwork(
      shape: NetworkShape(input: .features(5), hidden: [8], actions: 3)
    ).layout
    for part in NetworkPart.allCases { #expect(layout.range(of: part) == 0..<layout.count) }
  }

  @Test("One network's gradient is its part of the whole, bit for bit", arguments: shapes)
  func parts(shape: NetworkShape) {
    var random = RandomStream(seed: 11, key: 0)
    let rows = 3
    let trial = Trial(shape, rows: rows)
    trial.randomise(&random)
    let batch = Batch(shape, rows: rows, random: &random)
    trial.fill(batch.observations)
    trial.run(actions: batch.actions, advantages: batch.advantages, targets: batch.targets)
    for part in NetworkPart.allCases {
      let gradient = trial.network.makeParameters()
      gradient.fill(7)
      trial.network.backward(
        part, trial.parameters.pointer, rows: 0..<rows, workspace: trial.workspace,
        gradient: gradient.pointer)
      let range = trial.network.layout.range(of: part)
      for index in 0..<gradient.count {
        let expected = range.contains(index) ? trial.gradient[index] : 7
        #expect(gradient[index].bitPattern == expected.bitPattern)
      }
    }
  }
}

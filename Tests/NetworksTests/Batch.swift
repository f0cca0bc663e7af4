import Networks
import Randomness

/// A random batch for a network.
struct Batch {
  /// As the network takes them: vectors, or one index each.
  var observations: [[Double]] = []
  /// The same as vectors.
  var inputs: [[Double]] = []
  var actions: [Int32] = []
  var advantages: [Float] = []
  var targets: [Float] = []

  init(_ shape: NetworkShape, rows: Int, random: inout RandomStream) {
    for _ in 0..<rows {
      switch shape.input {
      case .features(let count):
        // Rounded to single precision, so that both sides see the same numbers.
        let input = (0..<count).map { _ in Double(Float(random.normal())) }
        observations.append(input)
        inputs.append(input)
      case .oneHot(let count):
        let state = random.below(count)
        observations.append([Double(state)])
        inputs.append((0..<count).map { $0 == state ? 1 : 0 })
      }
      actions.append(Int32(random.below(shape.actions)))
      advantages.append(Float(random.normal()))
      targets.append(Float(random.normal()))
    }
  }
}

extension Trial {
  /// Gives every parameter a random value of a size fit for its layer; padding stays 0.
  func randomise(_ random: inout RandomStream) {
    for slice in network.layout.slices {
      let size = 1 / Double(slice.rows).squareRoot()
      for (row, column) in slice.elements {
        parameters[slice.index(row: row, column: column)] = Float(size * random.normal())
      }
    }
  }
}

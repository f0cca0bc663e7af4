/// Where each weight of a network stands in its flat vector of parameters.
///
/// Weights are stored [in][out], each row padded to a multiple of 16 floats. Padding is 0 for
/// ever: its gradient is 0, and it never reaches a result. With a shared trunk both heads live in
/// one padded matrix, the policy in columns 0 ..< actions and the value in the next; with separate
/// networks each head has its own.
public struct ParameterLayout: Sendable, Equatable {
  /// One named weight matrix or bias.
  public struct Slice: Sendable, Equatable {
    /// `trunk.0.weight`, `policy.bias`; the networks of a separate pair are `actor.0.weight` and
    /// `critic.0.weight`, with heads `policy` and `value`.
    public let name: String
    /// Number of inputs; 1 for a bias.
    public let rows: Int
    /// Number of outputs.
    public let columns: Int
    /// Index of the first element in the vector.
    public let offset: Int
    /// Floats from one row to the next.
    public let stride: Int

    /// Index in the vector of the weight from input `row` to output `column`.
    public func index(row: Int, column: Int) -> Int {
      offset + row * stride + column
    }
  }

  /// Every slice, in the order of the vector.
  public let slices: [Slice]
  /// Number of floats in the vector, padding included: a multiple of 16.
  public let count: Int
  /// Number of true parameters.
  public let parameterCount: Int
  /// Where the critic begins; `count` where it has no network of its own.
  private let criticStart: Int

  /// The slice of that name.
  public func slice(named name: String) -> Slice? {
    slices.first { $0.name == name }
  }

  /// The indices of one of two networks: contiguous, multiples of 16. With a shared trunk both parts
  /// are in one network, and the range is the whole vector.
  public func range(of network: NetworkPart) -> Range<Int> {
    switch network {
    case .actor: 0..<criticStart
    case .critic: (criticStart == count ? 0 : criticStart)..<count
    }
  }

  /// The indices of shard `index` of `total`: contiguous, multiples of 16, together the vector.
  public func shard(_ index: Int, of total: Int) -> Range<Int> {
    precondition(total >= 1 && index >= 0 && index < total, "no shard \(index) of \(total)")
    let blocks = count / 16
    return (blocks * index / total * 16)..<(blocks * (index + 1) / total * 16)
  }
}

/// One of the two networks of an actor-critic agent.
public enum NetworkPart: Sendable, Equatable, CaseIterable {
  /// The one with the policy.
  case actor
  /// The one with the value function.
  case critic
}

/// One dense layer in the vector of parameters.
struct DenseLayer: Sendable, Equatable {
  var inputs: Int
  var outputs: Int
  var weight: Int
  var isHead: Bool

  var stride: Int { (outputs + 15) / 16 * 16 }
  var bias: Int { weight + inputs * stride }
  var end: Int { bias + stride }

  /// Hidden layers of those widths and a head, one upon the other, from `start` of the vector on.
  static func chain(
    inputs: Int, hidden: [Int], outputs: Int, from start: Int
  ) -> [DenseLayer] {
    var layers: [DenseLayer] = []
    for width in hidden + [outputs] {
      layers.append(
        DenseLayer(
          inputs: layers.last?.outputs ?? inputs, outputs: width,
          weight: layers.last?.end ?? start, isHead: layers.count == hidden.count))
    }
    return layers
  }
}

/// The layers of a network: one chain of them, or two.
struct DenseChains: Sendable, Equatable {
  /// The chain with the policy head; with a shared trunk its head has a column for the value too.
  var actor: [DenseLayer]
  /// The chain with the value head; empty with a shared trunk.
  var critic: [DenseLayer]

  init(_ shape: NetworkShape) {
    func chain(outputs: Int, from start: Int) -> [DenseLayer] {
      DenseLayer.chain(
        inputs: shape.input.width, hidden: shape.hidden, outputs: outputs, from: start)
    }
    switch shape.trunk {
    case .shared:
      actor = chain(outputs: shape.actions + 1, from: 0)
      critic = []
    case .separate:
      actor = chain(outputs: shape.actions, from: 0)
      critic = chain(outputs: 1, from: actor.last?.end ?? 0)
    }
  }
}

extension ParameterLayout {
  init(_ shape: NetworkShape, _ chains: DenseChains) {
    var slices: [Slice] = []
    func append(_ name: String, _ layer: DenseLayer, column: Int, columns: Int) {
      slices.append(
        Slice(
          name: name + ".weight", rows: layer.inputs, columns: columns,
          offset: layer.weight + column, stride: layer.stride))
      slices.append(
        Slice(
          name: name + ".bias", rows: 1, columns: columns, offset: layer.bias + column,
          stride: layer.stride))
    }
    func append(_ chain: [DenseLayer], hidden: String, heads: [(name: String, columns: Int)]) {
      for (index, layer) in chain.enumerated() where !layer.isHead {
        append("\(hidden).\(index)", layer, column: 0, columns: layer.outputs)
      }
      guard let head = chain.last else { return }
      var column = 0
      for (name, columns) in heads {
        append(name, head, column: column, columns: columns)
        column += columns
      }
    }
    switch shape.trunk {
    case .shared:
      append(chains.actor, hidden: "trunk", heads: [("policy", shape.actions), ("value", 1)])
    case .separate:
      append(chains.actor, hidden: "actor", heads: [("policy", shape.actions)])
      append(chains.critic, hidden: "critic", heads: [("value", 1)])
    }
    self.slices = slices
    count = (chains.critic.last ?? chains.actor.last)?.end ?? 0
    parameterCount = slices.reduce(0) { $0 + $1.rows * $1.columns }
    criticStart = chains.critic.first?.weight ?? count
  }

  /// The layout of one chain: `hidden.0`, `hidden.1`, ..., `output`.
  init(_ chain: [DenseLayer]) {
    slices = chain.enumerated().flatMap { index, layer in
      let name = layer.isHead ? "output" : "hidden.\(index)"
      return [
        Slice(
          name: name + ".weight", rows: layer.inputs, columns: layer.outputs,
          offset: layer.weight, stride: layer.stride),
        Slice(
          name: name + ".bias", rows: 1, columns: layer.outputs, offset: layer.bias,
          stride: layer.stride),
      ]
    }
    count = chain.last?.end ?? 0
    parameterCount = slices.reduce(0) { $0 + $1.rows * $1.columns }
    criticStart = count
  }
}

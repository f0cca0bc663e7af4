internal import Environments
internal import Networks
internal import Randomness

/// Worlds in which a policy walks from episode to episode, so that states can be drawn as it comes
/// to them.
///
/// A state is taken from every walk at random times; each walk has gone its own way for up to
/// four episodes before the first. The parameters may change between two draws, as they do while
/// an agent learns.
final class PolicyWalk {
  private let network: ActorCriticNetwork
  private let workspace: ActorCriticWorkspace
  private var worlds: [any Environment]
  private var random: RandomStream
  private var steps: [Int]
  private var alive: [Int] = []

  /// Most steps between two states of a walk.
  private static let spacing = 100

  /// As many walks as states are drawn at once.
  init(network: ActorCriticNetwork, environment: any Environment, walks: Int, random: RandomStream)
  {
    self.network = network
    self.random = random
    workspace = network.makeWorkspace(rows: walks)
    worlds = Array(repeating: environment, count: walks)
    steps = Array(repeating: 0, count: walks)
    for i in worlds.indices {
      worlds[i].reset(start: nil, random: &self.random)
      steps[i] = self.random.below(4 * environment.specification.studyLimit)
    }
  }

  /// A state of every walk, as `Environment.save` writes it.
  func draw(_ theta: UnsafePointer<Float>) -> [[Double]] {
    alive = worlds.indices.filter { steps[$0] > 0 }
    while !alive.isEmpty { step(theta) }
    for i in worlds.indices { steps[i] = 1 + random.below(Self.spacing) }
    return worlds.map { world in
      [Double](unsafeUninitializedCapacity: world.stateSize) { buffer, count in
        if let base = buffer.baseAddress { world.save(into: base) }
        count = world.stateSize
      }
    }
  }

  private func step(_ theta: UnsafePointer<Float>) {
    for (row, i) in alive.enumerated() { worlds[i].observe(into: workspace.observation(row)) }
    network.forward(theta, rows: 0..<alive.count, workspace: workspace)
    for (row, i) in alive.enumerated() {
      let action = network.shape.drawnAction(workspace.logits(row), using: &random)
      if worlds[i].step(action, random: &random).ended {
        worlds[i].reset(start: nil, random: &random)
      }
      steps[i] -= 1
    }
    alive.removeAll { steps[$0] == 0 }
  }
}

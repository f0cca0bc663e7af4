internal import Agents
internal import Environments
internal import Scenes

extension Actor {
  /// What its world looks like.
  var scene: Scene {
    lastContinuousAction == nil
      ? environment.scene(lastAction: lastAction)
      : environment.scene(lastContinuousAction: lastContinuousAction)
  }
}

public import Scenes

extension MountainCarContinuous {
  /// The road with its wall, the car, the flag, and an arrow for the last push, as long as it was
  /// strong.
  public func scene(lastAction action: Int?) -> Scene {
    MountainCar.scene(
      position: Double(state.position), goal: Double(Constants().goal), push: lastForce ?? 0)
  }
}

public import Scenes

extension MountainCarContinuous {
  /// The road with its wall, the car, the flag, and an arrow for the last push, as long as it was
  /// strong.
  public func scene(lastAction action: Int?) -> Scene {
    MountainCar.scene(
      position: Double(state.position), goal: Double(Constants().goal), push: lastForce ?? 0)
  }

  /// The same after a push; a state that was taken up knows of none.
  public func scene(lastContinuousAction action: Double?) -> Scene {
    let limit = Constants().forceLimit
    return MountainCar.scene(
      position: Double(state.position), goal: Double(Constants().goal),
      push: action.map { min(max($0, -limit), limit) } ?? 0)
  }
}

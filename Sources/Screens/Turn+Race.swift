import Telemetry

extension Turn {
  /// View 3: the step of the rollout that is taken apart.
  mutating func performRollout(_ action: Action) {}

  /// View 3: begins the race, or ends the one that is on.
  mutating func performRace() {}
}

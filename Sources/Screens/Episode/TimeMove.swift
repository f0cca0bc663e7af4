public import Telemetry

/// A way to go in time.
public enum TimeMove: Sendable, Hashable {
  /// To an earlier step: one step back, or where the rollout, update or episode began.
  case back(StepGrain)
  /// To a later step.
  case forward(StepGrain)
  /// To the oldest recorded step of the worker in focus.
  case oldest
  /// To the present, or the end of a kept episode.
  case present
  /// To a step of the worker in focus, by its number.
  case number(Int)
  /// To the rollout an update was made from, by the version of theta it made.
  case update(Int)
}

/// Where a way in time leads.
enum Landing: Equatable {
  /// To a moment of the past.
  case moment(Moment)
  /// To the present of a worker.
  case present(worker: Int)
  /// On from the present: the engine's to do.
  case beyond(StepGrain)
  /// Nowhere, and why.
  case nowhere(String)
}

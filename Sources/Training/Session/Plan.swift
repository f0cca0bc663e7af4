internal import Agents
internal import Telemetry

/// What all training threads do next; made by the coordinator while they wait for it.
struct Plan: Sendable {
  /// A piece of work.
  enum Work: Sendable {
    /// Give the actors back to the roster and let the crew go.
    case disband
    /// Write the actors into the roster as they are, and keep the crew: a race begins with copies.
    case copyActors
    /// This many turns of every worker, or fewer when the steps are done before.
    case turns(Int, steps: Int)
    /// One turn of one worker alone.
    case turn(worker: Int)
    /// One phase, as this worker goes through it, from the stage that all crews have come to.
    case phase(of: Int, from: Int)
    /// A2C: the update that is due.
    case update
    /// As fast as possible until there is mail or the steps are done.
    case untilCalled(steps: Int)
    /// The end of the run.
    case end
  }

  var work: Work
  var settings: LearningSettings
  var agent: AgentName
}

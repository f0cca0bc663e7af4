internal import Agents
internal import Telemetry
internal import Threads

/// The coordinator's dealings with races: the one that is asked for, and the one that is on, for
/// which the run waits.
final class RaceDesk {
  private let session: SessionState
  private var wanted: RaceRequest?
  private var race: Race?

  init(session: SessionState) {
    self.session = session
  }

  /// Whether a race is asked for: the roster is to be brought up to date, then it can begin.
  var isWanted: Bool { wanted != nil }

  /// Whether the run waits, or will wait, for a race.
  var isBusy: Bool { wanted != nil || race?.isOn == true }

  /// Takes down a request; the race that is on ends.
  func ask(for request: RaceRequest) {
    end()
    wanted = request
  }

  /// Ends the race that is on, or drops the request.
  func end() {
    wanted = nil
    race?.stop()
    race = nil
  }

  /// Begins the race that is asked for, from what the training threads, which wait, have come to. A
  /// run that has diverged races nobody, and nor does an agent that cannot take the settings.
  func begin(_ settings: LearningSettings, _ agent: AgentName) {
    guard let request = wanted else { return }
    wanted = nil
    guard agent.races(request.first), agent.races(request.second) else { return }
    guard session.shared.checkFinite() else { return }
    let origin = Origin(
      parameters: session.shared.checkpoint(), actors: session.roster.withLock { $0 },
      steps: session.clock.steps)
    let plan = RacePlan(
      request, origin: origin, configuration: session.configuration, settings: settings,
      agent: agent)
    guard let report = plan.report else { return }
    let race = Race(
      plan, report: report, threads: session.configuration.threads, mailbox: session.mailbox)
    self.race = race
    session.facts.withLock { $0.race = race }
  }

  /// Lets go of a race that has come to its end.
  ///
  /// - Returns: whether there was one.
  func settle() -> Bool {
    guard let race, !race.isOn else { return false }
    end()
    return true
  }
}

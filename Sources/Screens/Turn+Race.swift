import CellCanvas
import Estimators
import Telemetry

extension Turn {
  /// View 3: the step of the rollout that is taken apart.
  mutating func performRollout(_ action: Action) {
    guard let rollout = snapshot.estimators?.rollout, !rollout.steps.isEmpty else {
      return refuse("there is no rollout to go through yet")
    }
    let last = rollout.steps.count - 1
    let now = state.estimators.step(in: rollout)
    switch action {
    case .rolloutStepBack: state.estimators.step = max(0, now - 1)
    case .rolloutStepForward: state.estimators.step = min(last, now + 1)
    case .rolloutFirstStep: state.estimators.step = 0
    default: state.estimators.step = last
    }
  }

  /// View 3: begins the race, or ends the one that is on.
  mutating func performRace() {
    if snapshot.race?.status == .running {
      effects.append(.engine(.endRace))
      return say("the race ends; the run goes on")
    }
    start(state.estimators.raceRequest(of: settings.agent))
  }

  /// Opens the page of the race and begins one that was typed.
  mutating func openRace(_ request: RaceRequest) {
    if refusesToLearn() { return }
    open(.race)
    state.estimators.race = request
    start(request)
  }

  private mutating func start(_ request: RaceRequest) {
    if refusesToLearn() { return }
    for change in [request.first, request.second] where !settings.agent.races(change) {
      return refuse("no race: \(settings.agent.refusal(of: change))")
    }
    effects.append(.engine(.race(request)))
    let pairs = request.pairs == 1 ? "1 pair" : "\(request.pairs) pairs"
    let sides = "\(request.first.shortLabel) vs \(request.second.shortLabel)"
    say(
      request.first == request.second
        ? "\(sides): A and B are the same, only chance can differ"
        : "race: \(sides), \(pairs); the run waits")
  }

  /// Another agent with a table to be raced against.
  mutating func chooseRival(by step: Int) {
    let agent = settings.agent
    let others = AgentName.allCases.filter { $0.hasTable && $0 != agent }
    let place = others.firstIndex(of: state.estimators.rival(of: agent)) ?? 0
    choose(rival: others[(place + step + others.count) % others.count])
  }

  /// Opens the page of the race with another agent to be raced against.
  mutating func choose(rival: AgentName) {
    open(.race)
    state.estimators.race = nil
    state.estimators.rival = rival
    say("B is \(rival.shortLabel); r races it against \(settings.agent.shortLabel)")
  }

  /// Puts an estimator in the place of A or of B; what was typed to be raced goes.
  mutating func choose(_ estimator: ReturnEstimator, for side: Contender) {
    state.estimators.pair[side.rawValue] = estimator
    state.estimators.race = nil
    say("\(side.letter) is \(estimator.headline), on the pages Rollout and Race (3)")
  }
}

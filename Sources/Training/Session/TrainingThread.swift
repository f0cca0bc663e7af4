internal import Agents
internal import Networks
internal import Synchronization
internal import Telemetry
internal import Threads

/// What a training thread does: meet the others, hear the plan, work by it, until the end.
struct TrainingThread {
  let number: Int
  let session: SessionState

  func run() {
    FlushToZero.enable()
    let coordinator = number == 0 ? Coordinator(session: session) : nil
    var crew: (any Crew)?
    while true {
      session.rendezvous.meet()
      if let coordinator {
        let plan = coordinator.next()
        session.plan.withLock { $0 = plan }
      }
      session.rendezvous.meet()
      let plan = session.plan.withLock { $0 }
      switch plan.work {
      case .end:
        return
      case .disband:
        crew?.finishTurns(settings: plan.settings)
        if let crew { copyActors(of: crew) }
        crew = nil
      default:
        let present =
          crew
          ?? session.makeCrew(
            thread: number, settings: plan.settings, agent: plan.agent)
        crew = present
        work(present, plan)
      }
    }
  }

  private func work(_ crew: any Crew, _ plan: Plan) {
    session.history?.rings[number].resume { crew.rollouts }
    switch plan.work {
    case .turns(let count, let steps):
      crew.turns(count, steps: steps, settings: plan.settings)
      if number == 0 { session.turns.add(count, ordering: .relaxed) }
    case .turn(let worker):
      crew.turn(of: worker, settings: plan.settings)
      if number == 0 { session.turns.add(1, ordering: .relaxed) }
    case .phase(let worker, let stage):
      crew.phase(of: worker, from: stage, settings: plan.settings)
      if number == 0 { session.phases.add(1, ordering: .relaxed) }
    case .update:
      crew.update(settings: plan.settings)
    case .untilCalled(let steps):
      crew.workUntilCalled(steps: steps, settings: plan.settings)
    case .copyActors:
      copyActors(of: crew)
    case .disband, .end:
      break
    }
    session.note(crew.stage)
  }

  private func copyActors(of crew: any Crew) {
    let actors = crew.actors
    session.roster.withLock { roster in
      for actor in actors { roster[actor.index] = actor }
    }
  }
}

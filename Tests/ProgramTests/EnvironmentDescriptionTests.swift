import Testing

@Suite("What the program tells of an environment")
struct EnvironmentDescriptionTests {
  @Test(
    "Each tells what is observed, done and rewarded, where it begins and ends",
    arguments: [
      "CartPole-v1", "Pendulum-v1", "MountainCar-v0", "MountainCarContinuous-v0", "Acrobot-v1",
      "CliffWalking-v1", "FrozenLake-v1", "Taxi-v4", "RandomWalk-5", "Maze/cliff",
    ])
  func complete(name: String) throws {
    let run = try ProgramRun(["list", "environments", name])
    #expect(run.status == 0 && run.complaint.isEmpty)
    #expect(run.output.hasPrefix(name + "\n"))
    for key in ["summary", "observation", "action", "reward", "start", "end"] {
      #expect(run.output.contains("\n  \(key)"), "\(key)")
    }
  }

  @Test("Numbers have names, units and bounds, settings their values")
  func details() throws {
    let pole = try ProgramRun(["list", "environments", "CartPole-v1"]).output
    #expect(pole.contains("observation 0  cart position x in m, -4.8 to 4.8\n"))
    #expect(pole.contains("solved         a mean return of 475\n"))
    let lake = try ProgramRun(["list", "environments", "FrozenLake-v1", "--json"]).output
    #expect(lake.hasPrefix("{\"name\":\"FrozenLake-v1\","))
    #expect(
      lake.contains("\"set is_slippery\":\"a step goes to either side with 1/3 each [true]\""))
  }

  @Test("A name that is unknown, or stands behind another kind, is refused in one line")
  func refused() throws {
    let unknown = try ProgramRun(["list", "environments", "CartPol-v1"])
    #expect(unknown.status == 2 && unknown.output.isEmpty)
    #expect(unknown.complaint.contains("'CartPol-v1' (did you mean 'CartPole-v1'?)"))
    let misplaced = try ProgramRun(["list", "agents", "dqn"])
    #expect(misplaced.status == 2)
    #expect(
      misplaced.complaint
        == "footlights: list: found 'dqn' behind 'agents', accepted is a name behind environments\n"
    )
  }
}

import CellCanvas
import Scenes
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("Q per action on the squares, and the greedy way")
struct CliffScreenTests {
  private static let sizes = [(80, 24), (120, 36), (200, 50)]

  private func lines(
    _ snapshot: EngineSnapshot = SampleCliff.stage(), columns: Int, rows: Int, look: Look = Look()
  ) -> [String] {
    StageScreens.frame(snapshot, columns: columns, rows: rows, look: look).plainText
  }

  @Test("As recorded at every size", arguments: sizes)
  func golden(columns: Int, rows: Int) {
    expectGoldenScreen(
      StageScreens.frame(SampleCliff.stage(), columns: columns, rows: rows),
      named: "stage-cliff-\(columns)x\(rows)")
  }

  @Test("As recorded without colours and Unicode", arguments: [(80, 24), (120, 36), (200, 50)])
  func ascii(columns: Int, rows: Int) {
    let canvas = StageScreens.frame(
      SampleCliff.stage(), columns: columns, rows: rows, look: StageScreens.ascii)
    #expect(canvas.plainText.allSatisfy { $0.utf8.allSatisfy { $0 < 128 } })
    expectGoldenScreen(canvas, named: "stage-cliff-ascii-\(columns)x\(rows)")
  }

  @Test("The race of two tables as recorded", arguments: sizes)
  func race(columns: Int, rows: Int) {
    var bench = InterfaceBench(SampleCliff.stage())
    bench.snapshot.race = SampleCliff.race
    bench.type("3")
    bench.state.message = nil
    expectGoldenScreen(
      bench.frame(columns: columns, rows: rows), named: "race-cliff-\(columns)x\(rows)")
    let text = bench.text(columns: columns, rows: rows)
    #expect(text.contains("13 steps to the goal") && text.contains("15 steps to the goal"))
    #expect(text.contains("A Q-learning") && text.contains("B Sarsa"))
  }

  @Test("The page of the race before the first, as recorded", arguments: [(80, 24), (120, 36)])
  func invitation(columns: Int, rows: Int) {
    var bench = InterfaceBench(SampleCliff.stage(.sarsa))
    bench.type("3")
    bench.state.message = nil
    expectGoldenScreen(
      bench.frame(columns: columns, rows: rows), named: "race-cliff-none-\(columns)x\(rows)")
  }

  /// A grid of one layer on a canvas of its own.
  private func canvas(
    _ values: GridActionValues, columns: Int, rows: Int, look: Look = Look(), agent: Int = -1
  ) -> Canvas {
    var canvas = Canvas(size: Size(columns: columns, rows: rows), background: look.ground)
    GridView(
      scene: GridScene(map: SampleCliff.map, agent: agent, previous: nil),
      layer: GridLayer(values), isOfActions: true
    ).draw(in: canvas.bounds, on: &canvas, look: look)
    return canvas
  }

  @Test("On large squares the four numbers of each stand at the sides they lead to")
  func numbers() {
    let values = SampleCliff.actionValues()
    let canvas = canvas(values, columns: 120, rows: 20)
    for state in 0...36 {
      let (row, column) = state.quotientAndRemainder(dividingBy: 12)
      func shown(_ line: Int, _ from: Int) -> String {
        (0..<4).map { "\(canvas[column * 10 + from + $0, row * 5 + line].scalar)" }.joined()
      }
      let found = [shown(1, 2), shown(2, 5), shown(3, 2), shown(2, 0)]
      let expected = values.values[state].map { NumberFormat.unit($0, width: 4) }
      #expect(found == expected, "state \(state)")
    }
  }

  @Test("The greedy way is lit square by square, in every size of squares, also without colours")
  func way() {
    let values = SampleCliff.actionValues()
    for look in [Look(), StageScreens.ascii, Look(theme: .mono, colors: .none)] {
      for scale in GridProjection.scalesOfActions where scale.columns > 1 {
        let canvas = canvas(
          values, columns: 12 * scale.columns, rows: 4 * scale.rows, look: look)
        var lit: Set<Int> = []
        for y in 0..<canvas.size.rows {
          for x in 0..<canvas.size.columns {
            let style = canvas[x, y].style
            let isLit =
              look.isMono
              ? style.attributes.contains(.reverse) : style.background == look.theme.accent
            if isLit { lit.insert(y / scale.rows * 12 + x / scale.columns) }
          }
        }
        #expect(lit == Set(values.path?.states ?? []), "\(scale) \(look.isMono)")
      }
    }
  }

  @Test("No number reaches beyond its square, whatever its size")
  func overflow() {
    for value in [-1234.5, -113, -99.96, -9.87, -0.001, 0.5, 12.34, 1e7, -.infinity, .nan] {
      var values = SampleCliff.actionValues()
      for state in values.values.indices { values.values[state] = [value, value + 1, value, 0] }
      values.path = nil
      for scale in GridProjection.scalesOfActions {
        let canvas = canvas(values, columns: 12 * scale.columns, rows: 4 * scale.rows)
        // The cliff's own squares hold a letter alone.
        for y in (3 * scale.rows)..<(4 * scale.rows) {
          let cliff = (scale.columns..<(11 * scale.columns)).map { canvas[$0, y].scalar }
          #expect(cliff.allSatisfy { $0 == " " || $0 == "P" }, "\(value) \(scale)")
        }
      }
    }
  }

  @Test("Where nothing is known stands a dot, and no number")
  func unknown() {
    let values = GridActionValues(values: Array(repeating: [0, 0, 0, 0], count: 48), path: nil)
    let text = canvas(values, columns: 120, rows: 20).plainText.joined()
    #expect(text.filter { $0 == "·" }.count == 37 && !text.contains("0"))
  }

  @Test("What the way is like is said, the longest words that fit", arguments: sizes)
  func words(columns: Int, rows: Int) {
    let text = lines(columns: columns, rows: rows).joined()
    #expect(text.contains("13 steps to the goal") || text.contains("path 13"))
    var round = SampleCliff.stage()
    round.layers?.actionValues?.path?.end = .nowhere
    #expect(lines(round, columns: columns, rows: rows).joined().contains("goes round"))
    var pit = SampleCliff.stage()
    pit.layers?.actionValues?.path?.end = .pit
    #expect(lines(pit, columns: columns, rows: rows).joined().contains("into a pit"))
  }

  @Test("Behaviour and target policy stand side by side")
  func policies() {
    for (agent, behaviour, target) in [
      (AgentName.qLearning, "92%", "100%"), (.expectedSarsa, "92%", "92%"), (.sarsa, "92%", "100%"),
    ] {
      let text = lines(SampleCliff.stage(agent), columns: 120, rows: 36)
      let heading = text.first { $0.contains("behaviour") && $0.contains("target") }
      #expect(heading != nil)
      let row = text.first { $0.contains("★") && $0.contains("right") } ?? ""
      let percents = row.split(separator: " ").filter { $0.hasSuffix("%") || $0.hasSuffix("%│") }
      #expect(percents.suffix(2).map { $0.prefix { $0 != "│" } } == [behaviour[...], target[...]])
    }
    var none = SampleCliff.stage(.sarsa)
    for index in none.actionValues?.choices.indices ?? 0..<0 {
      none.actionValues?.choices[index].targetProbability = nil
    }
    let row = lines(none, columns: 120, rows: 36).first { $0.contains("★") } ?? ""
    #expect(row.contains("–"))
  }

  @Test("No word of a critic, and no V of one", arguments: sizes)
  func names(columns: Int, rows: Int) {
    for layer in MazeLayer.allCases {
      let text = StageScreens.frame(
        SampleCliff.stage(), columns: columns, rows: rows, adjust: { $0.layer = layer }
      ).plainText.joined(separator: "\n")
      #expect(!text.contains("critic"), "\(layer)")
      #expect(text.contains("max Q"))
    }
    let sarsa = lines(SampleCliff.stage(.sarsa), columns: columns, rows: rows).joined()
    #expect(sarsa.contains("mean Q"))
  }

  @Test("m goes through the layers from Q per action, and back; others have no such layer")
  func layers() {
    var bench = InterfaceBench(SampleCliff.stage())
    #expect(bench.state.layer(over: bench.snapshot) == .actionValues)
    bench.type("m")
    #expect(bench.state.layer == .critic)
    bench.type("MM")
    #expect(bench.state.layer == MazeLayer.none)
    var other = InterfaceBench(SampleSnapshots.maze())
    var seen: Set<MazeLayer> = []
    for _ in 0..<10 {
      other.type("m")
      seen.insert(other.state.layer(over: other.snapshot))
    }
    #expect(seen == Set(MazeLayer.allCases).subtracting([.actionValues]))
    other.state.layer = .actionValues
    #expect(other.state.layer(over: other.snapshot) == .critic)
  }

  @Test("Every size from nothing up gives a frame, with values that are none")
  func total() {
    var broken = SampleCliff.stage()
    broken.layers?.actionValues?.values = Array(repeating: [.nan, .infinity], count: 5)
    broken.layers?.actionValues?.path = .init(
      states: [99, -1, 3], actions: [7], end: .pit, reward: .nan)
    for snapshot in [SampleCliff.stage(), broken] {
      for (columns, rows) in [(0, 0), (1, 1), (13, 5), (40, 12), (57, 18), (80, 24), (130, 70)] {
        for look in StageScreens.looks {
          var bench = InterfaceBench(snapshot)
          bench.snapshot.race = SampleCliff.race
          for view in ["1", "3"] {
            bench.type(view)
            #expect(
              bench.frame(columns: columns, rows: rows, look: look).size
                == Size(columns: columns, rows: rows))
          }
        }
      }
    }
  }
}

@Suite("Keys of the race of tables")
struct TableRaceKeyTests {
  @Test("3 opens the race, r begins it with the usual rival, a second r ends it")
  func begins() {
    for (agent, rival) in [
      (AgentName.qLearning, AgentName.sarsa), (.sarsa, .qLearning), (.expectedSarsa, .qLearning),
    ] {
      var bench = InterfaceBench(SampleCliff.stage(agent))
      bench.type("3r")
      #expect(
        bench.commands == [.race(RaceRequest(first: .agent(agent), second: .agent(rival)))])
      bench.snapshot.race = SampleRaces.running
      bench.type("r")
      #expect(bench.commands == [.endRace])
    }
  }

  @Test("{ and } choose another rival, a name typed too, and both of a race")
  func rivals() {
    var bench = InterfaceBench(SampleCliff.stage())
    bench.type("3}")
    #expect(bench.state.estimators.rival == .expectedSarsa)
    bench.type("{")
    #expect(bench.state.estimators.rival == .sarsa)
    bench.type(":agent expected-sarsa")
    bench.press(.enter)
    #expect(bench.state.estimators.rival == .expectedSarsa && bench.commands == [])
    bench.type("r")
    #expect(
      bench.commands
        == [.race(RaceRequest(first: .agent(.qLearning), second: .agent(.expectedSarsa)))])
    bench.type(":race sarsa vs expected-sarsa pairs 3 steps 900")
    bench.press(.enter)
    #expect(
      bench.commands
        == [
          .race(
            RaceRequest(
              first: .agent(.sarsa), second: .agent(.expectedSarsa), steps: 900, pairs: 3))
        ])
  }

  @Test("Agents without a table take no part, and a table races nothing else")
  func refused() {
    var deep = InterfaceBench(SampleActionValues.deep)
    deep.type("3r")
    #expect(deep.commands == [] && deep.state.message?.text.contains("no race") == true)
    var bench = InterfaceBench(SampleCliff.stage())
    for line in [":race n 5 vs n 1", ":race sarsa vs lr .1", ":race a3c vs sarsa", ":agent a3c"] {
      bench.type(line)
      bench.press(.enter)
      #expect(bench.commands == [] && bench.state.message?.kind == .refusal, "\(line)")
    }
  }

  @Test("The page stays that of the race, whatever page was open before")
  func page() {
    var bench = InterfaceBench(SampleSnapshots.maze())
    bench.type("3")
    #expect(bench.state.estimators.page == .state)
    bench.snapshot = SampleCliff.stage()
    bench.send(.tick(seconds: 1))
    #expect(bench.state.estimators.page == .race)
    bench.type("3")
    #expect(bench.state.estimators.page == .race)
    #expect(bench.state.interest?.estimators == nil)
  }
}

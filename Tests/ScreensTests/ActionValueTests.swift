import CellCanvas
import Screens
import Telemetry
import TestSupport
import Testing

@Suite("The stage of agents that learn values of actions")
struct ActionValueTests {
  private static let samples: [(name: String, snapshot: EngineSnapshot)] = [
    ("q-learning", SampleActionValues.town()), ("dqn", SampleActionValues.deep),
    ("ddpg", SampleActionValues.deterministic),
  ]

  private func text(_ snapshot: EngineSnapshot, columns: Int = 120, rows: Int = 36) -> String {
    InterfaceBench(snapshot).text(columns: columns, rows: rows)
  }

  @Test(
    "As recorded at every size", arguments: ["q-learning", "dqn", "ddpg"],
    [(80, 24), (120, 36), (200, 50)])
  func golden(name: String, size: (columns: Int, rows: Int)) throws {
    let snapshot = try #require(Self.samples.first { $0.name == name }).snapshot
    expectGoldenScreen(
      StageScreens.frame(snapshot, columns: size.columns, rows: size.rows),
      named: "stage-\(name)-\(size.columns)x\(size.rows)")
  }

  @Test("As recorded without colours and Unicode", arguments: ["q-learning", "dqn", "ddpg"])
  func ascii(name: String) throws {
    let snapshot = try #require(Self.samples.first { $0.name == name }).snapshot
    let canvas = StageScreens.frame(snapshot, columns: 120, rows: 36, look: StageScreens.ascii)
    #expect(canvas.plainText.allSatisfy { $0.utf8.allSatisfy { $0 < 128 } })
    expectGoldenScreen(canvas, named: "stage-\(name)-ascii-120x36")
  }

  @Test("Nothing is said of workers, estimators, entropy or bias")
  func absent() {
    for (name, snapshot) in Self.samples {
      for (columns, rows) in [(80, 24), (120, 36), (200, 50)] {
        let shown = text(snapshot, columns: columns, rows: rows)
        for word in ["barrier", "lag", "Entropy", "Bias", "measuring", "Advantage", "β", "λ"] {
          #expect(!shown.contains(word), "\(name) \(columns)x\(rows): \(word)")
        }
        #expect(shown.contains("TD error"), "\(name) \(columns)x\(rows)")
      }
    }
  }

  @Test("The header names discount, step size and exploration, where there is any")
  func header() {
    let heads = Self.samples.map { text($0.snapshot, columns: 160).split(separator: "\n")[0] }
    #expect(heads[0].contains("Q-learning · γ .9 · α .5 · ε .100"))
    #expect(heads[1].contains("DQN · γ .99 · lr .001 · ε .040"))
    #expect(heads[2].contains("DDPG · γ .99 · lr 1e-4") && !heads[2].contains("ε"))
  }

  @Test("The decimal points of Q stand below one another, and the greedy action has the star")
  func bars() throws {
    let lines = text(SampleActionValues.town()).split(separator: "\n").map(Array.init)
    let rows = ["-3.125", "1.500", "-2.750", "-0.875", "-10.500", "-11.250"].compactMap { number in
      lines.first { String($0).contains(number) }.map { (number, $0) }
    }
    #expect(rows.count == 6)
    let ends = rows.compactMap { number, line -> Int? in
      let shown = String(line)
      guard let range = shown.firstRange(of: number) else { return nil }
      return shown.distance(from: shown.startIndex, to: range.upperBound)
    }
    #expect(Set(ends).count == 1)
    let starred = rows.filter { $0.1.contains("★") }.map(\.0)
    #expect(starred == ["1.500"])
  }

  @Test("Every size from nothing up gives a frame, in every look, with numbers that are none")
  func total() {
    var broken = SampleActionValues.town()
    broken.actionValues?.choices = [.init(value: .nan, probability: .nan)]
    broken.actionValues?.step = .init(
      action: 9, reward: .infinity, target: .nan, error: .nan, newValue: -.infinity)
    var flat = SampleActionValues.deterministic
    flat.actionValues?.curve = .init(
      actions: [], values: [], policyAction: .nan, policyValue: .nan, slope: .nan)
    var empty = SampleActionValues.deep
    empty.actionValues?.replay = .init(count: 0, capacity: 0, batchAge: nil, errors: [])
    var none = SampleActionValues.deep
    none.actionValues = nil
    for snapshot in Self.samples.map(\.snapshot) + [broken, flat, empty, none] {
      for (columns, rows) in [(0, 0), (1, 1), (40, 12), (50, 30), (57, 18), (80, 24), (130, 70)] {
        for look in StageScreens.looks {
          let canvas = InterfaceBench(snapshot).frame(columns: columns, rows: rows, look: look)
          #expect(canvas.size == Size(columns: columns, rows: rows))
        }
      }
    }
  }

  @Test("The values are asked for on the stage alone, and nothing else of the run's analysis")
  func interest() {
    for (_, snapshot) in Self.samples {
      var bench = InterfaceBench(snapshot)
      #expect(bench.state.interest?.actionValues == true)
      #expect(bench.state.interest?.biasVariance == false)
      for key in ["2", "3", "4"] {
        bench.type(key)
        #expect(bench.state.interest == Interest())
      }
    }
    #expect(InterfaceBench().state.interest?.actionValues == false)
  }
}

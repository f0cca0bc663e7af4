import CellCanvas
import Foundation
import Screens
import Telemetry
import TestSupport
import Testing

@Suite("What holds for every stage")
struct StagePropertyTests {
  /// Sizes that were chosen for being small, odd, wide or tall.
  static let sizes: [(Int, Int)] =
    (0...5).flatMap { w in (0...5).map { (w, $0) } } + [
      (1, 40), (300, 3), (17, 9), (23, 31), (38, 12), (40, 12), (55, 60), (56, 13), (56, 14),
      (57, 18), (64, 20), (79, 23), (80, 24), (95, 29), (100, 17), (119, 35), (131, 41), (200, 50),
    ]

  @Test("No size, run, layer or look makes it fail", arguments: SampleSnapshots.all.map(\.name))
  func survives(name: String) {
    let snapshot = StageScreens.sample(name)
    for (index, size) in Self.sizes.enumerated() {
      let look = StageScreens.looks[index % StageScreens.looks.count]
      let layer = MazeLayer.allCases[index % MazeLayer.allCases.count]
      let canvas = StageScreens.frame(
        snapshot, columns: size.0, rows: size.1, look: look
      ) {
        $0.layer = layer
        $0.workerScroll = index * 3 - 5
        $0.isZoomed = index % 5 == 0
        $0.stagePane = PaneID.ofStage[index % 6]
      }
      #expect(canvas.size == Size(columns: size.0, rows: size.1))
    }
  }

  @Test("Nothing is drawn outside the rectangle", arguments: SampleSnapshots.all.map(\.name))
  func staysInside(name: String) {
    let snapshot = StageScreens.sample(name)
    let sentinel = Cell("~", Style(attributes: .underline))
    for (width, height) in Self.sizes where width <= 140 {
      var canvas = Canvas(
        size: Size(columns: width + 10, rows: height + 6), background: Style())
      canvas.fill(canvas.bounds, sentinel.scalar, style: sentinel.style)
      let rect = Rect(x: 4, y: 3, width: width, height: height)
      var state = InterfaceState(columns: width, rows: height)
      state.layer = .visits
      StageView(snapshot: snapshot, state: state).draw(in: rect, on: &canvas, look: Look())
      HeaderLine(snapshot: snapshot).draw(
        in: Rect(x: 4, y: 1, width: width, height: 1), on: &canvas, look: Look())
      for y in 0..<canvas.size.rows where y != 1 {
        for x in 0..<canvas.size.columns where !rect.contains(x: x, y: y) {
          if canvas[x, y] != sentinel {
            Issue.record("\(name) \(width)x\(height) at \(x),\(y)")
          }
        }
      }
      #expect(canvas[3, 1] == sentinel)
      #expect(canvas[4 + width, 1] == sentinel)
    }
  }

  @Test("Frames of panes are never written over", arguments: [(80, 24), (120, 36), (200, 50)])
  func framesStayWhole(columns: Int, rows: Int) {
    for (name, snapshot) in SampleSnapshots.all {
      let canvas = StageScreens.frame(snapshot, columns: columns, rows: rows)
      let corners = ["╭", "╮", "╰", "╯"].map { Character($0) }
      let text = canvas.plainText.joined()
      let counts = corners.map { corner in text.filter { $0 == corner }.count }
      #expect(Set(counts) == [6], "\(name): \(counts)")
      for y in 1..<(rows - 1) {
        #expect("╭│╰".unicodeScalars.contains(canvas[0, y].scalar), "\(name) row \(y)")
        #expect("╮│╯".unicodeScalars.contains(canvas[columns - 1, y].scalar), "\(name) row \(y)")
      }
    }
  }

  @Test("The ASCII look is ASCII", arguments: SampleSnapshots.all.map(\.name))
  func isASCII(name: String) {
    let snapshot = StageScreens.sample(name)
    for (index, size) in [(40, 12), (57, 18), (80, 24), (120, 36), (131, 41)].enumerated() {
      for layer in MazeLayer.allCases where index > 2 || layer == .policy {
        let canvas = StageScreens.frame(
          snapshot, columns: size.0, rows: size.1, look: StageScreens.ascii
        ) { $0.layer = layer }
        let strangers = Set(canvas.cells.lazy.map(\.scalar).filter { !$0.isASCII })
        #expect(strangers.isEmpty, "\(name) \(size): \(strangers)")
      }
    }
  }

  @Test("The same input gives the same frame")
  func isPure() {
    let snapshot = SampleSnapshots.maze()
    let first = StageScreens.frame(snapshot, columns: 120, rows: 36) { $0.layer = .exact }
    let second = StageScreens.frame(snapshot, columns: 120, rows: 36) { $0.layer = .exact }
    #expect(first == second)
  }

  @Test("Figures say how many updates ago they were worked out", arguments: [0, 1, 2, 1_234])
  func age(updates: Int) throws {
    var snapshot = SampleSnapshots.maze()
    snapshot.counters.updates = try #require(snapshot.biasVariance).update + updates
    let text = StageScreens.frame(snapshot, columns: 200, rows: 50).plainText.joined()
    let words = [0: "0 updates", 1: "1 update", 2: "2 updates"][updates] ?? "1 234 updates"
    #expect(text.contains("· \(words) old"))
  }

  @Test("Numbers keep their columns while they change")
  func numbersStandStill() {
    var snapshot = SampleSnapshots.cartPole()
    let before = StageScreens.frame(snapshot, columns: 120, rows: 36).plainText
    snapshot.stage.observation = [-1.93, 12.4, -0.2, -3.01]
    snapshot.stage.value = 7.25
    snapshot.stage.advantage = -11.2
    snapshot.stage.reward = -1
    snapshot.stage.entropy = 0.02
    snapshot.stage.episodeReturn = 487
    snapshot.stage.probabilities = [0.004, 0.996]
    snapshot.counters.stepsPerSecond = 948
    snapshot.counters.seconds = 29
    for index in snapshot.workers.indices {
      snapshot.workers[index].episodeReturn = 7
      snapshot.workers[index].staleness = 113
      snapshot.workers[index].gradientNorm = 41.7
    }
    let after = StageScreens.frame(snapshot, columns: 120, rows: 36).plainText
    for mark in ["ẋ", "rad/s", "steps/s", "nat", "return", "right", " A ", "returns", "|∇|"] {
      for (old, new) in zip(before, after) {
        #expect(column(of: mark, in: old) == column(of: mark, in: new), "\(mark)")
      }
    }
  }

  private func column(of mark: String, in line: String) -> Int? {
    line.firstRange(of: mark).map {
      line.unicodeScalars.distance(from: line.startIndex, to: $0.lowerBound)
    }
  }
}

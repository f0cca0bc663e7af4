import CellCanvas
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("What holds for view 5")
struct AnatomyTests {
  private static let looks: [Look] = [
    Look(), Look(theme: .light, colors: .ansi16), Look(theme: .mono, colors: .none),
    AnatomyScreens.ascii,
  ]

  private static let sizes: [(Int, Int)] =
    (0...24).flatMap { w in (0...14).map { (w, $0) } }
    + stride(from: 25, through: 200, by: 7).flatMap { w in
      stride(from: 0, through: 60, by: 4).map { (w, $0) }
    } + [(80, 22), (120, 34), (200, 48)]

  @Test("No size, sample or look makes it fail, and nothing is drawn outside the rectangle")
  func survives() {
    let sentinel = Cell("~", Style(attributes: .underline))
    for (index, (width, height)) in Self.sizes.enumerated() {
      for turn in 0..<3 {
        let sample = SampleAnatomy.all[(index + turn * 3) % SampleAnatomy.all.count]
        var canvas = Canvas(size: Size(columns: width + 4, rows: height + 4), background: Style())
        canvas.fill(canvas.bounds, sentinel.scalar, style: sentinel.style)
        let rect = Rect(x: 2, y: 2, width: width, height: height)
        let state = AnatomyScreens.state(columns: width, rows: height) {
          $0.anatomyPhase = index % 3 == 0 ? index % 9 : nil
        }
        AnatomyView(
          snapshot: AnatomyScreens.snapshot(
            sample.report, status: index % 2 == 0 ? .paused : .running), state: state
        ).draw(in: rect, on: &canvas, look: Self.looks[(index + turn) % Self.looks.count])
        for y in 0..<canvas.size.rows {
          for x in 0..<canvas.size.columns
          where !rect.contains(x: x, y: y) && canvas[x, y] != sentinel {
            Issue.record("\(sample.name) \(width)x\(height) at \(x),\(y)")
            return
          }
        }
      }
    }
  }

  @Test("The ASCII look is ASCII, with every sign of a formula spelt")
  func isASCII() {
    for sample in SampleAnatomy.all {
      for (columns, rows) in [(40, 12), (60, 20), (80, 24), (120, 36), (200, 50)] {
        for phase in sample.report.phases.indices {
          let canvas = AnatomyScreens.screen(
            sample.report, columns: columns, rows: rows, look: AnatomyScreens.ascii
          ) { $0.anatomyPhase = phase }
          let strangers = Set(canvas.cells.lazy.map(\.scalar).filter { !$0.isASCII })
          #expect(strangers.isEmpty, "\(sample.name) \(columns)x\(rows): \(strangers)")
          let body = canvas.plainText.dropLast().joined()
          #expect(!body.contains("?"), "\(sample.name) \(columns)x\(rows)")
        }
      }
    }
  }

  @Test("At 80x24 name, formula, numbers, outputs and the whole reason of every phase are there")
  func isComplete() {
    for sample in SampleAnatomy.all.prefix(5) {
      for (index, phase) in sample.report.phases.enumerated() {
        let lines = AnatomyScreens.screen(sample.report, columns: 80, rows: 24) {
          $0.anatomyPhase = index
        }.plainText
        let text = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
          .replacing(" │ │ ", with: " ")
        #expect(text.contains("\(index + 1) \(phase.name)"))
        #expect(text.contains(phase.formula.split(separator: " ").joined(separator: " ")))
        for output in phase.outputs { #expect(text.contains(output.meaning), "\(phase.name)") }
        let end = phase.reason.split(separator: " ").suffix(3).joined(separator: " ")
        #expect(text.contains(end), "\(sample.name) \(phase.name): \(end)")
      }
    }
  }

  @Test("The footer alone says how to go on: phase, update, go on")
  func keysAreSaid() {
    for status in [RunStatus.paused, .running] {
      let footer =
        AnatomyScreens.screen(
          SampleAnatomy.all[0].report, columns: 80, rows: 24, status: status
        ).plainText.last ?? ""
      #expect(footer.contains("s next phase"))
      #expect(footer.contains("u next update"))
      #expect(footer.contains(status == .paused ? "space go on" : "space pause"))
      #expect(footer.contains("? help"))
      #expect(!footer.contains("s step"))
    }
  }

  @Test("s asks for one phase and pauses first; elsewhere it goes by the grain")
  func stepsByPhase() {
    let snapshot = AnatomyScreens.snapshot(SampleAnatomy.all[0].report, status: .running)
    var state = AnatomyScreens.state(columns: 80, rows: 24) { $0.anatomyPhase = 1 }
    func press(_ key: Key) -> [Effect] {
      update(
        &state, event: .key(key), snapshot: snapshot,
        catalogue: Catalogue(environments: [], agents: [], presets: []))
    }
    let effects = press(.character("s"))
    #expect(effects.contains(.engine(.setPaused(true))))
    #expect(effects.contains(.engine(.step(.phase))))
    #expect(state.anatomyPhase == nil)
    #expect(press(.character("u")).contains(.engine(.step(.update))))
    state.view = .stage
    #expect(press(.character("s")).contains(.engine(.step(.step))))
  }

  @Test("Left and right take the phase before and after apart, round and round")
  func looksAtPhases() {
    let snapshot = AnatomyScreens.snapshot(SampleAnatomy.all[1].report)
    var state = AnatomyScreens.state(columns: 80, rows: 24)
    func press(_ key: Key) {
      _ = update(
        &state, event: .key(key), snapshot: snapshot,
        catalogue: Catalogue(environments: [], agents: [], presets: []))
    }
    press(.right)
    #expect(state.anatomyPhase == 3)
    press(.right)
    press(.right)
    #expect(state.anatomyPhase == 0)
    press(.left)
    #expect(state.anatomyPhase == 4)
    let view = AnatomyView(snapshot: snapshot, state: state)
    #expect(view.phase(x: 3, y: 3, in: Rect(x: 0, y: 1, width: 80, height: 22)) == 0)
  }

  @Test("The phase carried out last is lit, the next one marked; in a run that goes on, neither")
  func lightsPhases() {
    let report = SampleAnatomy.a3c(place: 1, steps: 5, targets: 0)
    let paused = AnatomyScreens.screen(report, columns: 80, rows: 24).plainText
    #expect(paused[1].contains("▶2 act"))
    #expect(paused[5].contains("╰ next ─"))
    #expect(paused.joined().contains("next: targets"))
    let running = AnatomyScreens.screen(report, columns: 80, rows: 24, status: .running).plainText
    #expect(!running[1].contains("▶2"))
    #expect(!running[5].contains("next"))
    #expect(running.joined().contains("space pauses to step"))
  }

  @Test("Theta's line names who pushed, and of a crowd the latest")
  func namesPushes() {
    let text = AnatomyScreens.screen(
      SampleAnatomy.a3c(place: 4, steps: 5, targets: 5), columns: 120, rows: 36
    ).plainText.joined(separator: "\n")
    #expect(text.contains("θ' v48 213 ─w0─w4─w7─w3─▶ θ v48 217  3 updates by others"))
    let crowd = AnatomyScreens.screen(SampleAnatomy.crowd, columns: 80, rows: 24)
      .plainText.joined(separator: "\n")
    #expect(crowd.contains("─…─w"))
    #expect(crowd.contains("v1 203 846"))
    #expect(crowd.contains("999 by others"))
  }

  @Test("The numbers of the samples compute to what they show, as the real ones must")
  func samplesAreRight() {
    var lines = 0
    for sample in SampleAnatomy.all where sample.name != "nan" {
      for line in sample.report.phases.flatMap(\.numbers) {
        guard let arithmetic = AnatomyArithmetic(line) else { continue }
        #expect(abs(arithmetic.computed - arithmetic.shown) < 1e-9)
        lines += 1
      }
    }
    #expect(lines >= 15)
    #expect(AnatomyArithmetic(.line("k = min(1, \(0.5) / \(2.0)) = \(0.3)"))?.computed == 0.25)
    #expect(AnatomyArithmetic(.line("y = \(1.0) + \(0.5)·(\(-3.0)) = \(0.0)"))?.computed == -0.5)
    #expect(AnatomyArithmetic(.line("θ ← θ \(version: 3)")) == nil)
  }

  @Test("A long rollout shows the cell in work and how its world ended")
  func longRollout() {
    var report = SampleAnatomy.long
    let text = AnatomyScreens.screen(report, columns: 80, rows: 24).plainText
    #expect(text.contains { $0.contains(" 100 ") && $0.contains("101") })
    for t in 0..<199 { report.cells[t].target = nil }
    let end = AnatomyScreens.screen(report, columns: 80, rows: 24).plainText
    #expect(end.contains { $0.contains("end 199") })
  }
}

import CellCanvas
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("A policy over a real number on the screen")
struct GaussianViewTests {
  private static let torque = ContinuousAction(symbol: "u", unit: "N m", low: -2, high: 2)

  private static func view(
    _ mean: Double, _ deviation: Double, taken: Double? = nil
  ) -> GaussianView {
    GaussianView(
      policy: GaussianPolicy(mean: mean, deviation: deviation), action: torque, taken: taken)
  }

  private static func text(_ view: GaussianView, _ width: Int, _ height: Int) -> String {
    var canvas = Canvas(size: Size(columns: width, rows: height), background: Style())
    view.draw(
      in: Rect(x: 0, y: 0, width: width, height: height), on: &canvas, look: StageScreens.looks[0])
    return canvas.plainText.joined(separator: "\n")
  }

  @Test("The shares of what is done sum to 1, those beyond the bounds at the bounds")
  func shares() {
    for (mean, deviation) in [(0.0, 1.0), (1.7, 0.2), (-30, 2.7), (0, 0.007), (9, 0.007)] {
      for count in [1, 2, 9, 40] {
        let shares = Self.view(mean, deviation).shares(count)
        #expect(shares.count == count && shares.allSatisfy { $0 >= 0 })
        #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
      }
    }
    #expect(Self.view(30, 1).shares(8).last == 1)
    let symmetric = Self.view(0, 1.3).shares(9)
    for index in 0..<9 { #expect(abs(symmetric[index] - symmetric[8 - index]) < 1e-12) }
  }

  @Test("A share is the density over its width, where that hardly changes")
  func density() {
    let view = Self.view(0.3, 0.8)
    let shares = view.shares(400)
    for place in stride(from: 1, to: 399, by: 37) {
      let action = -2 + (Double(place) + 0.5) * 0.01
      #expect(abs(shares[place] / 0.01 - view.policy.density(at: action)) < 1e-4)
    }
  }

  @Test("The actions lie from bound to bound; one beyond lies at the bound")
  func places() {
    let view = Self.view(0, 1)
    #expect(view.place(of: -2, 40) == 0 && view.place(of: 2, 40) == 39)
    #expect(view.place(of: 7, 40) == 39 && view.place(of: -7, 40) == 0)
    #expect(view.place(of: 0.01, 40) == 20 && view.place(of: .nan, 40) == nil)
  }

  @Test("Mean, deviation and action are written; the range below where there are rows")
  func numbers() {
    let view = Self.view(0.5, 0.25, taken: -1.25)
    let one = Self.text(view, 60, 1)
    for part in ["μ  +0.50", "σ  0.25", "u  -1.25", "N m"] { #expect(one.contains(part)) }
    let three = Self.text(view, 60, 3).split(separator: "\n")
    #expect(three.count == 3)
    #expect(three[2].contains("-2") && three[2].contains("μ") && three[2].contains("↑"))
  }

  @Test("Any room and any numbers are drawn without a trap")
  func anyRoom() {
    let strange: [(Double, Double)] = [
      (.nan, 1), (0, .nan), (.infinity, 1), (0, .infinity), (1e300, 1e-300),
    ]
    for (mean, deviation) in strange + [(0, 1)] {
      for width in 0...70 {
        for height in 0...4 {
          _ = Self.text(Self.view(mean, deviation, taken: mean), width, height)
        }
      }
    }
  }

  @Test("A recorded step's part is that of the density")
  func stepPart() {
    let code = Int(Int32(bitPattern: Float(-0.75).bitPattern))
    let step = StepPartTests.step(logits: [0.25, 0], action: code, value: 1, target: 3)
    let part = StepPart(step, isContinuous: true)
    let half = 0.918_938_533_204_672_7
    #expect(abs(part.logProbability - (-0.5 - half)) < 1e-12)
    #expect(abs(part.entropy - (0.5 + half)) < 1e-12)
    #expect(abs(part.policyLoss - 2 * (0.5 + half)) < 1e-12)
    #expect(part.probabilities.isEmpty)
  }
}

import CellCanvas
import Foundation
import Testing

@Suite("Numbers as text")
struct NumberFormatTests {
  @Test("fixed decimals agree with printf")
  func fixedAgreesWithPrintf() {
    var generator = SystemIndependentGenerator(seed: 7)
    for _ in 0..<4000 {
      let exponent = Double.random(in: -7...9, using: &generator)
      let sign = Bool.random(using: &generator) ? 1.0 : -1.0
      let value = sign * pow(10, exponent)
      for decimals in 0...5 {
        let printed = String(format: "%.\(decimals)f", value)
        let expected =
          printed.allSatisfy { "-0.".contains($0) } ? String(printed.drop { $0 == "-" }) : printed
        #expect(NumberFormat.fixed(value, decimals: decimals) == expected)
      }
    }
  }

  @Test(
    "ties and near ties are rounded like printf",
    arguments: [0.5, 1.5, 2.5, 0.125, 0.375, 1.005, 2.675, 1.115, 8.345, 0.045, 1e14 + 0.5, 0.285])
  func ties(value: Double) {
    for decimals in 0...3 where value * pow(10, Double(decimals)) < 1e15 {
      #expect(
        NumberFormat.fixed(value, decimals: decimals) == String(format: "%.\(decimals)f", value))
    }
  }

  @Test("what is not a number is a dash, what is endless a lying eight")
  func notANumber() {
    #expect(NumberFormat.fixed(.nan, decimals: 2) == "–")
    #expect(NumberFormat.fixed(-.infinity, decimals: 2) == "-∞")
    #expect(NumberFormat.unit(.nan, width: 4) == "   –")
    #expect(NumberFormat.compact(.nan, width: 6) == "     –")
    #expect(NumberFormat.percent(.nan) == "   –")
    #expect(NumberFormat.clock(.nan) == "–:––")
    #expect(NumberFormat.setting(.nan) == "–")
    #expect(NumberFormat.tick(.nan, step: 1) == "–")
  }

  @Test("numbers below 1 go without their zero")
  func unit() {
    #expect(NumberFormat.unit(0.61, width: 4) == " .61")
    #expect(NumberFormat.unit(-0.83) == "-.83")
    #expect(NumberFormat.unit(0.83, sign: .always) == "+.83")
    #expect(NumberFormat.unit(0, sign: .always) == "+.00")
    #expect(NumberFormat.unit(0.999) == "1.00")
    #expect(NumberFormat.unit(-0.001) == ".00")
    #expect(NumberFormat.unit(12.345, width: 4) == "12.3")
  }

  @Test("counts have three figures and a prefix")
  func compact() {
    #expect(NumberFormat.compact(0) == "0")
    #expect(NumberFormat.compact(950) == "950")
    #expect(NumberFormat.compact(2400) == "2.40 k")
    #expect(NumberFormat.compact(1_310_000) == "1.31 M")
    #expect(NumberFormat.compact(999_600) == "1.00 M")
    #expect(NumberFormat.compact(999_400) == "999 k")
    #expect(NumberFormat.compact(-48_213) == "-48.2 k")
    #expect(NumberFormat.compact(12.5) == "12.5")
    #expect(NumberFormat.compact(2400, width: 5) == "2.40k")
    #expect(NumberFormat.compact(3e20) == "3e20")
  }

  @Test("a column of any numbers keeps its width")
  func constantWidth() {
    var generator = SystemIndependentGenerator(seed: 3)
    for _ in 0..<3000 {
      let value =
        pow(10, Double.random(in: -9...14, using: &generator))
        * (Bool.random(using: &generator) ? 1 : -1)
      #expect(NumberFormat.fixed(value, decimals: 2, width: 6).columnCount == 6)
      #expect(NumberFormat.unit(value, width: 5).columnCount == 5)
      #expect(NumberFormat.compact(value, width: 7).columnCount == 7)
    }
    for value in [Double.greatestFiniteMagnitude, .leastNonzeroMagnitude, -.infinity, .nan] {
      #expect(NumberFormat.fixed(value, decimals: 2, width: 6).columnCount == 6)
      #expect(NumberFormat.compact(value, width: 7).columnCount == 7)
      _ =
        NumberFormat.setting(value) + NumberFormat.tick(value, step: 0.1)
        + NumberFormat.clock(value) + NumberFormat.unit(value) + NumberFormat.percent(value)
    }
  }

  @Test("ticks are as short as their step allows")
  func ticks() {
    #expect([0, 5e4, 1e5].map { NumberFormat.tick($0, step: 5e4) } == ["0", "50 k", "100 k"])
    #expect(
      [0, 5e5, 1e6, 1.5e6].map { NumberFormat.tick($0, step: 5e5) } == [
        "0", "500 k", "1 M", "1.5 M",
      ])
    #expect([0, 0.2, 0.4].map { NumberFormat.tick($0, step: 0.2) } == ["0.0", "0.2", "0.4"])
    #expect([-100, 0, 100].map { NumberFormat.tick($0, step: 100) } == ["-100", "0", "100"])
    #expect(NumberFormat.tick(5e-4, step: 1e-4) == "5e-4")
    #expect(NumberFormat.tick(0.25, step: 0.05) == "0.25")
  }

  @Test("settings are short and exact")
  func settings() {
    let numbers = [0.95, 7e-4, 1, 0.99, 0.01, 0, 2.5, -0.04, 475, 1e-8, 123_456, 0.125]
    let texts = [
      ".95", "7e-4", "1", ".99", ".01", "0", "2.5", "-.04", "475", "1e-8", "123456", ".125",
    ]
    #expect(numbers.map(NumberFormat.setting) == texts)
    #expect(NumberFormat.setting(Double(Float(0.95))) == ".95")
  }

  @Test("thousands stand apart, time has two figures")
  func groupsAndTime() {
    #expect(NumberFormat.grouped(48_213) == "48 213")
    #expect(NumberFormat.grouped(1_000_007, width: 10) == " 1 000 007")
    #expect(NumberFormat.grouped(-999) == "-999")
    #expect(NumberFormat.grouped(Int.min) == "-9 223 372 036 854 775 808")
    #expect(NumberFormat.clock(12.9) == "0:12")
    #expect(NumberFormat.clock(3723) == "1:02:03")
    #expect(NumberFormat.percent(0.38) == " 38%")
    #expect(NumberFormat.percent(1) == "100%")
  }
}

/// A small generator of the same numbers everywhere (Steele, Lea and Flood 2014, "SplitMix").
struct SystemIndependentGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

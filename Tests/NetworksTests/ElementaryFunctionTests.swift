import Foundation
import Testing

@testable import Networks

@Suite("Elementary functions in single precision")
struct ElementaryFunctionTests {
  @Test("exp is within 2e-7 of the true one, relatively, and 0 far below")
  func exponential() {
    for step in -87_000...88_000 where step % 7 == 0 {
      let x = Float(step) / 1000
      let expected = Foundation.exp(Double(x))
      #expect(abs(Double(ElementaryFunctions.exp(x)) - expected) <= 2e-7 * expected)
    }
    #expect(ElementaryFunctions.exp(0) == 1)
    #expect(ElementaryFunctions.exp(-1e4) == 0)
    #expect(ElementaryFunctions.exp(-.infinity) == 0)
    #expect(ElementaryFunctions.exp(1e4) == .infinity)
    #expect(ElementaryFunctions.exp(.nan).isNaN)
    #expect(ElementaryFunctions.exp(Float(nan: 77, signaling: false)).isNaN)
  }

  @Test("log is within 2e-7 of the true one")
  func logarithm() {
    var x: Float = 1e-30
    while x < 1e30 {
      let expected = Foundation.log(Double(x))
      #expect(
        abs(Double(ElementaryFunctions.log(x)) - expected) <= 2e-7 * max(0.1, abs(expected)))
      x *= 1.013
    }
    #expect(ElementaryFunctions.log(1) == 0)
    #expect(ElementaryFunctions.log(.nan).isNaN)
    #expect(ElementaryFunctions.log(.infinity) == .infinity)
  }
}

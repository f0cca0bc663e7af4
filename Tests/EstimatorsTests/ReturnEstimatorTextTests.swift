internal import Estimators
internal import Testing

@Suite("The text forms of return estimators")
struct ReturnEstimatorTextTests {
  @Test(
    "a written estimator reads back as the same text",
    arguments: [
      "mc", "td", "nstep:1", "nstep:5", "nstep:inf", "lambda:0", "lambda:0.95", "lambda:1",
    ])
  func roundTrip(text: String) throws {
    #expect(try ReturnEstimator(parsing: text).description == text)
  }

  @Test("screens name an estimator with its parameter")
  func labels() {
    #expect(ReturnEstimator.nStep(5).label == "n-step n 5")
    #expect(ReturnEstimator.nStep(ReturnEstimator.unlimitedSteps).label == "n-step n ∞")
    #expect(ReturnEstimator.lambda(0.95).label == "λ-return λ .95")
    #expect(ReturnEstimator.lambda(1).label == "λ-return λ 1")
    #expect(ReturnEstimator.lambda(0).label == "λ-return λ 0")
    #expect(ReturnEstimator.td.label == "TD(0)")
    #expect(ReturnEstimator.monteCarlo.label == "Monte-Carlo")
  }

  @Test(
    "a faulty n is told what is accepted",
    arguments: [
      "nstep", "nstep:", "nstep:0", "nstep:-1", "nstep:+5", "nstep:2.5", "nstep:five", "nstep:5:6",
      "nstep:99999999999999999999", "nstep: 5",
    ])
  func faultySteps(text: String) {
    let error = #expect(throws: ReturnEstimatorError.self) { try ReturnEstimator(parsing: text) }
    #expect(error?.found == text)
    #expect(
      error?.description == "'\(text)': the n of nstep:N must be a whole number >= 1, or inf")
  }

  @Test(
    "a faulty lambda is told what is accepted",
    arguments: ["lambda", "lambda:", "lambda:1.5", "lambda:-0.1", "lambda:nan", "lambda:inf"])
  func faultyLambda(text: String) {
    let error = #expect(throws: ReturnEstimatorError.self) { try ReturnEstimator(parsing: text) }
    #expect(
      error?.description == "'\(text)': the lambda of lambda:L must be a number from 0 to 1")
  }

  @Test(
    "an unknown word is told the four forms",
    arguments: ["", "MC", "gae", "gae:0.95", "mc:1", "td:", "n:5", ":"])
  func unknown(text: String) {
    let error = #expect(throws: ReturnEstimatorError.self) { try ReturnEstimator(parsing: text) }
    #expect(
      error?.description
        == "'\(text)': no such estimator; accepted are mc, td, nstep:N and lambda:L")
  }
}

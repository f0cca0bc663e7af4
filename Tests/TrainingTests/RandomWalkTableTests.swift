import Testing

@testable import Training

@Suite("The random walk's table")
struct RandomWalkTableTests {
  private func table(_ adjust: (inout RandomWalkPlan) -> Void) throws -> RandomWalkTable {
    var plan = RandomWalkPlan(runs: 40, seed: 2)
    plan.steps = [1, 4]
    plan.lambdas = [0.8]
    adjust(&plan)
    return try RandomWalkMeasurement(plan, threads: 2).run { _ in }
  }

  @Test("A cell that diverged has no number, and is never the best one")
  func divergence() throws {
    let table = try table { $0.alphas = [0.4, 5] }
    for row in table.nStepTD + table.lambdaReturn {
      #expect(row.errors[0] != nil && row.standardErrors[0] != nil)
      #expect(row.errors[1] == nil && row.standardErrors[1] == nil)
    }
    #expect(table.best(of: table.nStepTD)?.alpha == 0.4)
    let diverged = try self.table { $0.alphas = [5] }
    #expect(diverged.best(of: diverged.nStepTD) == nil)
  }

  @Test("A cell does not depend on which others are measured beside it")
  func cells() throws {
    let wide = try table { $0.alphas = [0.1, 0.4, 5] }
    let narrow = try table {
      $0.alphas = [0.4]
      $0.steps = [4]
    }
    #expect(narrow.nStepTD[0].errors[0] == wide.nStepTD[1].errors[1])
    #expect(narrow.lambdaReturn[0].errors[0] == wide.lambdaReturn[0].errors[1])
    #expect(narrow.best(of: narrow.nStepTD)?.setting == 4)
  }

  @Test("Runs are the same on any number of threads, and progress ends at all of them")
  func threads() throws {
    var plan = RandomWalkPlan(runs: 70, seed: 9)
    plan.alphas = [0.3]
    var shares: [Double] = []
    let one = try RandomWalkMeasurement(plan, threads: 1).run { shares.append($0) }
    #expect(shares == shares.sorted() && shares.last == 1)
    for threads in [2, 5, 100] {
      let other = try RandomWalkMeasurement(plan, threads: threads).run { _ in }
      #expect(other == one)
    }
  }
}

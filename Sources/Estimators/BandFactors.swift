/// I - F for a banded matrix F of probabilities, taken apart into (D - S)(I - U): pivots D, S strictly
/// below the diagonal, U strictly above it. Nothing is ever subtracted (see `TransitionMatrix`).
struct BandFactors {
  private let count: Int
  private let band: Int
  /// Entry (p, q) stands at p * width + q - p + band: at first F, then S below and U above.
  private var entries: [Double]
  private var pivots: [Double]

  private var width: Int { 2 * band + 1 }

  /// A matrix of zeros.
  init(count: Int, band: Int) {
    self.count = count
    self.band = band
    entries = [Double](repeating: 0, count: count * (2 * band + 1))
    pivots = [Double](repeating: 0, count: count)
  }

  mutating func add(_ probability: Double, row: Int, column: Int) {
    entries[row * width + column - row + band] += probability
  }

  /// Takes F apart; `leaving` is what each row lacks to 1.
  mutating func eliminate(leaving: inout [Double]) {
    let (count, band, width) = (count, band, width)
    entries.withUnsafeMutableBufferPointer { a in
      leaving.withUnsafeMutableBufferPointer { exit in
        pivots.withUnsafeMutableBufferPointer { pivots in
          for p in 0..<count {
            let last = min(p + band, count - 1)
            let row = p * width - p + band
            var pivot = exit[p]
            var reach = p
            for q in p + 1..<last + 1 where a[row + q] != 0 {
              pivot += a[row + q]
              reach = q
            }
            pivots[p] = pivot
            exit[p] /= pivot
            for q in p + 1..<reach + 1 { a[row + q] /= pivot }
            for s in p + 1..<last + 1 {
              let other = s * width - s + band
              let share = a[other + p]
              if share == 0 { continue }
              exit[s] += share * exit[p]
              for q in p + 1..<reach + 1 { a[other + q] += share * a[row + q] }
            }
          }
        }
      }
    }
  }

  /// Solves x = b + F x; b becomes x.
  func solve(_ right: inout [Double]) {
    right.withUnsafeMutableBufferPointer { b in
      entries.withUnsafeBufferPointer { a in
        for p in 0..<count {
          b[p] /= pivots[p]
          for s in p + 1..<min(p + band, count - 1) + 1 {
            b[s] += a[s * width + p - s + band] * b[p]
          }
        }
        for p in stride(from: count - 1, through: 0, by: -1) {
          var value = b[p]
          for q in p + 1..<min(p + band, count - 1) + 1 {
            value += a[p * width + q - p + band] * b[q]
          }
          b[p] = value
        }
      }
    }
  }

  /// Solves y = b + Fᵀ y; b becomes y.
  func solveTransposed(_ right: inout [Double]) {
    right.withUnsafeMutableBufferPointer { b in
      entries.withUnsafeBufferPointer { a in
        for p in 0..<count {
          for q in p + 1..<min(p + band, count - 1) + 1 {
            b[q] += a[p * width + q - p + band] * b[p]
          }
        }
        for p in stride(from: count - 1, through: 0, by: -1) {
          var value = b[p]
          for s in p + 1..<min(p + band, count - 1) + 1 {
            value += a[s * width + p - s + band] * b[s]
          }
          b[p] = value / pivots[p]
        }
      }
    }
  }
}

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

extension RandomStream {
  /// A number drawn from the normal distribution with mean 0 and standard deviation 1, by
  /// Marsaglia's polar method ("A convenient method for generating normal variables", 1964). Its
  /// second number is thrown away, so that a stream has no memory but its state.
  public mutating func normal() -> Double {
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      if square > 0 && square < 1 { return x * (-2 * log(square) / square).squareRoot() }
    }
  }
}

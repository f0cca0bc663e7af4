/// A name for the exact bits of a vector of parameters: FNV-1a over the bytes of the floats, lowest
/// byte first, as 16 hexadecimal digits.
public func parametersHash(_ parameters: UnsafePointer<Float>, count: Int) -> String {
  var hash = FNV1a()
  for index in 0..<count {
    let bits = parameters[index].bitPattern
    for shift in stride(from: 0, to: 32, by: 8) {
      hash.combine(UInt8(truncatingIfNeeded: bits >> UInt32(shift)))
    }
  }
  return hash.hexadecimal
}

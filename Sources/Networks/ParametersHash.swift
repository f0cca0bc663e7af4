/// A name for the exact bits of a vector of parameters: 64-bit FNV-1a (Fowler, Noll and Vo) over
/// the bytes of the floats, lowest byte first, as 16 hexadecimal digits.
public func parametersHash(_ parameters: UnsafePointer<Float>, count: Int) -> String {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for index in 0..<count {
    let bits = parameters[index].bitPattern
    for shift in stride(from: 0, to: 32, by: 8) {
      hash ^= UInt64(bits >> UInt32(shift) & 0xFF)
      hash &*= 0x0000_0100_0000_01B3
    }
  }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

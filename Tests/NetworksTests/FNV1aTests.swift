import Networks
import Testing

@Suite("The FNV-1a hash")
struct FNV1aTests {
  @Test(
    "Published values of the 64-bit variant",
    arguments: [
      ("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8"),
    ])
  func published(text: String, expected: String) {
    var hash = FNV1a()
    hash.combine(text.utf8)
    #expect(hash.hexadecimal == expected)
  }

  @Test("The hash of parameters is that of their bytes, lowest first, with all its digits")
  func parameters() {
    let parameters: [Float] = [1, -0.0, .pi]
    var hash = FNV1a()
    for number in parameters {
      withUnsafeBytes(of: number.bitPattern.littleEndian) { hash.combine($0) }
    }
    #expect(parametersHash(parameters, count: 3) == hash.hexadecimal)
    #expect(hash.hexadecimal.count == 16)
  }
}

internal import Foundation
internal import Networks
internal import Randomness

@testable import footlights

/// An episode file that somebody or something changes.
struct EpisodeDamage {
  var lines: [String]

  init(_ text: String) { lines = text.split(separator: "\n").map(String.init) }

  /// The file with a hash that fits, so that what is changed is found by itself.
  var mended: String {
    var lines = lines
    guard let place = lines.lastIndex(where: { $0.hasPrefix("{\"end\"") }) else { return text }
    var hash = FNV1a()
    hash.combine(lines[..<place].map { $0 + "\n" }.joined().utf8)
    let digits = lines[place].range(of: "\"hash\":\"")
    if let digits {
      lines[place] = lines[place][..<digits.upperBound] + hash.hexadecimal + "\"}}"
    }
    return lines.map { $0 + "\n" }.joined()
  }

  var text: String { lines.map { $0 + "\n" }.joined() }

  /// The first line of a kind, counted from `number` on.
  func line(_ kind: String, _ number: Int = 0) -> Int {
    lines.indices.filter { lines[$0].hasPrefix("{\"\(kind)\"") }[number]
  }

  /// Replaces the value of a field in a line: a number, a word, a text or a flat list.
  mutating func set(_ key: String, in line: Int, to value: String) {
    let text = lines[line]
    guard let start = text.range(of: "\"\(key)\":")?.upperBound else { return }
    let rest = text[start...]
    let end: String.Index
    switch rest.first {
    case "[": end = rest.firstIndex(of: "]").map(rest.index(after:)) ?? rest.endIndex
    case "\"":
      let inner = rest.dropFirst()
      end = inner.firstIndex(of: "\"").map(rest.index(after:)) ?? rest.endIndex
    default: end = rest.firstIndex { ",}".contains($0) } ?? rest.endIndex
    }
    lines[line] = text[..<start] + value + rest[end...]
  }

  /// A change at random: of a byte, a number, a line, or the length.
  static func mutation(of text: [UInt8], _ random: inout RandomStream) -> [UInt8] {
    var bytes = text
    let place = random.below(bytes.count)
    switch random.below(8) {
    case 0: bytes[place] = UInt8(random.below(256))
    case 1: bytes[place] ^= 1 << UInt8(random.below(8))
    case 2: bytes.removeSubrange(place..<min(place + 1 + random.below(40), bytes.count))
    case 3: bytes.insert(contentsOf: bytes[place..<min(place + 60, bytes.count)], at: place)
    case 4: bytes.removeSubrange(place...)
    case 5: bytes.swapAt(place, random.below(bytes.count))
    case 6:
      var damage = EpisodeDamage(String(decoding: bytes, as: UTF8.self))
      let line = random.below(damage.lines.count)
      if random.below(2) == 0 {
        damage.lines.remove(at: line)
      } else {
        damage.lines.swapAt(line, 0)
      }
      bytes = Array(damage.text.utf8)
    default:
      // A number in the place of another.
      let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
      let start = digits[random.below(digits.count)]
      let end = bytes[start...].firstIndex { !"0123456789.e+-".utf8.contains($0) } ?? bytes.count
      bytes.replaceSubrange(start..<end, with: extremes[random.below(extremes.count)].utf8)
    }
    return bytes
  }

  private static let extremes = [
    "0", "1", "-1", "2", "0.5", "1e300", "-1e300", "1e-300", "9007199254740993", "null", "NaN",
    "18446744073709551616", "-0.0", "\"inf\"", "[]", "1e99999", "3.4e38",
  ]
}

import Foundation
import Testing

/// Decodes a file of the test's resources.
func reference<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
  let url = try #require(
    Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Resources"))
  return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}

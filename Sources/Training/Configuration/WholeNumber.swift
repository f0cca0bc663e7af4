/// Whole numbers as people write them.
public enum WholeNumber {
  /// Reads `500000`, `500_000`, `5e5`; nil for anything else.
  public static func parse(_ text: String) -> Int? {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    if !parts.contains(""), let value = Int(parts.joined()) { return value }
    guard text.contains("e") || text.contains("E"), let value = Double(text), value.isFinite,
      value.rounded() == value, abs(value) < 9e15
    else { return nil }
    return Int(value)
  }
}

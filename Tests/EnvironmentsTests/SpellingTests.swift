import Spelling
import Testing

@Suite("Suggestions for misspelt names")
struct SpellingTests {
  private let known = ["slip", "slip-model", "step-reward", "step-limit"]

  @Test("The nearest name is found over insertions, deletions, substitutions, swaps and case")
  func nearestNames() {
    for (name, expected) in [
      ("slip", "slip"), ("slipp", "slip"), ("sip", "slip"), ("slap", "slip"), ("silp", "slip"),
      ("SLIP", "slip"), ("step_reward", "step-reward"), ("stepreward", "step-reward"),
      ("slip_modle", "slip-model"),
    ] {
      #expect(nearest(to: name, among: known) == expected, "\(name)")
    }
  }

  @Test("Nothing is suggested for a name that is near none")
  func farNames() {
    for name in ["", "x", "temperature", String(repeating: "slip", count: 10_000)] {
      #expect(nearest(to: name, among: known) == nil)
    }
    #expect(nearest(to: "slip", among: [String]()) == nil)
  }

  @Test("Of equally near names the first is suggested")
  func ties() {
    #expect(nearest(to: "cat", among: ["bat", "rat"]) == "bat")
  }
}

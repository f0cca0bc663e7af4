import CellCanvas
import Testing

@Suite("Colours")
struct ColorTests {
  @Test("every entry of the fixed 240 is its own nearest")
  func ansi256() {
    for entry in 16...255 {
      let nearest = Color(Color.ansi256(entry)).nearestAnsi256
      // Greys of the cube and of the grey ramp coincide.
      #expect(Color.ansi256(nearest) == Color.ansi256(entry))
    }
  }

  @Test("the nearest of 256 is the nearest one by one")
  func nearest() {
    func distance(_ a: UInt32, _ b: UInt32) -> Int {
      [(16, 2), (8, 4), (0, 3)].reduce(0) { sum, part in
        let difference = Int(a >> UInt32(part.0) & 255) - Int(b >> UInt32(part.0) & 255)
        return sum + part.1 * difference * difference
      }
    }
    var generator = SystemIndependentGenerator(seed: 5)
    for _ in 0..<500 {
      let hex = UInt32.random(in: 0...0xffffff, using: &generator)
      let found = distance(hex, Color.ansi256(Color(hex).nearestAnsi256))
      let best = (16...255).map { distance(hex, Color.ansi256($0)) }.min() ?? 0
      #expect(found <= best * 3 / 2 + 200)
    }
  }

  @Test("sixteen colours are their own nearest, and a stated index is kept")
  func ansi16() {
    for (index, hex) in Color.xtermAnsi16.enumerated() {
      #expect(Color(hex).nearestAnsi16 == index)
      #expect(Color(hex).ansi16 == index)
    }
    #expect(Color(0xff0000, ansi: 3).ansi16 == 3)
    #expect(Color(0xff0000, ansi: nil).ansi16 == nil)
    #expect(Color.terminalDefault.isTerminalDefault && Color.terminalDefault.ansi16 == nil)
  }

  @Test("mixtures lie between their ends")
  func mixing() {
    let (black, white) = (Color(0), Color(0xffffff))
    #expect(black.mixed(with: white, 0.5).hex == 0x808080)
    #expect(black.mixed(with: white, -1).hex == 0 && black.mixed(with: white, 9).hex == 0xffffff)
    #expect(black.mixed(with: white, .nan).hex == 0)
    #expect(black.mixed(with: .terminalDefault, 0.7).isTerminalDefault)
  }

  @Test("contrast and luminance are those of WCAG")
  func contrast() {
    #expect(abs(Color(0).contrast(with: Color(0xffffff)) - 21) < 1e-9)
    #expect(abs(Color(0x777777).contrast(with: Color(0xffffff)) - 4.478) < 0.001)
    #expect(abs(Color(0x0000ff).luminance - 0.0722) < 1e-9)
  }
}

@Suite("Themes")
struct ThemeTests {
  private static let colored = Theme.bundled.filter { !$0.isMono }

  private func quantities(_ theme: Theme) -> [Color] {
    [
      theme.returns, theme.value, theme.advantage, theme.entropy, theme.bias, theme.variance,
      theme.policy,
    ]
  }

  @Test("text and numbers stand out from the ground: 4.5 to 1", arguments: colored)
  func contrast(theme: Theme) {
    let words = [
      theme.text, theme.dim, theme.bright, theme.title, theme.accent, theme.good, theme.bad,
      theme.warning, theme.goal, theme.pit, theme.agent,
    ]
    for color in words + quantities(theme) {
      #expect(
        color.contrast(with: theme.ground) >= 4.5, "\(theme.name) #\(String(color.hex, radix: 16))")
    }
    for color in [theme.text, theme.bright] + quantities(theme) where theme.name != "light" {
      #expect(color.contrast(with: theme.selection) >= 3)
    }
    #expect(theme.bright.contrast(with: theme.selection) >= 4.5)
  }

  @Test("quantities differ, also in sixteen colours where one plot shows both", arguments: colored)
  func distinct(theme: Theme) {
    #expect(Set(quantities(theme).map(\.hex)).count == 7)
    #expect(theme.bias.ansi16 != theme.variance.ansi16)
    #expect(theme.good.ansi16 != theme.bad.ansi16 && theme.goal.ansi16 != theme.pit.ansi16)
  }

  @Test("the colour-blind-safe quantities stay apart for the three kinds", arguments: 0..<3)
  func colorBlindness(kind: Int) {
    let colors = quantities(.colorBlindSafe).map { ColorVision.seen($0, kind: kind) }
    for first in 0..<7 {
      for second in 0..<first {
        let distance = ColorVision.distance(colors[first], colors[second])
        #expect(distance > 11, "\(first) and \(second): \(distance)")
      }
    }
    let theme = Theme.colorBlindSafe
    for (one, other) in [
      (theme.goal, theme.pit), (theme.good, theme.bad), (theme.bias, theme.variance),
    ] {
      let seen = [one, other].map { ColorVision.seen($0, kind: kind) }
      #expect(ColorVision.distance(seen[0], seen[1]) > 25)
    }
  }

  @Test(
    "ramps begin and end with their stops and survive what is not a number",
    arguments: Theme.bundled)
  func ramps(theme: Theme) {
    #expect(theme.sequential(0) == theme.sequentialStops.first)
    #expect(theme.sequential(1) == theme.sequentialStops.last)
    #expect(theme.diverging(-1) == theme.divergingStops.first)
    #expect(theme.diverging(.infinity) == theme.divergingStops.last)
    #expect(theme.sequential(.nan) == theme.dim)
  }

  @Test("themes have names, and are found by them")
  func names() {
    for theme in Theme.bundled { #expect(Theme.named(theme.name) == theme) }
    #expect(Theme.named("nothing") == nil)
  }
}

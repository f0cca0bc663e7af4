extension Theme {
  /// The themes of the program, the default first.
  public static let bundled: [Theme] = [dark, light, colorBlindSafe, mono]

  /// The bundled theme of a name.
  public static func named(_ name: String) -> Theme? {
    bundled.first { $0.name == name }
  }

  /// Bright quantities on a dark ground.
  public static let dark = Theme(
    name: "dark", summary: "bright quantities on a dark ground", isMono: false,
    ground: Color(0x0f1319, ansi: nil), border: Color(0x3b4656, ansi: 8),
    title: Color(0xd5dde6, ansi: 15), text: Color(0xaab5c2, ansi: 7), dim: Color(0x7c8898, ansi: 8),
    bright: Color(0xf2f6fa, ansi: 15), accent: Color(0x7cc7ff, ansi: 14),
    selection: Color(0x1f3752, ansi: 4),
    returns: Color(0x6fdc8c, ansi: 10), value: Color(0x62a8ff, ansi: 12),
    advantage: Color(0xffa657, ansi: 3), entropy: Color(0xd39bff, ansi: 13),
    bias: Color(0xff6f6a, ansi: 9), variance: Color(0x45d4d0, ansi: 14),
    policy: Color(0xf2d666, ansi: 11),
    goal: Color(0x4ade80, ansi: 10), pit: Color(0xf25c54, ansi: 9), wall: Color(0x465263, ansi: 8),
    floor: Color(0x1a212b, ansi: 0), agent: Color(0xffd866, ansi: 11),
    good: Color(0x6fdc8c, ansi: 10), bad: Color(0xff6f6a, ansi: 9),
    warning: Color(0xffc24b, ansi: 11),
    divergingStops: [
      Color(0xff7a45, ansi: 9), Color(0xa8452c, ansi: 1), Color(0x252c36, ansi: 0),
      Color(0x2a6f9e, ansi: 4), Color(0x5cc8ff, ansi: 14),
    ],
    sequentialStops: [
      Color(0x1c2433, ansi: 0), Color(0x2b4a7a, ansi: 4), Color(0x23808e, ansi: 6),
      Color(0x4fbf7a, ansi: 10), Color(0xf4e15c, ansi: 11),
    ])

  /// Strong quantities on a light ground.
  public static let light = Theme(
    name: "light", summary: "strong quantities on a light ground", isMono: false,
    ground: Color(0xfafaf7, ansi: nil), border: Color(0xc3c9d0, ansi: 7),
    title: Color(0x1d2733, ansi: 0), text: Color(0x3d4754, ansi: 0), dim: Color(0x69737f, ansi: 8),
    bright: Color(0x0b1118, ansi: 0), accent: Color(0x0a64b4, ansi: 4),
    selection: Color(0xd3e5f8, ansi: 7),
    returns: Color(0x1a7f37, ansi: 2), value: Color(0x0b5fc1, ansi: 4),
    advantage: Color(0xb35000, ansi: 3), entropy: Color(0x8a3ac8, ansi: 5),
    bias: Color(0xc6262e, ansi: 1), variance: Color(0x0b7a80, ansi: 6),
    policy: Color(0x8a6800, ansi: 3),
    goal: Color(0x1a7f37, ansi: 2), pit: Color(0xc6262e, ansi: 1), wall: Color(0x8a94a0, ansi: 8),
    floor: Color(0xeeeeea, ansi: 15), agent: Color(0xb35000, ansi: 5),
    good: Color(0x1a7f37, ansi: 2), bad: Color(0xc6262e, ansi: 1),
    warning: Color(0x8f5d00, ansi: 3),
    divergingStops: [
      Color(0xd1481a, ansi: 1), Color(0xf0a882, ansi: 9), Color(0xf1f1ee, ansi: 15),
      Color(0x8fc1e6, ansi: 12), Color(0x1668b0, ansi: 4),
    ],
    sequentialStops: [
      Color(0xf3f3e6, ansi: 15), Color(0xb9dfb5, ansi: 10), Color(0x57b3a6, ansi: 6),
      Color(0x2b6fa8, ansi: 4), Color(0x2b2a6b, ansi: 0),
    ])

  /// Okabe and Ito's colours ("Color Universal Design", 2008) on a dark ground: kept apart by
  /// people with any of the three kinds of colour blindness.
  public static let colorBlindSafe = Theme(
    name: "colour-blind-safe", summary: "Okabe and Ito's colours on a dark ground", isMono: false,
    ground: Color(0x0f1319, ansi: nil), border: Color(0x3b4656, ansi: 8),
    title: Color(0xd5dde6, ansi: 15), text: Color(0xaab5c2, ansi: 7), dim: Color(0x7c8898, ansi: 8),
    bright: Color(0xf2f6fa, ansi: 15), accent: Color(0x56b4e9, ansi: 14),
    selection: Color(0x1f3752, ansi: 4),
    returns: Color(0x009e73, ansi: 2), value: Color(0x3a8fd0, ansi: 12),
    advantage: Color(0xe69f00, ansi: 3), entropy: Color(0xcc79a7, ansi: 13),
    bias: Color(0xd55e00, ansi: 9), variance: Color(0x7cc8f5, ansi: 14),
    policy: Color(0xf0e442, ansi: 11),
    goal: Color(0x56b4e9, ansi: 14), pit: Color(0xd55e00, ansi: 9), wall: Color(0x465263, ansi: 8),
    floor: Color(0x1a212b, ansi: 0), agent: Color(0xf0e442, ansi: 11),
    good: Color(0x56b4e9, ansi: 14), bad: Color(0xd55e00, ansi: 9),
    warning: Color(0xe69f00, ansi: 11),
    divergingStops: [
      Color(0xf08a2c, ansi: 9), Color(0x9c4a10, ansi: 1), Color(0x252c36, ansi: 0),
      Color(0x1f6699, ansi: 4), Color(0x6cc4f7, ansi: 14),
    ],
    sequentialStops: [
      Color(0x10213f, ansi: 0), Color(0x2f4a75, ansi: 4), Color(0x6f7280, ansi: 8),
      Color(0xb3a45c, ansi: 3), Color(0xf6e14a, ansi: 11),
    ])

  /// The terminal's own colours; bold, dim and reverse carry meaning.
  public static let mono: Theme = {
    let own = Color.terminalDefault
    return Theme(
      name: "mono", summary: "no colours: bold, dim and reverse", isMono: true, ground: own,
      border: own, title: own, text: own, dim: own, bright: own, accent: own, selection: own,
      returns: own, value: own, advantage: own, entropy: own, bias: own, variance: own, policy: own,
      goal: own, pit: own, wall: own, floor: own, agent: own, good: own, bad: own, warning: own,
      divergingStops: [own], sequentialStops: [own])
  }()
}

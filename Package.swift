// swift-tools-version: 6.2
import PackageDescription

/// The settings every Swift target shares: a warning is an error, imports are internal and explicit.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The kernels are optimised in debug builds too: tests train networks.
let kernelFlags: [CSetting] = [.unsafeFlags(["-O2", "-Wall", "-Wextra", "-Werror"])]

/// macOS declares the wide-character functions only when asked for X/Open's extensions.
let screenFlags: [CSetting] = [
  .define("_XOPEN_SOURCE_EXTENDED", to: "1", .when(platforms: [.macOS])),
  .define("_GNU_SOURCE", to: "1", .when(platforms: [.linux])),
  .unsafeFlags(["-Wall", "-Wextra", "-Werror"]),
]

func room(_ name: String, _ imports: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: strict)
}

func tests(
  _ name: String, _ imports: [Target.Dependency], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: name, dependencies: imports + ["TestSupport"], resources: resources,
    swiftSettings: strict)
}

let package = Package(
  name: "footlights",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "footlights", targets: ["footlights"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    // The engine, from the bottom up.
    .target(name: "CKernels", cSettings: kernelFlags),
    room("Randomness"),
    room("Threads"),
    room("Scenes"),
    room("Spelling"),
    room("MarkovProcesses"),
    room("Estimators", ["MarkovProcesses"]),
    room("Networks", ["CKernels", "Randomness"]),
    room("Environments", ["Randomness", "Scenes", "MarkovProcesses", "Spelling"]),
    room("Telemetry", ["Estimators", "Scenes"]),
    room(
      "Agents",
      ["Randomness", "Networks", "Environments", "Estimators", "MarkovProcesses", "Threads"]),
    .target(
      name: "FootlightsAssets", path: "assets",
      resources: [.embedInCode("mazes"), .embedInCode("presets")],
      swiftSettings: strict),
    room(
      "Training",
      [
        "Agents", "Randomness", "Networks", "Environments", "Estimators", "Scenes", "Threads",
        "MarkovProcesses", "Telemetry", "FootlightsAssets", "Spelling",
        .product(name: "HeapModule", package: "swift-collections"),
        .product(name: "Yams", package: "Yams"),
      ]),

    // The screen, from the bottom up.
    room("CellCanvas"),
    room("Screens", ["CellCanvas", "Telemetry", "Estimators", "Scenes", "Spelling"]),
    .target(
      name: "CNcurses", cSettings: [.define("NCURSES_WIDECHAR", to: "1")] + screenFlags,
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])),
        .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]),
    room("CursesTerminal", ["CellCanvas", "CNcurses"]),

    // The program.
    .executableTarget(
      name: "footlights",
      dependencies: [
        "Training", "Agents", "Environments", "Estimators", "Networks", "Randomness", "Scenes",
        "MarkovProcesses", "Telemetry", "Threads", "FootlightsAssets", "CellCanvas", "Screens",
        "CursesTerminal", "Spelling",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(
      name: "TestSupport",
      dependencies: [
        "CellCanvas", "Environments", "Estimators", "Randomness", "Telemetry", "Scenes",
        "MarkovProcesses",
      ],
      path: "Tests/TestSupport", swiftSettings: strict),
    tests("RandomnessTests", ["Randomness"]),
    tests("ThreadsTests", ["Threads"]),
    tests(
      "NetworksTests", ["Networks", "Randomness", "CKernels"], resources: [.copy("Resources")]),
    tests(
      "EnvironmentsTests",
      [
        "Environments", "Randomness", "Scenes", "MarkovProcesses", "Spelling", "FootlightsAssets",
      ], resources: [.copy("Resources")]),
    tests(
      "EstimatorsTests", ["Estimators", "MarkovProcesses", "Randomness"],
      resources: [.copy("Resources")]),
    tests(
      "AgentsTests",
      [
        "Agents", "Environments", "Estimators", "MarkovProcesses", "Networks", "Randomness",
        "Threads", "FootlightsAssets",
      ], resources: [.copy("Resources")]),
    tests(
      "TrainingTests",
      [
        "Training", "Agents", "Environments", "Estimators", "MarkovProcesses", "Telemetry",
        "Threads", "Randomness", "Networks", "FootlightsAssets",
      ]),
    tests("CellCanvasTests", ["CellCanvas"], resources: [.copy("Golden")]),
    .executableTarget(
      name: "TerminalProbe", dependencies: ["CellCanvas", "CursesTerminal", "TestSupport"],
      path: "Tests/TerminalProbe", swiftSettings: strict),
    tests("TerminalTests", ["CellCanvas", "CursesTerminal", "TerminalProbe"]),
    tests(
      "ScreensTests", ["Screens", "CellCanvas", "Telemetry", "Estimators", "Scenes"],
      resources: [.copy("Golden")]),
    tests(
      "ProgramTests",
      [
        "footlights", "Agents", "CellCanvas", "Environments", "Estimators", "Networks",
        "Randomness",
        "Screens", "Telemetry", "Threads", "Training",
      ],
      resources: [.copy("Resources")]),
  ]
)

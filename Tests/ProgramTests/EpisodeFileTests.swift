internal import Environments
internal import Foundation
internal import Networks
internal import Telemetry
internal import Testing

@testable import footlights

@Suite("Episode files")
struct EpisodeFileTests {
  private func read(_ text: String) throws -> EpisodeFile {
    try EpisodeReader.read(Array(text.utf8), file: "e.jsonl")
  }

  @Test("What is written reads back to the last bit: terminated, truncated, going on, begun before")
  func roundTrip() throws {
    for episode in try SampleEpisode.all() {
      let text = episode.text()
      let copy = try read(text)
      #expect(copy.text() == text)
      #expect(copy.header == episode.header)
      #expect(copy.record.reached == episode.record.reached)
      #expect(copy.record.updates == episode.record.updates)
      #expect(copy.record.steps.count == episode.record.steps.count)
      for (one, other) in zip(copy.record.steps, episode.record.steps) {
        #expect(one.state == other.state)
        #expect(one.target.isNaN == (one.update == nil))
        #expect(one.target.bitPattern == other.target.bitPattern || one.target.isNaN)
        #expect(one.logits.isIdentical(to: other.logits))
      }
    }
  }

  @Test(
    "Numbers of a learner that diverged, negative zeros and the smallest numbers keep their bits")
  func extremes() throws {
    var episode = SampleEpisode(steps: 4, rolloutLength: 50, lead: 0).file(named: "diverged")
    let numbers: [Float] = [
      .nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
      1.1754944e-38, 0.1,
    ]
    for (place, number) in numbers.enumerated() {
      episode.record.steps[place / 2].logits[place % 2] = number
    }
    episode.record.steps[0].value = .nan
    let copy = try read(episode.text())
    #expect(copy.text() == episode.text())
    for (place, number) in numbers.enumerated() {
      let found = copy.record.steps[place / 2].logits[place % 2]
      #expect(found.bitPattern == number.bitPattern || found.isNaN && number.isNaN)
    }
  }

  @Test("A maze of one's own comes with its map and its rules")
  func ownMaze() throws {
    let text = SampleEpisode(environment: try SampleEpisode.mazeWorld()).file(named: "m").text()
    let maze = try #require(try read(text).environment as? Maze)
    #expect(maze.specification.name == "rooms.txt")
    #expect(maze.configuration.slip == 0.25 && maze.configuration.stepLimit == 30)
    #expect(maze.definition.title == "Two rooms")
  }

  @Test("A world with settings comes with them")
  func settings() throws {
    let lake = FrozenLake.make(.large, isSlippery: false)
    let text = SampleEpisode(environment: lake).file(named: "l").text()
    let copy = try read(text)
    #expect(copy.environment.specification == lake.specification)
    #expect(copy.text() == text)
    let refused = #expect(throws: InputError.self) {
      try read(text.replacing("\"map_name\":\"8x8\"", with: "\"map_name\":\"9x9\""))
    }
    #expect(refused?.description.contains("accepted is 4x4 or 8x8") == true)
  }

  @Test("The resource is read, and written again byte for byte: the format has not moved")
  func resource() throws {
    let bytes = try resourceBytes("episode", "jsonl")
    let episode = try EpisodeReader.read(bytes, file: "episode.jsonl")
    #expect(Array(episode.text().utf8) == bytes)
    #expect(episode.record.hasEnded)
  }

  @Test("The hash at the end is that of all bytes before the last line")
  func hash() throws {
    let text = SampleEpisode().file(named: "h").text()
    let last = try #require(text.split(separator: "\n").last)
    var hash = FNV1a()
    hash.combine(text.utf8.dropLast(last.utf8.count + 1))
    #expect(last.contains("\"\(hash.hexadecimal)\""))
  }

  @Test(
    "Names of files hold nothing a file system or a shell would act on",
    arguments: [
      ("best", "best"), ("../../etc/passwd", "etc-passwd"), ("a/b\\c:d", "a-b-c-d"),
      ("worker 3 episode 182", "worker-3-episode-182"), (".hidden", "hidden"), ("", "episode"),
      ("///", "episode"), ("ein größter Wurf", "ein-größter-Wurf"),
      ("a\u{1B}[31m\nb\0c", "a-31m-b-c"),
      ("$(rm *)", "rm"), ("-rf", "rf"),
    ])
  func names(name: String, expected: String) {
    #expect(EpisodeFile.fileName(name) == expected)
  }

  @Test("A long name is cut to what file systems take")
  func longName() {
    #expect(EpisodeFile.fileName(String(repeating: "ö", count: 400)).utf8.count <= 100)
  }

  @Test("Nothing is written over: the next free number is taken")
  func saving() throws {
    let folder = try TemporaryFolder()
    let episode = SampleEpisode().file(named: "my best")
    #expect(try episode.save(in: folder.path) == "my-best.jsonl")
    #expect(try episode.save(in: folder.path) == "my-best-2.jsonl")
    #expect(try episode.save(in: folder.path) == "my-best-3.jsonl")
    let saved = InputFile(path: folder.file("my-best-2.jsonl").path)
    #expect(try EpisodeReader.read(saved).text() == episode.text())
    #expect(throws: SystemError.self) { try episode.save(in: folder.path + "/nowhere") }
  }
}

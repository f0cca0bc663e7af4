import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("Moves in time on what is recorded")
struct TimeTravelTests {
  static let names = ["cartpole", "maze", "a2c"]

  private func index(_ name: String) throws -> HistoryIndex {
    try #require(SampleHistoryTests.all.first { $0.0 == name }?.1.index)
  }

  /// The numbers visited by a move from the present until it leads nowhere.
  private func visits(_ move: TimeMove, _ index: HistoryIndex, worker: Int) -> [Int] {
    var numbers: [Int] = []
    var number: Int?
    while case .moment(.step(worker, let next)) = index.landing(
      of: move, from: number, worker: worker)
    {
      numbers.append(next)
      number = next
    }
    return numbers
  }

  @Test("Step by step back goes through all that is recorded, and forth again to the present")
  func steps() throws {
    for name in Self.names {
      let index = try index(name)
      for (worker, track) in index.tracks.enumerated() {
        #expect(visits(.back(.step), index, worker: worker) == track.steps.reversed())
        let oldest = track.steps.lowerBound
        #expect(
          index.landing(of: .back(.step), from: oldest, worker: worker)
            == .nowhere("the oldest recorded step"))
        for number in track.steps.dropLast() {
          #expect(
            index.landing(of: .forward(.step), from: number, worker: worker)
              == .moment(.step(worker: worker, number: number + 1)))
        }
        #expect(
          index.landing(of: .forward(.step), from: track.steps.upperBound - 1, worker: worker)
            == .present(worker: worker))
        #expect(
          index.landing(of: .forward(.step), from: nil, worker: worker) == .beyond(.step))
      }
    }
  }

  @Test("A rollout or an episode back goes to its first step, then to the one before")
  func boundaries() throws {
    for name in Self.names {
      let index = try index(name)
      for (worker, track) in index.tracks.enumerated() {
        let last = try #require(track.rollouts.last)
        var firsts = track.rollouts.map(\.first)
        if last.first + last.count < track.steps.upperBound {
          firsts.append(last.first + last.count)
        }
        #expect(visits(.back(.rollout), index, worker: worker) == firsts.reversed())
        let begun = track.episodes.map(\.first).filter { $0 < track.steps.upperBound }
        #expect(visits(.back(.episode), index, worker: worker) == begun.reversed())
        for pair in zip(firsts, firsts.dropFirst()) {
          #expect(
            index.landing(of: .forward(.rollout), from: pair.0, worker: worker)
              == .moment(.step(worker: worker, number: pair.1)))
        }
      }
    }
  }

  @Test("An update back goes to the rollout the update before was made from")
  func updates() throws {
    let a3c = try index("cartpole")
    var place: (worker: Int, number: Int?) = (2, nil)
    for update in a3c.updates.reversed() {
      #expect(
        a3c.landing(of: .back(.update), from: place.number, worker: place.worker)
          == .moment(.step(worker: update.worker, number: update.first)))
      place = (update.worker, update.first)
    }
    #expect(
      a3c.landing(of: .back(.update), from: place.number, worker: place.worker)
        == .nowhere("the oldest recorded update"))
    for update in a3c.updates.dropFirst() {
      #expect(
        a3c.landing(of: .forward(.update), from: place.number, worker: place.worker)
          == .moment(.step(worker: update.worker, number: update.first)))
      place = (update.worker, update.first)
    }
    #expect(
      a3c.landing(of: .forward(.update), from: place.number, worker: place.worker)
        == .present(worker: place.worker))
  }

  @Test("Where every worker has a part in every update, the worker stays")
  func sameWorker() throws {
    let a2c = try index("a2c")
    for worker in a2c.tracks.indices {
      let firsts = a2c.tracks[worker].rollouts.map(\.first)
      #expect(visits(.back(.update), a2c, worker: worker) == firsts.reversed())
    }
  }

  @Test("Numbers and updates that are not recorded are refused with what is")
  func refusals() throws {
    let index = try index("cartpole")
    let steps = index.tracks[1].steps
    #expect(
      index.landing(of: .number(steps.lowerBound), from: nil, worker: 1)
        == .moment(.step(worker: 1, number: steps.lowerBound)))
    #expect(
      index.landing(of: .number(steps.upperBound), from: nil, worker: 1) == .present(worker: 1))
    for wrong in [0, steps.lowerBound - 1, steps.upperBound + 1, .max] {
      guard case .nowhere(let reason) = index.landing(of: .number(wrong), from: nil, worker: 1)
      else {
        Issue.record("\(wrong) is taken")
        continue
      }
      #expect(reason.hasPrefix("recorded of worker 1: 2"), "\(reason)")
    }
    guard case .nowhere(let reason) = index.landing(of: .update(3), from: nil, worker: 1) else {
      Issue.record("update 3 is taken")
      return
    }
    #expect(reason.hasPrefix("recorded updates: "))
    let nothing = HistoryIndex()
    #expect(nothing.landing(of: .forward(.step), from: nil, worker: 0) == .beyond(.step))
    #expect(
      nothing.landing(of: .back(.step), from: nil, worker: 0)
        == .nowhere("nothing recorded yet of worker 0"))
  }

  @Test("Another worker is looked at where its update is nearest")
  func counterpart() throws {
    for name in Self.names {
      let index = try index(name)
      for number in index.tracks[0].steps {
        for other in index.tracks.indices.dropFirst() {
          guard case .step(other, let found) = index.counterpart(of: number, of: 0, for: other)
          else {
            Issue.record("none for \(number)")
            continue
          }
          #expect(index.tracks[other].steps.contains(found))
          guard let version = index.tracks[0].version(at: number),
            let met = index.tracks[other].version(at: found)
          else { continue }
          let nearest = index.tracks[other].rollouts.map { abs($0.version - version) }.min()
          #expect(abs(met - version) == nearest)
        }
      }
    }
  }
}

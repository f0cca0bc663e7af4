import CellCanvas
import Telemetry

extension KeyTable {
  static let time: [KeyBinding] = [
    KeyBinding(
      [.character("s"), .character(".")], .anatomy, .stepPhase, .time, hint: "next phase",
      priority: 1, "view 5: one phase of the algorithm"),
    KeyBinding(
      [.character("u")], .anatomy, .stepUpdate, .time, hint: "next update", priority: 1,
      "view 5: on to the next update"),
    KeyBinding(
      [.character(" ")], .views, .togglePause, .time, hint: "pause", priority: 1,
      "pause, or go on (from the present)"),
    KeyBinding(
      [.character(",")], .views, .stepBack, .time, hint: "step", priority: 2,
      "one step back, pausing first; one step on"),
    KeyBinding(
      [.character("s"), .character(".")], .views, .step, .time, hint: "step", priority: 2,
      "one step back, pausing first; one step on"),
    KeyBinding(
      [.character("g")], .views, .nextGrain, .time, hint: "grain", priority: 7,
      "how far: phase, step, rollout, update ..."),
    KeyBinding([.character("(")], .views, .rolloutBack, .time, "one rollout back, on"),
    KeyBinding([.character(")")], .views, .stepRollout, .time, "one rollout back, on"),
    KeyBinding([.character("U")], .views, .updateBack, .time, "one update back, on"),
    KeyBinding([.character("u")], .views, .stepUpdate, .time, "one update back, on"),
    KeyBinding([.character("E")], .views, .episodeBack, .time, "one episode back, on"),
    KeyBinding([.character("e")], .views, .stepEpisode, .time, "one episode back, on"),
    KeyBinding(
      [.character("^")], .views, .toOldest, .time, "the oldest recorded step, the present"),
    KeyBinding(
      [.character("$")], .views, .toPresent, .time, "the oldest recorded step, the present"),
    KeyBinding(
      [.character("+"), .character("=")], .views, .faster, .time, hint: "speed", priority: 3,
      "twice as fast, up to 4 096× real time"),
    KeyBinding(
      [.character("-")], .views, .slower, .time, hint: "speed", priority: 3,
      "half as fast, down to 1/4× real time"),
    KeyBinding(
      [.character("0")], .views, .unlimitedSpeed, .time, hint: "speed", priority: 3,
      "as fast as the machine allows"),
  ]

  static let episode: [KeyBinding] = [
    KeyBinding([.left], .episode, .stepOneBack, .episode, "one step back, on"),
    KeyBinding([.right], .episode, .stepOne, .episode, "one step back, on"),
    KeyBinding(
      [.up], .recordedSteps, .rolloutBack, .episode, hint: "rollout", priority: 3,
      "one rollout back, on"),
    KeyBinding(
      [.down], .recordedSteps, .stepRollout, .episode, hint: "rollout", priority: 3,
      "one rollout back, on"),
    KeyBinding(
      [.pageUp], .episode, .episodeBack, .episode, hint: "episode", priority: 3,
      "one episode back, on"),
    KeyBinding(
      [.pageDown], .episode, .stepEpisode, .episode, hint: "episode", priority: 3,
      "one episode back, on"),
    KeyBinding([.home], .episode, .toOldest, .episode, "the oldest recorded step, the present"),
    KeyBinding([.end], .episode, .toPresent, .episode, "the oldest recorded step, the present"),
    KeyBinding(
      [.character("k")], .episode, .keepEpisode, .episode, hint: "keep", priority: 4,
      "keep this episode under a name"),
    KeyBinding(
      [.character("S")], .episode, .saveEpisode, .episode, hint: "save", priority: 5,
      "save this episode to a file for replay"),
    KeyBinding(
      [.up], .keptEpisodes, .keptAbove, .episode, hint: "select", priority: 2,
      "the kept episode above, below; Enter: open"),
    KeyBinding(
      [.down], .keptEpisodes, .keptBelow, .episode, hint: "select", priority: 2,
      "the kept episode above, below; Enter: open"),
    KeyBinding(
      [.character("x"), .delete], .keptEpisodes, .forgetEpisode, .episode, hint: "forget",
      priority: 4, "forget the selected episode"),
  ]
}

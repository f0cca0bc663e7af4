internal import Estimators
internal import Telemetry

/// What must hold between the lines.
extension EpisodeReader {
  /// The rewards must sum to the return.
  func checkReturn() throws(InputError) {
    let sum = record.undiscountedReturn
    guard sum == head.undiscountedReturn else {
      throw InputError(
        "\(file):1: return is \(head.undiscountedReturn), but the rewards sum to \(sum)")
    }
  }

  /// Every step that was learnt from must have the target its update would give it.
  func checkTargets() throws(InputError) {
    for (index, step) in record.steps.enumerated() {
      guard let update = step.update else {
        guard step.target.isNaN, step.advantage.isNaN else {
          throw error(index, "has a target, but no update")
        }
        continue
      }
      guard steps(of: record.updates[update]).contains(index) else {
        throw error(index, "update is \(update), but that one learnt from other steps")
      }
    }
    for (place, update) in record.updates.enumerated() { try checkTargets(of: update, at: place) }
  }

  /// The steps of the record that an update learnt from.
  private func steps(of update: UpdateRecord) -> Range<Int> {
    let first = update.firstNumber - record.firstNumber
    let start = min(max(first, 0), record.steps.count)
    return start..<min(max(first + update.count, start), record.steps.count)
  }

  private func checkTargets(of update: UpdateRecord, at place: Int) throws(InputError) {
    let range = steps(of: update)
    guard let last = range.last else {
      throw InputError("\(file):\(2 + place): update learnt from no step of the episode")
    }
    let isCut = !record.steps[last].terminated && !record.steps[last].truncated
    let past = update.firstNumber + update.count > record.firstNumber + record.steps.count
    if past, isCut {
      throw InputError("\(file):\(2 + place): update learnt from steps that are not there")
    }
    if let stray = range.first(where: { record.steps[$0].update != place }) {
      throw error(stray, "update must be \(place), which learnt from this step")
    }
    let steps = record.steps[range]
    let targets = estimateReturns(
      update.estimator, discount: update.discount, rewards: steps.map(\.reward),
      nextValues: steps.map(\.nextValue), terminated: steps.map(\.terminated),
      truncated: steps.map(\.truncated))
    for (index, target) in zip(range, targets) {
      let step = record.steps[index]
      guard isSame(step.target, target) else {
        throw error(
          index, "target is \(step.target), but \(update.estimator) gives \(target) for its rewards"
        )
      }
      let advantage = step.target - step.value
      guard isSame(step.advantage, advantage) else {
        throw error(
          index, "advantage is \(step.advantage), but target less value is \(advantage)")
      }
    }
  }

  private func isSame(_ one: Float, _ other: Float) -> Bool {
    one.bitPattern == other.bitPattern || one.isNaN && other.isNaN
  }

  private func error(_ step: Int, _ text: String) -> InputError {
    InputError("\(file):\(firstStepLine + step): step \(text)")
  }
}

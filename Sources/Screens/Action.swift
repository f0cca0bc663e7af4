/// What a key does. Each is carried out in one place, whichever key, click or line asked for it.
public enum Action: Sendable, Hashable, CaseIterable {
  /// Pause, or go on.
  case togglePause
  /// One step of the chosen grain; pauses first.
  case step
  /// One step of the chosen grain back in time; pauses first.
  case stepBack
  /// One environment step on.
  case stepOne
  /// One environment step back.
  case stepOneBack
  /// On to the next rollout.
  case stepRollout
  /// Back to where a rollout began.
  case rolloutBack
  /// Back to the update before.
  case updateBack
  /// Back to where an episode began.
  case episodeBack
  /// The oldest recorded step.
  case toOldest
  /// The present.
  case toPresent
  /// One phase of the algorithm; pauses first.
  case stepPhase
  /// The next grain of the step key.
  case nextGrain
  /// On to the next update.
  case stepUpdate
  /// On to the end of the episode.
  case stepEpisode
  /// Twice as fast.
  case faster
  /// Half as fast.
  case slower
  /// As fast as the machine allows.
  case unlimitedSpeed
  /// From the last n-step return to the last lambda-return and back.
  case toggleEstimator
  /// The n-step return.
  case chooseNStep
  /// The lambda-return.
  case chooseLambda
  /// The next smaller n or lambda.
  case lowerEstimator
  /// The next greater n or lambda.
  case raiseEstimator
  /// A3C or A2C.
  case toggleAgent
  /// The next smaller entropy coefficient.
  case lowerEntropy
  /// The next greater entropy coefficient.
  case raiseEntropy
  /// The next worker in focus.
  case nextWorker
  /// The worker before in focus.
  case previousWorker
  /// The worker above in focus.
  case workerAbove
  /// The worker below in focus.
  case workerBelow
  /// The worker to the left in focus.
  case workerLeft
  /// The worker to the right in focus.
  case workerRight
  /// A page of workers up.
  case workerPageUp
  /// A page of workers down.
  case workerPageDown
  /// The first worker in focus.
  case firstWorker
  /// The last worker in focus.
  case lastWorker
  /// The next layer over the maze.
  case nextLayer
  /// The layer before.
  case previousLayer
  /// View 5: the phase before is taken apart.
  case phaseBefore
  /// View 5: the next phase is taken apart.
  case phaseAfter
  /// The next quantity of the heat map.
  case nextQuantity
  /// Less time in the lanes.
  case shorterLanes
  /// More time in the lanes.
  case longerLanes
  /// View 1.
  case showStage
  /// View 2.
  case showWorkers
  /// View 3; there already, its next page.
  case showEstimators
  /// View 4.
  case showEpisode
  /// View 5.
  case showAnatomy
  /// View 3: the next page.
  case nextPage
  /// View 3: the page before.
  case previousPage
  /// View 3: the cursor on the map up.
  case cursorStateUp
  /// View 3: the cursor on the map down.
  case cursorStateDown
  /// View 3: the cursor on the map to the left.
  case cursorStateLeft
  /// View 3: the cursor on the map to the right.
  case cursorStateRight
  /// View 3: look into the state of the focused worker again.
  case followWorker
  /// View 3: keep the state looked into.
  case keepState
  /// View 3: look into the next state that was kept.
  case nextKept
  /// View 3: linear or logarithmic axis of errors.
  case toggleAxis
  /// View 3: the next of the page's estimators.
  case nextSlot
  /// View 3: that estimator's neighbour below.
  case lowerSlot
  /// View 3: that estimator's neighbour above.
  case raiseSlot
  /// View 3: the next quantity that colours the map.
  case nextFieldQuantity
  /// View 3: the step of the rollout before.
  case rolloutStepBack
  /// View 3: the next step of the rollout.
  case rolloutStepForward
  /// View 3: the rollout's first step.
  case rolloutFirstStep
  /// View 3: the rollout's last step.
  case rolloutLastStep
  /// View 3: begin the race, or end it.
  case toggleRace
  /// View 4: the kept episode above.
  case keptAbove
  /// View 4: the kept episode below.
  case keptBelow
  /// View 4: keep the episode in view under a name.
  case keepEpisode
  /// View 4: forget the selected episode.
  case forgetEpisode
  /// View 4: the episode in view to a file.
  case saveEpisode
  /// The next pane in focus.
  case nextPane
  /// The pane before in focus.
  case previousPane
  /// The focused pane over the whole view.
  case openPane
  /// Back from a pane to the view.
  case closePane
  /// The choice of what to run.
  case openChooser
  /// The line for a setting.
  case openSettingLine
  /// The help.
  case openHelp
  /// A picture of the screen in a file.
  case savePicture
  /// Leave, asking first.
  case askToQuit
  /// Leave at once.
  case quit

  /// A line of the overlay up.
  case overlayUp
  /// A line of the overlay down.
  case overlayDown
  /// A page of the overlay up.
  case overlayPageUp
  /// A page of the overlay down.
  case overlayPageDown
  /// To the top of the overlay.
  case overlayTop
  /// To the end of the overlay.
  case overlayEnd
  /// Close the overlay, or go back a page.
  case overlayClose
  /// Take what is selected or typed.
  case overlayAccept
  /// Complete the typed word.
  case complete
  /// Take back a letter.
  case deleteBackward
  /// Delete the letter under the cursor.
  case deleteForward
  /// The cursor to the left.
  case cursorLeft
  /// The cursor to the right.
  case cursorRight
  /// The cursor to the start.
  case cursorHome
  /// The cursor to the end.
  case cursorEnd
  /// Take back the whole line.
  case clearLine
}

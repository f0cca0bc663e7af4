internal import Training

/// What the help of `compare` says beyond the options.
enum CompareHelp {
  static let discussion = """
    Four things can be compared:

    --mdp FILE: targets in a known process, for a policy and a critic. The figures are exact. The \
    file (or - for standard input) is one JSON object: {"states": 3, "actions": 2, "gamma": 0.95, \
    "outcomes": [state][action] = list of [probability, next state or -1, reward], \
    "policy": [state][action], "estimate_V": [state]}. --samples adds figures measured in so many \
    episodes from the state of --state, with intervals, beside the exact ones.

    --env NAME: targets in an environment, for the policy and the critic that the preset's agent has \
    after --steps steps, at the state of --state. Exact in worlds whose process is known (mazes, \
    random walks), else measured in --samples rollouts from that state, with intervals.

    --env NAME --estimators LIST: estimators by learning. The agent learns with each of them and each \
    of --seeds seeds; runs of one seed share their random numbers. About 20 times in each run the \
    greedy policy plays 100 fresh episodes: the learning curve. The score of a seed is the mean \
    return after all steps. Seeds are the unit: figures are interquartile means over seeds with 95 % \
    bootstrap intervals; one seed claims no interval. The goal is what the world counts as solved, \
    or --until-return. A3C runs in virtual time, so that the same seed gives the same figures, on \
    any number of threads; only seconds differ.

    --experiment random-walk: Sutton and Barto's figures 7.2 and 12.3, computed anew: the RMS error \
    of n-step TD and of the off-line lambda-return in the random walk of 19 states, for every step \
    size, over the first 10 episodes. All cells of a run share its walks; the same seed gives the \
    same numbers on any number of threads.

    Examples:
      footlights compare --mdp process.json --state 2 --samples 10000 --confidence 0.99
      footlights compare --env Maze/cliff --state 3,0 --steps 20000
      footlights compare --env CartPole-v1 --state 0,0,0.05,0 --samples 1000
      footlights compare --env CartPole-v1 --estimators td,nstep:5,lambda:0.95,mc --seeds 10 --steps 50000 --svg curves.svg
      footlights compare --experiment random-walk --runs 1000 --svg walk.svg
    """
}

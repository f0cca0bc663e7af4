/// How the return of a step is estimated from a rollout and a critic.
///
/// Written `mc`, `td`, `nstep:N` and `lambda:L` on the command line and in presets.
public enum ReturnEstimator: Sendable, Hashable {
  /// All rewards to the episode's end; bootstrapped only where the episode was truncated or cut.
  case monteCarlo
  /// One reward and the value of the next state: the 1-step return.
  case td
  /// `n` rewards and the value of the state then reached (Sutton and Barto, eq. 7.1), n >= 1;
  /// `unlimitedSteps` stands for n = infinity.
  case nStep(Int)
  /// The lambda-return (Sutton and Barto, eq. 12.3), 0 <= lambda <= 1; less V it is GAE(lambda).
  case lambda(Double)

  /// The n of an n-step return that uses every reward there is; written `inf`.
  public static let unlimitedSteps = Int.max
}

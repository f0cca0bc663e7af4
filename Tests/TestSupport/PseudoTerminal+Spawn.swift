#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

extension PseudoTerminal {
  /// Starts a program in a session of its own; the terminal it opens first becomes the session's.
  static func spawn(
    _ program: String, _ arguments: [String], _ environment: [String: String], _ terminal: String
  ) throws -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    let flags = Int(POSIX_SPAWN_SETSIGDEF) | Int(POSIX_SPAWN_SETSIGMASK) | setSession
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var process = pid_t()
    let words = ([program] + arguments).map { strdup($0) }
    let variables = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for word in words + variables { free(word) } }
    let code = posix_spawn(
      &process, program, &actions, &attributes, words + [nil], variables + [nil])
    guard code == 0 else { throw Failure(what: program, code: code) }
    return process
  }

  private static var setSession: Int {
    #if canImport(Darwin)
      Int(POSIX_SPAWN_SETSID)
    #else
      // glibc's value; its header hides the name behind _GNU_SOURCE.
      0x80
    #endif
  }
}

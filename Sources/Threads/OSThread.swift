#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A plain thread of the operating system, joined by its owner.
public struct OSThread: Sendable {
  #if canImport(Darwin)
    // A Darwin thread handle is a pointer that any thread may pass to pthread_join.
    nonisolated(unsafe) private let handle: pthread_t
  #else
    private let handle: pthread_t
  #endif

  /// Starts a thread that runs `body` once.
  ///
  /// - Throws: `OSThreadError` when the system grants no further thread.
  public init(_ body: @escaping @Sendable () -> Void) throws(OSThreadError) {
    let box = Unmanaged.passRetained(Body(run: body))
    #if canImport(Darwin)
      var created: pthread_t?
      let status = pthread_create(&created, nil, runBody, box.toOpaque())
      guard status == 0, let created else {
        box.release()
        throw OSThreadError(code: status)
      }
      handle = created
    #else
      var created = pthread_t()
      let status = pthread_create(&created, nil, runBody, box.toOpaque())
      guard status == 0 else {
        box.release()
        throw OSThreadError(code: status)
      }
      handle = created
    #endif
  }

  /// Waits for its end. To be called once.
  public func join() {
    pthread_join(handle, nil)
  }

  /// Gives the calling thread a low priority: where others want the core it has to make do with a
  /// small part. (Of the lowest priority a moment's work would take seconds on a busy machine; who
  /// calls this keeps the moments rare.)
  public static func lowerPriority() {
    #if canImport(Darwin)
      pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0)
    #else
      // On Linux a nice value belongs to a thread, and 0 names the calling one.
      setpriority(__priority_which_t(0), 0, 5)
    #endif
  }

  /// Number of cores that can run threads now, at least 1.
  public static var cores: Int {
    max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// Sleeps for a number of seconds.
  public static func sleep(seconds: Double) {
    guard seconds > 0 else { return }
    let whole = seconds.rounded(.down)
    var time = timespec(tv_sec: Int(whole), tv_nsec: Int((seconds - whole) * 1e9))
    nanosleep(&time, nil)
  }
}

/// The system granted no thread.
public struct OSThreadError: Error, CustomStringConvertible {
  /// The system's error number.
  public let code: Int32

  /// What the system said.
  public var description: String {
    "cannot start a thread: \(String(cString: strerror(code)))"
  }
}

/// A monotonic clock.
public enum MonotonicClock {
  /// Seconds of processor time the calling thread has used.
  public static var threadSeconds: Double {
    var used = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used)
    return Double(used.tv_sec) + Double(used.tv_nsec) * 1e-9
  }

  /// Seconds since some fixed moment.
  public static var seconds: Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }
}

private final class Body {
  let run: @Sendable () -> Void
  init(run: @escaping @Sendable () -> Void) { self.run = run }
}

#if canImport(Darwin)
  private func runBody(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
    return nil
  }
#else
  private func runBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
    return nil
  }
#endif

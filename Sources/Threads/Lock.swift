#if canImport(Darwin)
  public import Darwin
#else
  public import Glibc
#endif

/// A value behind a pthread mutex: the only lock of the package.
///
/// `Synchronization.Mutex` hands over to waiters and convoys as soon as runnable threads exceed
/// cores, and the thread sanitizer does not see it; a pthread mutex has neither fault.
///
/// The value never leaves but through `withLock`, which is what makes sharing it safe; the compiler
/// cannot see through the pointers, hence `nonisolated(unsafe)`.
public final class Locked<Value>: Sendable {
  nonisolated(unsafe) private let memory: UnsafeMutableRawPointer
  @usableFromInline nonisolated(unsafe) let mutex: UnsafeMutablePointer<pthread_mutex_t>
  @usableFromInline nonisolated(unsafe) let value: UnsafeMutablePointer<Value>

  /// A lock around a value that nobody else holds.
  public init(_ initial: sending Value) {
    // In cache lines of their own: who locks another one is not to wait for these.
    let alignment = MemoryLayout<Value>.alignment
    let offset = (MemoryLayout<pthread_mutex_t>.size + alignment - 1) / alignment * alignment
    let lines = (offset + MemoryLayout<Value>.size + Self.line - 1) / Self.line
    memory = .allocate(byteCount: lines * Self.line, alignment: Self.line)
    mutex = memory.bindMemory(to: pthread_mutex_t.self, capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    Self.initialise(mutex)
    value = (memory + offset).bindMemory(to: Value.self, capacity: 1)
    value.initialize(to: initial)
  }

  /// Bytes of a cache line.
  private static var line: Int { 64 }

  /// On Linux a mutex that spins for a moment before it sleeps: what it guards is short, and a
  /// thread that went to sleep for it would lose more than it waits.
  private static func initialise(_ mutex: UnsafeMutablePointer<pthread_mutex_t>) {
    #if canImport(Glibc)
      var attributes = pthread_mutexattr_t()
      pthread_mutexattr_init(&attributes)
      pthread_mutexattr_settype(&attributes, Int32(PTHREAD_MUTEX_ADAPTIVE_NP))
      pthread_mutex_init(mutex, &attributes)
      pthread_mutexattr_destroy(&attributes)
    #else
      pthread_mutex_init(mutex, nil)
    #endif
  }

  deinit {
    value.deinitialize(count: 1)
    pthread_mutex_destroy(mutex)
    mutex.deinitialize(count: 1)
    memory.deallocate()
  }

  /// Runs `body` with the value while no other thread holds it. Must not be nested.
  @inlinable
  @inline(__always)
  public func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value.pointee)
  }

  /// Runs `body` with the value if no other thread holds it now; else returns nil at once.
  @inlinable
  @inline(__always)
  public func withLockIfAvailable<Result>(_ body: (inout Value) -> Result) -> Result? {
    guard pthread_mutex_trylock(mutex) == 0 else { return nil }
    defer { pthread_mutex_unlock(mutex) }
    return body(&value.pointee)
  }
}

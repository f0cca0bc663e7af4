internal import CKernels

/// The processor's caches.
public enum CacheLines {
  /// Says that the next 768 bytes will be written soon, so that they can be fetched meanwhile. Changes
  /// nothing; the memory may end before that.
  public static func fetchForWriting(_ memory: UnsafeRawPointer) {
    footlights_fetch_for_writing(memory)
  }
}

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A file that is written whole or not at all.
struct OutputFile {
  let path: String

  /// Finds out before a long run whether the file can be written; leaves nothing behind.
  ///
  /// - Throws: where it cannot be.
  func check() throws(InputError) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { throw problem(EISDIR) }
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw problem(errno) }
    close(descriptor)
    unlink(draft)
  }

  private var draft: String { "\(path).\(getpid()).tmp" }

  /// Writes the text beside the file's place first, then moves it there.
  ///
  /// - Throws: where it cannot be written; nothing is left behind, and what stood there stays.
  func write(_ text: String) throws(InputError) {
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw problem(errno) }
    var failure = writeAll(text, to: descriptor)
    if close(descriptor) != 0, failure == nil { failure = errno }
    if failure == nil, rename(draft, path) != 0 { failure = errno }
    if let failure {
      unlink(draft)
      throw problem(failure)
    }
  }

  private func problem(_ code: Int32) -> InputError {
    InputError("\(oneLine(path)): cannot be written: \(String(cString: strerror(code)))")
  }
}

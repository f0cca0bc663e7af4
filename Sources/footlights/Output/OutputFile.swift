#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A file that is written whole or not at all. What is no plain file - a device, a pipe, a link -
/// keeps its place: it is written as it stands.
struct OutputFile {
  let path: String

  /// Whether standard output is meant.
  var isStandardOutput: Bool { path == "-" }

  /// Finds out before a long run whether the file can be written; leaves nothing behind.
  ///
  /// - Throws: where it cannot be.
  func check() throws(InputError) {
    guard !path.isEmpty else { throw InputError("the name of the output file is empty") }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { throw problem(EISDIR) }
    guard !keepsItsPlace else {
      guard access(path, W_OK) == 0 else { throw problem(errno) }
      return
    }
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw problem(errno) }
    close(descriptor)
    unlink(draft)
  }

  /// Whether something stands there that must not be replaced by a file.
  private var keepsItsPlace: Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  /// Whether both are the same file.
  func isSame(as other: OutputFile) -> Bool {
    var (mine, others) = (stat(), stat())
    guard stat(path, &mine) == 0, stat(other.path, &others) == 0 else {
      return Self.plain(path) == Self.plain(other.path)
    }
    return mine.st_mode & S_IFMT == S_IFREG && mine.st_dev == others.st_dev
      && mine.st_ino == others.st_ino
  }

  /// A path without `./` before it.
  private static func plain(_ path: String) -> Substring {
    var rest = path[...]
    while rest.hasPrefix("./") { rest = rest.dropFirst(2).drop { $0 == "/" } }
    return rest
  }

  private var draft: String { "\(path).\(getpid()).tmp" }

  /// Writes the text beside the file's place first, then moves it there.
  ///
  /// - Throws: where it cannot be written; nothing is left behind, and what stood there stays.
  func write(_ text: String) throws(InputError) {
    guard !keepsItsPlace else { return try writeInPlace(text) }
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

  private func writeInPlace(_ text: String) throws(InputError) {
    let descriptor = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
    guard descriptor >= 0 else { throw problem(errno) }
    var failure = writeAll(text, to: descriptor)
    if close(descriptor) != 0, failure == nil { failure = errno }
    if let failure { throw problem(failure) }
  }

  private func problem(_ code: Int32) -> InputError {
    InputError("\(oneLine(path)): cannot be written: \(String(cString: strerror(code)))")
  }
}

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A file named on the command line, or standard input where the name is `-`.
struct InputFile {
  /// The most bytes that are read.
  static let mostBytes = 1 << 29

  /// The name as given.
  let path: String

  /// What messages call it.
  var name: String { path == "-" ? "standard input" : path }

  /// Whether there is a file or directory of this name.
  var exists: Bool { access(path, F_OK) == 0 }

  /// The whole content of a text file.
  ///
  /// - Parameter limit: reading stops after this many bytes and one, so that a caller which accepts
  ///   no more can see that there were more.
  /// - Throws: where it cannot be read, is a directory, or is not text.
  func read(limit: Int = mostBytes) throws(InputError) -> [UInt8] {
    let descriptor = try open()
    defer { if path != "-" { close(descriptor) } }
    var bytes: [UInt8] = []
    let chunk = 1 << 16
    while bytes.count <= limit {
      let before = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: chunk))
      let count = bytes.withUnsafeMutableBytes { buffer in
        retryingInterrupts { systemRead(descriptor, buffer.baseAddress.map { $0 + before }, chunk) }
      }
      guard count >= 0 else { throw failure() }
      bytes.removeLast(chunk - count)
      if count == 0 { return bytes }
      guard !bytes[before...].contains(0) else {
        throw InputError("\(name): not a text file (it holds a zero byte)")
      }
    }
    return bytes
  }

  private func open() throws(InputError) -> Int32 {
    guard path != "-" else {
      guard isatty(STDIN_FILENO) == 0 else {
        throw InputError("no input: give the path of a file, or - and the input on standard input")
      }
      return STDIN_FILENO
    }
    guard !path.isEmpty else { throw InputError("the name of the input file is empty") }
    let descriptor = systemOpen(path)
    guard descriptor >= 0 else { throw failure() }
    return descriptor
  }

  private func failure() -> InputError {
    InputError("\(name): cannot be read: \(String(cString: strerror(errno)))")
  }
}

/// `open` for reading, which a method of the same name would hide.
private func systemOpen(_ path: String) -> Int32 {
  open(path, O_RDONLY | O_CLOEXEC)
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ size: Int) -> Int
{
  read(descriptor, buffer, size)
}

/// Repeats a system call that a signal interrupted.
func retryingInterrupts(_ call: () -> Int) -> Int {
  var result = call()
  while result < 0, errno == EINTR { result = call() }
  return result
}

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// What a command has to say, written when all of it is known.
enum StandardOutput {
  /// Writes the whole text. A reader that has gone away is no error: the program has done its work.
  ///
  /// - Throws: where it cannot be written for another reason, such as a full disk.
  static func write(_ text: String) throws(InputError) {
    guard let code = writeAll(text, to: STDOUT_FILENO), code != EPIPE else { return }
    throw InputError("standard output cannot be written: \(String(cString: strerror(code)))")
  }
}

/// One line of complaint.
enum StandardError {
  /// Writes the text, or as much of it as anybody can read.
  static func write(_ text: String) {
    _ = writeAll(text, to: STDERR_FILENO)
  }
}

/// Writes all of a text; the system's error number where it failed.
func writeAll(_ text: String, to descriptor: Int32) -> Int32? {
  var text = text
  return text.withUTF8 { bytes in
    var rest = UnsafeRawBufferPointer(bytes)
    while !rest.isEmpty {
      let count = retryingInterrupts { write(descriptor, rest.baseAddress, rest.count) }
      guard count >= 0 else { return errno }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return nil
  }
}

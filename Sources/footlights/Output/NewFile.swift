#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// The system refused.
struct SystemError: Error, CustomStringConvertible {
  let code: Int32

  var description: String { String(cString: strerror(code)) }
}

/// Writes a text into a folder under the first of its names that is free: nothing is written over.
///
/// - Parameter name: the `number`-th name, from 1.
/// - Returns: the name.
/// - Throws: `SystemError` when it cannot be written; nothing half-written stays behind.
func writeNewFile(
  _ text: String, in folder: String, name: (_ number: Int) -> String
) throws(SystemError) -> String {
  for number in 1...9999 {
    let name = name(number)
    let path = folder + "/" + name
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    if file < 0, errno == EEXIST { continue }
    guard file >= 0 else { throw SystemError(code: errno) }
    var failure = writeAll(text, to: file)
    if close(file) != 0, failure == nil { failure = errno }
    if let failure {
      unlink(path)
      throw SystemError(code: failure)
    }
    return name
  }
  throw SystemError(code: EEXIST)
}

internal import CellCanvas

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A picture could not be written.
struct PictureError: Error, CustomStringConvertible {
  let code: Int32

  var description: String { String(cString: strerror(code)) }
}

/// Writes a frame as an SVG document into a folder, under the first free name `footlights-N.svg`;
/// the name.
///
/// - Throws: `PictureError` when it cannot be written; nothing half-written stays behind.
func savePicture(of canvas: Canvas, in folder: String = ".") throws -> String {
  let picture = Array(svg(of: canvas, title: "Footlights").utf8)
  for number in 1...9999 {
    let name = "footlights-\(number).svg"
    let path = folder + "/" + name
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    if file < 0, errno == EEXIST { continue }
    guard file >= 0 else { throw PictureError(code: errno) }
    let failure = write(picture, to: file)
    close(file)
    if let failure {
      unlink(path)
      throw PictureError(code: failure)
    }
    return name
  }
  throw PictureError(code: EEXIST)
}

/// The error number, where not everything could be written.
private func write(_ bytes: [UInt8], to file: Int32) -> Int32? {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return errno }
    rest = rest.dropFirst(count)
  }
  return nil
}

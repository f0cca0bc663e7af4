internal import CellCanvas

/// Writes a frame as an SVG document into a folder, under the first free name `footlights-N.svg`;
/// the name.
///
/// - Throws: `SystemError` when it cannot be written; nothing half-written stays behind.
func savePicture(of canvas: Canvas, in folder: String = ".") throws -> String {
  try writeNewFile(svg(of: canvas, title: "Footlights"), in: folder) { "footlights-\($0).svg" }
}

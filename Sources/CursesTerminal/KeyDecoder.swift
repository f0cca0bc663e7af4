internal import CNcurses
internal import CellCanvas

/// From ncurses' input to events: UTF-8 put together, control characters named, unknown escape
/// sequences left out.
struct KeyDecoder {
  /// Bytes of a character that has not all arrived.
  private var partial: [UInt8] = []

  /// The events of what arrived together, in order.
  mutating func events(of inputs: [screen_input]) -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    var index = 0
    while index < inputs.count {
      if let end = endOfUnknownSequence(inputs, from: index) {
        index = end
        continue
      }
      let input = inputs[index]
      index += 1
      switch input.kind {
      case SCREEN_INPUT_BYTE:
        if let key = key(byte: UInt8(truncatingIfNeeded: input.value)) { events.append(.key(key)) }
      case SCREEN_INPUT_KEY:
        if let key = KeyDecoder.named(input.value) { events.append(.key(key)) }
      case SCREEN_INPUT_MOUSE:
        events += KeyDecoder.mouse(input).map { .mouse($0) }
      default: break
      }
    }
    return events
  }

  /// The index after an escape sequence (ECMA-48, section 5.4) that ncurses did not recognise.
  private func endOfUnknownSequence(_ inputs: [screen_input], from start: Int) -> Int? {
    func byte(_ index: Int) -> Int32? {
      guard index < inputs.count, inputs[index].kind == SCREEN_INPUT_BYTE else { return nil }
      return inputs[index].value
    }
    guard byte(start) == 27, let introducer = byte(start + 1) else { return nil }
    if introducer == 0x4F {
      return byte(start + 2) == nil ? nil : start + 3
    }
    guard introducer == 0x5B else { return nil }
    var index = start + 2
    while let next = byte(index), next >= 0x20, next < 0x40 { index += 1 }
    guard let final = byte(index), final >= 0x40, final < 0x7F else { return nil }
    return index + 1
  }

  private mutating func key(byte: UInt8) -> Key? {
    if byte >= 0x80 { return character(byte) }
    partial.removeAll()
    switch byte {
    case 0: return .control(" ")
    case 8, 127: return .backspace
    case 9: return .tab
    case 10, 13: return .enter
    case 27: return .escape
    case 1...26: return .control(Character(Unicode.Scalar(byte + 96)))
    case 28...31: return nil
    default: return .character(Character(Unicode.Scalar(byte)))
    }
  }

  /// The character that ends with this byte.
  private mutating func character(_ byte: UInt8) -> Key? {
    if byte >= 0xC0 { partial.removeAll() }
    partial.append(byte)
    guard let lead = partial.first, lead >= 0xC0 else {
      partial.removeAll()
      return nil
    }
    guard partial.count == (lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2) else { return nil }
    defer { partial.removeAll() }
    guard let text = String(validating: partial, as: UTF8.self), let first = text.first,
      first.unicodeScalars.allSatisfy({ $0.value >= 0xA0 })
    else { return nil }
    return .character(first)
  }

  private static func named(_ value: Int32) -> Key? {
    let function = value - Int32(SCREEN_KEY_FUNCTION.rawValue)
    if function > 0 { return .function(Int(function)) }
    switch screen_key(rawValue: UInt32(value)) {
    case SCREEN_KEY_UP: return .up
    case SCREEN_KEY_DOWN: return .down
    case SCREEN_KEY_LEFT: return .left
    case SCREEN_KEY_RIGHT: return .right
    case SCREEN_KEY_ENTER: return .enter
    case SCREEN_KEY_BACKSPACE: return .backspace
    case SCREEN_KEY_DELETE: return .delete
    case SCREEN_KEY_HOME: return .home
    case SCREEN_KEY_END: return .end
    case SCREEN_KEY_PAGE_UP: return .pageUp
    case SCREEN_KEY_PAGE_DOWN: return .pageDown
    case SCREEN_KEY_BACK_TAB: return .backTab
    default: return nil
    }
  }

  private static func mouse(_ input: screen_input) -> [Mouse] {
    let kinds: [Mouse.Kind]
    switch input.mouse {
    case SCREEN_MOUSE_PRESS: kinds = [.press]
    case SCREEN_MOUSE_RELEASE: kinds = [.release]
    case SCREEN_MOUSE_CLICK: kinds = [.press, .release]
    case SCREEN_MOUSE_WHEEL_UP: kinds = [.wheelUp]
    case SCREEN_MOUSE_WHEEL_DOWN: kinds = [.wheelDown]
    default: kinds = []
    }
    return kinds.map { Mouse(x: Int(input.x), y: Int(input.y), kind: $0) }
  }
}

import CellCanvas
import Telemetry

/// The bottom line: tabs of the views, then a message or the keys that apply now.
///
/// Laid out once for drawing and for clicks, so that what is seen is what is hit.
struct Footer {
  /// A stretch of text; one with an action can be clicked.
  struct Piece: Equatable {
    /// How it looks.
    enum Role: Equatable {
      case tab(isOpen: Bool)
      case key
      case label
      case message(Message.Kind)
    }

    var text: String
    var role: Role
    var action: Action?
    /// Its first column.
    var x = 0
  }

  private(set) var pieces: [Piece] = []
  private var x = 0
  private let width: Int
  private let look: Look

  init(state: InterfaceState, snapshot: EngineSnapshot, width: Int, look: Look) {
    self.width = width
    self.look = look
    addTabs(state)
    if let message = state.message, state.overlay == nil {
      let text = Self.text(of: message, snapshot: snapshot)
      add([Piece(text: text, role: .message(message.kind))])
    } else {
      addHints(state, snapshot)
    }
  }

  /// The action at a column, or nil.
  func action(at column: Int) -> Action? {
    pieces.first { column >= $0.x && column < $0.x + look.width(of: $0.text) }?.action
  }

  /// What a message says now: of a change, from which update on it holds.
  static func text(of message: Message, snapshot: EngineSnapshot) -> String {
    guard case .change(let mark) = message.kind else { return message.text }
    guard snapshot.marks.indices.contains(mark) else {
      return "\(message.text) from the next update on"
    }
    let update = NumberFormat.grouped(snapshot.marks[mark].update)
    return "\(message.text) from update \(update) on"
  }

  private mutating func addTabs(_ state: InterfaceState) {
    let views: [(ViewID, String, Action)] = [
      (.stage, "Stage", .showStage), (.workers, "Workers", .showWorkers),
      (.estimators, "Estimators", .showEstimators), (.episode, "Episode", .showEpisode),
      (.anatomy, "Anatomy", .showAnatomy),
    ]
    for (view, name, action) in views {
      let isNamed = width >= 120 || (state.view == view && width >= 60)
      let text = isNamed ? " \(view.rawValue) \(name) " : " \(view.rawValue) "
      add([Piece(text: text, role: .tab(isOpen: state.view == view), action: action)])
    }
    x += 1
  }

  private mutating func addHints(_ state: InterfaceState, _ snapshot: EngineSnapshot) {
    let hints = Self.hints(state: state, snapshot: snapshot)
    var room = width - x
    var chosen: [[Piece]] = []
    let help = hints.first { $0.priority == 0 }
    if let help { room -= columns(of: help.pieces) + 2 }
    for hint in hints where hint.priority > 0 {
      let needed = columns(of: hint.pieces) + 2
      guard needed <= room else { continue }
      room -= needed
      chosen.append(hint.pieces)
    }
    if let help { chosen.append(help.pieces) }
    for pieces in chosen {
      x += 1
      add(pieces)
      x += 1
    }
  }

  private func columns(of pieces: [Piece]) -> Int {
    pieces.reduce(0) { $0 + look.width(of: $1.text) }
  }

  private mutating func add(_ new: [Piece]) {
    for piece in new where x < width {
      var placed = piece
      placed.x = x
      x += look.width(of: piece.text)
      pieces.append(placed)
    }
  }

  /// The keys that apply now, the most important first; entries of one label stand together.
  static func hints(
    state: InterfaceState, snapshot: EngineSnapshot
  ) -> [(priority: Int, pieces: [Piece])] {
    let idle: Action = state.isZoomed ? .openPane : .closePane
    let active = KeyTable.bindings.filter {
      $0.hint != nil && $0.action != idle && isReached($0, state, snapshot)
    }
    var groups: [[KeyBinding]] = []
    for binding in active {
      if groups.last?.last?.hint == binding.hint {
        groups[groups.count - 1].append(binding)
      } else {
        groups.append([binding])
      }
    }
    let ordered = groups.enumerated().sorted {
      ($0.element[0].priority, $0.offset) < ($1.element[0].priority, $1.offset)
    }
    return ordered.map { _, group in
      var pieces = group.map { binding in
        Piece(
          text: (binding.keys.first?.title ?? "") + " ", role: .key, action: binding.action)
      }
      pieces.append(
        Piece(
          text: label(of: group[0], state: state, snapshot: snapshot), role: .label,
          action: group[0].action))
      return (group[0].priority, pieces)
    }
  }

  /// Whether the entry is what its first key does now: not where another stands before it.
  private static func isReached(
    _ binding: KeyBinding, _ state: InterfaceState, _ snapshot: EngineSnapshot
  ) -> Bool {
    guard binding.context.applies(to: state, snapshot: snapshot),
      KeyTable.refusal(of: binding.action, state: state, snapshot: snapshot) == nil
    else { return false }
    guard let key = binding.keys.first else { return true }
    return KeyTable.action(for: key, state: state, snapshot: snapshot) == binding.action
  }

  /// The label of a hint, where it follows the state: the pause key says what it will do.
  private static func label(
    of binding: KeyBinding, state: InterfaceState, snapshot: EngineSnapshot
  ) -> String {
    switch binding.action {
    case .togglePause:
      let isPaused = state.requests.isPaused ?? (snapshot.status == .paused)
      return isPaused ? "go on" : "pause"
    case .step: return state.grain.rawValue
    case .lowerSlot, .raiseSlot:
      return snapshot.settings.agent.hasTable ? "rival" : binding.hint ?? ""
    case .toggleRace: return snapshot.race?.status == .running ? "end race" : "race"
    default: return binding.hint ?? ""
    }
  }

  func draw(in rect: Rect, on canvas: inout Canvas) {
    guard !rect.isEmpty else { return }
    canvas.fill(Rect(x: rect.x, y: rect.y, width: rect.width, height: 1), " ", style: look.ground)
    for piece in pieces {
      canvas.text(
        look.spelt(piece.text), x: rect.x + piece.x, y: rect.y, style: style(of: piece.role),
        maxWidth: max(0, rect.width - piece.x))
    }
  }

  private func style(of role: Piece.Role) -> Style {
    let theme = look.theme
    switch role {
    case .tab(let isOpen): return isOpen ? look.selection.with(.bold) : look.dim
    case .key: return look.accent
    case .label: return look.text
    case .message(.note): return look.bright
    case .message(.refusal): return look.style(theme.warning, .bold)
    case .message(.change): return look.style(theme.good, .bold)
    }
  }
}

import CellCanvas
import Screens
import Telemetry
import TestSupport

let arguments = CommandLine.arguments
let name = arguments[1]
let columns = Int(arguments[2]) ?? 80
let rows = Int(arguments[3]) ?? 24
let running = arguments.contains("running")
let ascii = arguments.contains("ascii")
var snapshot = SampleSnapshots.with(SampleSnapshots.cartPole(), status: running ? .running : .paused)
snapshot.anatomy = SampleAnatomy.all.first { $0.name == name }?.report
var state = InterfaceState(columns: columns, rows: rows)
state.view = .anatomy
state.focusedWorker = 3
let look = ascii ? Look(theme: .mono, glyphs: .ascii, colors: .none) : Look()
let canvas = frame(
  state: state, snapshot: snapshot, catalogue: Catalogue(environments: [], agents: [], presets: []),
  size: Size(columns: columns, rows: rows), look: look)
for line in canvas.plainText { print(line) }

import CellCanvas
import Environments
import Randomness
import Screens
import TestSupport
import Testing

@Suite("Worlds of control as they are drawn")
struct WorldPictureTests {
  private var random = RandomStream(seed: 1)

  private func canvas(
    _ world: any Environment, after action: Int? = nil, columns: Int = 38, rows: Int = 10,
    look: Look = Look()
  ) -> Canvas {
    var canvas = Canvas(size: Size(columns: columns, rows: rows), background: look.ground)
    SceneView(scene: world.scene(lastAction: action)).draw(
      in: Rect(x: 0, y: 0, width: columns, height: rows), on: &canvas, look: look)
    return canvas
  }

  @Test("A pendulum near upright, turned clockwise, in a small pane")
  mutating func pendulum() throws {
    var world = Pendulum()
    try world.begin(in: [0.1, 0])
    _ = world.step(continuous: -2, random: &random)
    expectScreen(
      canvas(world),
      """
                        ⣀⠇
                        ⣿
                        ⣿⣀⣀
                        ⣿⡆ ⠑⢢
                        ⢸⡇  ⡌⡆⡔
                        ⠈⠁  ⠘⠟
      """)
  }

  @Test("A car on the valley's floor, pushed to the right, in a small pane")
  func mountainCar() throws {
    var world = MountainCar()
    try world.begin(in: [-0.5, 0])
    expectScreen(
      canvas(world, after: 2),
      """
                                  ⠠⣔⢺
                                    ⢹
           ⢸                      ⢀⣀⠼⠤⠄
           ⢸                    ⢀⠔⠁
           ⠘⢄                  ⡰⠁
            ⠈⢆               ⡠⠊
              ⠑⡄            ⡸
               ⠈⠢⡀    ━━━▶⡠⠊
                 ⠑⠤⣀▐██⢀⡠⠎
                    ⠉⠓⠉⠁
      """)
  }

  @Test("Two links on their way up, turned clockwise, in a small pane")
  func acrobot() throws {
    var world = Acrobot()
    try world.begin(in: [1, -0.8, 0, 0])
    expectScreen(
      canvas(world, after: 0),
      """


               ⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤

                        ⢀⡀
                        ⠈⠛⢷⣤⡀
                          ⣦⠌⢹⣇
                          ⠉⠓⠤⣿
                             ⢹⠇
      """)
  }

  @Test("Every world of control is drawn at every size, with and without its last action")
  mutating func sizes() throws {
    var pendulum = Pendulum()
    try pendulum.begin(in: [-2, 3])
    _ = pendulum.step(continuous: 1.5, random: &random)
    var car = MountainCarContinuous()
    try car.begin(in: [0.2, 0.01])
    _ = car.step(continuous: -0.8, random: &random)
    var links = Acrobot()
    try links.begin(in: [2, 1, 0, 0])
    let looks = [Look(), Look(theme: .mono, glyphs: .ascii, colors: .none)]
    for (world, action) in [(pendulum, nil), (car, nil), (links, 2)] as [(any Environment, Int?)] {
      for (columns, rows) in [(1, 1), (2, 2), (7, 3), (38, 10), (80, 24), (200, 60)] {
        for look in looks {
          let drawn = canvas(world, after: action, columns: columns, rows: rows, look: look)
          let isBlank = drawn.plainText.allSatisfy { $0.allSatisfy { $0 == " " } }
          #expect(isBlank == (columns < 2), "\(world.specification.name) at \(columns)x\(rows)")
          guard columns >= 38 else { continue }
          var still = world
          try still.begin(in: world.worldState)
          let quiet = canvas(still, columns: columns, rows: rows, look: look)
          #expect(drawn.plainText != quiet.plainText, "the last action is to be seen")
        }
      }
    }
  }
}

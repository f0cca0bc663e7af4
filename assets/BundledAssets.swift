/// The files that are embedded in the program, so that it can be moved as one binary.
///
/// The build turns every file of `mazes` and `presets` into a constant (`four-rooms.txt` into
/// `PackageResources.four_rooms_txt`); a test compares these lists with the folders.
public enum BundledAssets {
  /// A file: its name without folder and extension, and its bytes.
  public typealias File = (name: String, text: [UInt8])

  /// The mazes of `assets/mazes`, the easiest first.
  public static var mazes: [File] {
    [
      ("corridor", PackageResources.corridor_txt),
      ("four-by-three", PackageResources.four_by_three_txt),
      ("open-room", PackageResources.open_room_txt),
      ("cliff", PackageResources.cliff_txt),
      ("bridge", PackageResources.bridge_txt),
      ("ice-lake", PackageResources.ice_lake_txt),
      ("four-rooms", PackageResources.four_rooms_txt),
      ("detour", PackageResources.detour_txt),
      ("arena", PackageResources.arena_txt),
      ("spiral", PackageResources.spiral_txt),
      ("labyrinth", PackageResources.labyrinth_txt),
    ]
  }

  /// The presets of `assets/presets`, in the order they are listed to a user.
  public static var presets: [File] {
    [
      ("a3c", PackageResources.a3c_yaml),
      ("a2c", PackageResources.a2c_yaml),
      ("actor-critic", PackageResources.actor_critic_yaml),
      ("reinforce", PackageResources.reinforce_yaml),
      ("tabular", PackageResources.tabular_yaml),
      ("dqn", PackageResources.dqn_yaml),
      ("ddpg", PackageResources.ddpg_yaml),
    ]
  }
}

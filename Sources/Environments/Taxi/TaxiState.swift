/// Where the taxi is, where its passenger is, and where the passenger wants to go.
public struct TaxiState: Sendable, Equatable {
  /// The taxi's row, 0 to 4 from the top.
  public var row: Int
  /// The taxi's column, 0 to 4 from the left.
  public var column: Int
  /// The place of the passenger, 0 to 3 for R, G, Y, B; 4 in the taxi.
  public var passenger: Int
  /// The place the passenger wants to go to, 0 to 3.
  public var destination: Int

  /// Number of states.
  public static let count = 500
  /// The value of `passenger` in the taxi.
  public static let inTaxi = 4

  /// A state by its parts.
  public init(row: Int, column: Int, passenger: Int, destination: Int) {
    self.row = row
    self.column = column
    self.passenger = passenger
    self.destination = destination
  }

  /// Gymnasium's `decode`: the state of an index, 0 to 499.
  public init(index: Int) {
    precondition((0..<Self.count).contains(index), "a taxi has the states 0 to 499")
    destination = index % 4
    passenger = index / 4 % 5
    column = index / 20 % 5
    row = index / 100
  }

  /// Gymnasium's `encode`: ((row * 5 + column) * 5 + passenger) * 4 + destination.
  public var index: Int { ((row * 5 + column) * 5 + passenger) * 4 + destination }

  /// The taxi's square, row * 5 + column.
  var square: Int { row * 5 + column }
}

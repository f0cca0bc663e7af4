internal import CKernels

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// The vector kernels a network computes with: one instruction set, fast or reproducible.
///
/// The fast kernels fuse multiply and add and refine the processor's estimates of reciprocals and
/// roots (relative error below 1e-6). The reproducible ones do neither: they give the same bits on
/// every instruction set, for about a quarter more time.
///
/// The environment variable `FOOTLIGHTS_KERNELS` (`base`, `avx2`, `avx512` or `reproducible`)
/// overrides the choice made at start; `problem` says when its value could not be followed.
public struct KernelTable: Sendable, Equatable, CustomStringConvertible {
  /// An instruction set the kernels are compiled for.
  public enum InstructionSet: String, Sendable, CaseIterable {
    /// Four lanes: SSE2 on x86-64, NEON on aarch64.
    case base
    /// Eight lanes.
    case avx2
    /// Sixteen lanes.
    case avx512
  }

  /// The instruction set.
  public let instructionSet: InstructionSet
  /// Without fused multiply-add and estimates: the same bits on every instruction set.
  public let isReproducible: Bool

  // A constant table of function pointers: safe to share, which the compiler cannot know.
  nonisolated(unsafe) let functions: UnsafePointer<footlights_kernels>

  /// The kernels of `instructionSet`, or nil where this processor does not have it.
  public init?(_ instructionSet: InstructionSet, reproducible: Bool = false) {
    let code =
      switch instructionSet {
      case .base: FOOTLIGHTS_BASE
      case .avx2: FOOTLIGHTS_AVX2
      case .avx512: FOOTLIGHTS_AVX512
      }
    guard let functions = footlights_kernels_for(Int32(code), reproducible ? 1 : 0) else {
      return nil
    }
    self.instructionSet = instructionSet
    isReproducible = reproducible
    self.functions = functions
  }

  private init(baseReproducible: Bool) {
    instructionSet = .base
    isReproducible = baseReproducible
    functions = footlights_base_kernels(baseReproducible ? 1 : 0)
  }

  /// Every table this processor can run, fast and reproducible, the widest last.
  public static let supported: [KernelTable] = InstructionSet.allCases.flatMap { set in
    [KernelTable(set), KernelTable(set, reproducible: true)].compactMap { $0 }
  }

  /// The kernels to use where speed matters: the widest, or what `FOOTLIGHTS_KERNELS` asks for.
  public static let fast: KernelTable = choice.fast

  /// The kernels to use where bits matter: the widest reproducible ones.
  public static let reproducible: KernelTable = choice.reproducible

  /// What is wrong with the value of `FOOTLIGHTS_KERNELS`, or nil: one line for the user.
  public static let problem: String? = choice.problem

  /// The name: `avx512`, `base reproducible`.
  public var description: String {
    isReproducible ? "\(instructionSet.rawValue) reproducible" : instructionSet.rawValue
  }

  /// Whether both are the same kernels.
  public static func == (a: KernelTable, b: KernelTable) -> Bool {
    a.instructionSet == b.instructionSet && a.isReproducible == b.isReproducible
  }
}

extension KernelTable {
  /// The tables in use and what could not be followed of a request.
  struct Choice {
    var fast: KernelTable
    var reproducible: KernelTable
    var problem: String?
  }

  private static let choice: Choice = {
    guard let value = getenv("FOOTLIGHTS_KERNELS") else { return choose(request: nil) }
    return choose(request: String(cString: value))
  }()

  /// The widest tables, or those that `request` names.
  static func choose(request: String?) -> Choice {
    var widest = Choice(
      fast: supported.last { !$0.isReproducible } ?? KernelTable(baseReproducible: false),
      reproducible: supported.last(where: \.isReproducible) ?? KernelTable(baseReproducible: true))
    guard let request, !request.isEmpty else { return widest }
    if request == "reproducible" {
      widest.fast = widest.reproducible
      return widest
    }
    guard let set = InstructionSet(rawValue: request) else {
      widest.problem =
        "FOOTLIGHTS_KERNELS: \"\(request.filter { !$0.isNewline })\" is not known; "
        + "accepted are base, avx2, avx512, reproducible"
      return widest
    }
    guard let fast = KernelTable(set), let exact = KernelTable(set, reproducible: true) else {
      let names = supported.filter { !$0.isReproducible }.map(\.description)
      widest.problem =
        "FOOTLIGHTS_KERNELS: this processor has no \(request); "
        + "accepted are \(names.joined(separator: ", ")), reproducible"
      return widest
    }
    return Choice(fast: fast, reproducible: exact)
  }
}

internal import Foundation

/// The path of a program of this package, built beside the tests.
public func builtProgram(_ name: String) -> String {
  let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
  let folder =
    bundle.bundlePath.hasSuffix(".xctest")
    ? bundle.bundleURL.deletingLastPathComponent() : bundle.bundleURL
  return folder.appendingPathComponent(name).path
}

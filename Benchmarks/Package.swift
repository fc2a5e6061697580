// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "Fulcrum", path: "..")],
  targets: [
    .executableTarget(
      name: "kernels", dependencies: [.product(name: "Fulcrum", package: "Fulcrum")],
      swiftSettings: strict)
  ],
  swiftLanguageModes: [.v6]
)

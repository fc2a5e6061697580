// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let estimators = Target.Dependency.product(name: "Estimators", package: "Fulcrum")

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "Fulcrum", path: "..")],
  targets: [
    .target(name: "MadeData", dependencies: [estimators], swiftSettings: strict),
    .executableTarget(
      name: "kernels", dependencies: ["MadeData", estimators], swiftSettings: strict),
    .executableTarget(
      name: "jobs", dependencies: ["MadeData", estimators], swiftSettings: strict),
    // Sees the reader of tables, which is no product: built with -enable-testing.
    .executableTarget(name: "reading", dependencies: [estimators], swiftSettings: strict),
    .executableTarget(
      name: "coverage",
      dependencies: [estimators, .product(name: "TestSupport", package: "Fulcrum")],
      swiftSettings: strict),
    .executableTarget(
      name: "calibration",
      dependencies: ["MadeData", .product(name: "Fulcrum", package: "Fulcrum")],
      swiftSettings: strict),
    .executableTarget(
      name: "multiverse", dependencies: [.product(name: "Fulcrum", package: "Fulcrum")],
      swiftSettings: strict),
    .executableTarget(
      name: "judgements", dependencies: [.product(name: "Fulcrum", package: "Fulcrum")],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Declares one room of the house: its folder in `Sources/` and what it may import.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// Declares the tests of one room.
func tests(
  of name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [],
  excluding excluded: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.init(stringLiteral: name), "TestSupport"] + dependencies,
    exclude: excluded, resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "Fulcrum",
  products: [
    .library(
      name: "Fulcrum",
      targets: [
        "Panels", "Effects", "Evidence", "Indicators", "Studies", "Scenarios", "Publishing",
        "Observatory",
      ]),
    // What estimates and knows no evidence; the benchmarks build no more than this.
    .library(name: "Estimators", targets: ["Panels", "Effects"]),
    // What simulations outside of the tests make their panels with.
    .library(name: "TestSupport", targets: ["TestSupport"]),
    .executable(name: "fulcrum", targets: ["fulcrum"]),
  ],
  targets: [
    .systemLibrary(
      name: "CLAPACK", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev", "liblapacke-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    // ReadStat installs no description for pkg-config.
    .systemLibrary(name: "CReadStat", providers: [.apt(["libreadstat-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),

    .target(
      name: "LinearAlgebra", dependencies: ["CLAPACK"], swiftSettings: strict,
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    room("Tables", ["CExpat", "CReadStat", "CZip", "CZlib"]),
    room("Panels", ["LinearAlgebra", "Tables"]),
    room("Effects", ["Tables", "Panels", "LinearAlgebra"]),
    .target(
      name: "Evidence", dependencies: ["CNettle", "CYAML", "Tables"],
      resources: [.copy("../../Casebooks")], swiftSettings: strict),
    room("Indicators", ["Evidence", "Panels"]),
    room("Studies", ["Tables", "Evidence", "Indicators", "Panels", "Effects"]),
    room(
      "Scenarios",
      ["LinearAlgebra", "Tables", "Evidence", "Indicators", "Panels", "Effects", "Studies"]),
    room(
      "Publishing",
      ["Tables", "Evidence", "Indicators", "Panels", "Effects", "Studies", "Scenarios"]),
    room(
      "Observatory",
      [
        "CMicroHTTPD", "Tables", "Evidence", "Indicators", "Studies", "Scenarios", "Publishing",
      ]),
    .executableTarget(
      name: "fulcrum",
      dependencies: [
        "Tables", "Panels", "Effects", "Evidence", "Indicators", "Studies", "Scenarios",
        "Publishing", "Observatory",
      ],
      swiftSettings: strict),
    room("TestSupport", ["Panels", "LinearAlgebra"]),
    .testTarget(
      name: "FulcrumTests", dependencies: ["fulcrum", "Publishing", "TestSupport"],
      path: "Tests/fulcrumTests", swiftSettings: strict),
    tests(of: "LinearAlgebra"),
    tests(of: "Indicators", ["Evidence", "Panels"]),
    tests(
      of: "Studies", ["Tables", "Evidence", "Indicators", "Effects", "Panels", "LinearAlgebra"]),
    tests(
      of: "Scenarios", ["LinearAlgebra", "Tables", "Evidence", "Studies"],
      resources: [.copy("ReferenceValues")]),
    tests(of: "Effects", ["Panels", "LinearAlgebra"], resources: [.copy("ReferenceValues")]),
    tests(of: "Tables", ["CZlib"], excluding: ["Files"]),
    tests(of: "Panels", ["Tables"]),
    tests(of: "Evidence", ["Tables"]),
    tests(of: "Observatory", ["Tables", "Evidence", "Publishing", "Studies"]),
    tests(
      of: "Publishing",
      ["Evidence", "Indicators", "Panels", "Effects", "Studies", "Scenarios", "LinearAlgebra"],
      excluding: ["Golden", "StandIn"]),
  ],
  swiftLanguageModes: [.v6]
)

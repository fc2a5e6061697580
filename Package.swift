// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The settings of the modules that loop over rows and cells.
///
/// Checks would wait for their loops if these were not optimised, and for the compiler if all modules
/// were. `make` sets the variable; no other package sees the flags.
let looping: [SwiftSetting] =
  Context.environment["FULCRUM_LOOPS"] == "optimised"
  ? strict + [.unsafeFlags(["-O", "-whole-module-optimization", "-num-threads", "2"])] : strict

/// Declares one room of the house: its folder in `Sources/` and what it may import.
func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = strict
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
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
        "Documents", "Panels", "Effects", "Evidence", "Importing", "Indicators", "Studies",
        "Scenarios", "Publishing", "HTTP", "Observatory",
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
      name: "LinearAlgebra", dependencies: ["CLAPACK"], swiftSettings: looping,
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    room("Documents", ["CNettle", "CYAML"]),
    room("Tables", ["CExpat", "CReadStat", "CZip", "CZlib", "Documents"]),
    room("Panels", ["LinearAlgebra", "Documents", "Tables"], settings: looping),
    room("Effects", ["Documents", "Panels", "LinearAlgebra"], settings: looping),
    .target(
      name: "Evidence", dependencies: ["Documents"],
      resources: [.copy("../../Casebooks")], swiftSettings: strict),
    room("Importing", ["Documents", "Tables", "Evidence"]),
    room("Indicators", ["Documents", "Evidence", "Panels"]),
    room(
      "Studies",
      ["LinearAlgebra", "Documents", "Evidence", "Indicators", "Panels", "Effects"]),
    room(
      "Scenarios",
      [
        "LinearAlgebra", "Documents", "Evidence", "Indicators", "Panels", "Effects", "Studies",
      ]),
    room("Markup", ["Documents"]),
    .target(
      name: "Publishing",
      dependencies: [
        "Documents", "Markup", "Tables", "Evidence", "Importing", "Indicators", "Panels",
        "Effects", "Studies", "Scenarios",
      ],
      resources: [.copy("../../Web")], swiftSettings: strict),
    room("HTTP", ["CMicroHTTPD", "Documents", "Tables"]),
    room(
      "Observatory",
      [
        "LinearAlgebra", "Panels", "Effects", "Documents", "Markup", "HTTP", "Evidence",
        "Indicators", "Studies", "Scenarios", "Publishing",
      ]),
    .executableTarget(
      name: "fulcrum",
      dependencies: [
        "Documents", "Tables", "Panels", "Effects", "Evidence", "Importing", "Indicators",
        "Studies", "Scenarios", "Publishing", "HTTP", "Observatory",
      ],
      swiftSettings: strict),
    room("TestSupport", ["Panels", "LinearAlgebra"]),
    .testTarget(
      name: "FulcrumTests",
      dependencies: ["fulcrum", "Documents", "Importing", "Publishing", "TestSupport"],
      path: "Tests/fulcrumTests", exclude: ["Golden"], swiftSettings: strict),
    tests(of: "LinearAlgebra"),
    tests(of: "Indicators", ["Documents", "Evidence", "Panels"]),
    tests(
      of: "Studies", ["Documents", "Evidence", "Indicators", "Effects", "Panels", "LinearAlgebra"]),
    tests(
      of: "Scenarios", ["LinearAlgebra", "Documents", "Evidence", "Studies"],
      resources: [.copy("ReferenceValues")]),
    tests(of: "Effects", ["Panels", "LinearAlgebra"], resources: [.copy("ReferenceValues")]),
    tests(of: "Documents"),
    tests(of: "Tables", ["CZlib"], excluding: ["Files"]),
    tests(of: "Panels", ["Documents"]),
    tests(of: "Evidence", ["Documents", "Importing", "Tables"]),
    tests(
      of: "Observatory",
      ["Documents", "HTTP", "Importing", "Markup", "Evidence", "Publishing", "Studies"]),
    tests(
      of: "Publishing",
      [
        "Documents", "Markup", "Evidence", "Importing", "Indicators", "Panels", "Effects",
        "Studies", "Scenarios", "LinearAlgebra",
      ],
      excluding: ["Golden", "StandIn"]),
  ],
  swiftLanguageModes: [.v6]
)

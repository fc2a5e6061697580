// swift-tools-version: 6.2
import PackageDescription

// A package of its own: `make fuzz` builds it and all modules with coverage for libFuzzer and with
// AddressSanitizer.
let package = Package(
  name: "Fuzz",
  dependencies: [.package(name: "Fulcrum", path: "..")],
  targets: [
    .target(name: "CFuzzer"),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "CFuzzer", .product(name: "Fulcrum", package: "Fulcrum"),
        .product(name: "TestSupport", package: "Fulcrum"),
      ],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]),
  ],
  swiftLanguageModes: [.v6]
)

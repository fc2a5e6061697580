import Foundation
import MadeData

/// The files of made data that both sides of a comparison read.
struct MadeFiles {
  let folder: URL

  /// Staggered panels by the units and periods in their names, block panels, and rows as raw columns.
  func write() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (units, periods) in [(1_000, 20), (10_000, 20), (1_000, 200)] {
      try write("staggered-\(units)x\(periods).csv") {
        MadeTables.staggered(units: units, periods: periods)
      }
    }
    try write("block-39x31.csv") { MadeTables.block(units: 39, periods: 31, treated: 1) }
    try write("block-50x31.csv") { MadeTables.block(units: 50, periods: 31, treated: 4) }
    try write("block-500x31.csv") { MadeTables.block(units: 500, periods: 31, treated: 4) }
    try write("block-50x310.csv") { MadeTables.block(units: 50, periods: 310, treated: 4) }
    try writeRows("rows-1m", units: 100_000)
    try writeRows("rows-10m", units: 1_000_000)
  }

  private func write(_ name: String, _ text: () -> String) throws {
    let file = folder.appending(path: name)
    guard !FileManager.default.fileExists(atPath: file.path) else { return }
    try Data(text().utf8).write(to: file, options: .atomic)
  }

  private func writeRows(_ name: String, units: Int) throws {
    let last = folder.appending(path: "\(name).outcomes.f64")
    guard !FileManager.default.fileExists(atPath: last.path) else { return }
    let rows = MadeRows(units: units, periods: 1_000, seed: 7)
    try write(rows.units, to: "\(name).units.i32")
    try write(rows.periods, to: "\(name).periods.i32")
    try write(rows.treatments, to: "\(name).treatments.f64")
    try write(rows.outcomes, to: "\(name).outcomes.f64")
  }

  private func write<Number>(_ numbers: [Number], to name: String) throws {
    let data = numbers.withUnsafeBytes { Data($0) }
    try data.write(to: folder.appending(path: name), options: .atomic)
  }

  /// Reads a column of raw numbers.
  static func column<Number: BitwiseCopyable>(_ file: URL, of type: Number.Type) throws -> [Number]
  {
    try Data(contentsOf: file, options: .alwaysMapped).withUnsafeBytes { bytes in
      Array(bytes.bindMemory(to: type))
    }
  }
}

import Dispatch
import Foundation

/// Reads tables and prints, as a line of JSON, the times and how many bytes and cells there were.
///
/// `reading touch|cut|columns RUNS THREADS FILE…` does it once unmeasured and then RUNS times, from the
/// disk each time. `touch` adds up the bytes, `cut` finds all rows and cells, `columns` makes a column of
/// numbers or of texts of each, as the peers do. Each thread reads all files.
@main struct Reading {
  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    guard words.count > 3, let work = works[words[0]], let runs = Int(words[1]),
      let threads = Int(words[2])
    else {
      print("usage: reading touch|cut|columns RUNS THREADS FILE…")
      exit(2)
    }
    let files = words[3...].map { URL(filePath: $0) }
    let sizes = try files.map { try Data(contentsOf: $0).count }
    var cells = try read(files, work, threads)
    let processor = processorSeconds()
    let seconds = try (0..<runs).map { _ in
      try ContinuousClock().measure { cells = try read(files, work, threads) } / .seconds(1)
    }
    let report = Report(
      seconds: seconds, processorSeconds: (processorSeconds() - processor) / Double(max(runs, 1)),
      memory: usage().ru_maxrss * 1024,
      values: ["bytes": Double(threads * sizes.reduce(0, +)), "cells": Double(cells)])
    print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
  }

  private typealias Work = @Sendable (UnsafeBufferPointer<UInt8>) -> Int

  private static let works: [String: Work] = [
    "touch": { Int(truncatingIfNeeded: WordSum.of($0)) },
    "cut": { ColumnTable.cells(in: $0) },
    "columns": { ColumnTable($0).cellCount },
  ]

  private static func read(_ files: [URL], _ work: @escaping Work, _ threads: Int) throws -> Int {
    let counts = Counts(threads)
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      for file in files {
        guard let data = try? Data(contentsOf: file, options: .mappedIfSafe) else { continue }
        counts.add(data.withUnsafeBytes { work($0.bindMemory(to: UInt8.self)) }, thread)
      }
    }
    return counts.sum
  }

  private struct Report: Encodable {
    let seconds: [Double]
    /// Of all threads, for one run.
    let processorSeconds: Double
    let memory: Int
    let values: [String: Double]
  }

  private static func processorSeconds() -> Double {
    let usage = usage()
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }

  private static func usage() -> rusage {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage
  }
}

/// A count for each thread, written by it alone.
private final class Counts: @unchecked Sendable {
  private let counts: UnsafeMutableBufferPointer<Int>

  init(_ threads: Int) {
    counts = .allocate(capacity: threads)
    counts.initialize(repeating: 0)
  }

  deinit { counts.deallocate() }

  func add(_ count: Int, _ thread: Int) { counts[thread] &+= count }

  var sum: Int { counts.reduce(0, &+) }
}

/// Adds up memory in words of eight bytes: the least that reading every byte can take.
enum WordSum {
  static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(bytes)
    var sums = SIMD8<UInt64>.zero
    for place in stride(from: 0, to: raw.count / 64 * 64, by: 64) {
      sums &+= raw.loadUnaligned(fromByteOffset: place, as: SIMD8<UInt64>.self)
    }
    return sums.wrappedSum()
  }
}

import Foundation
import MadeData

/// Does one job of the comparison with the peers and prints, as a line of JSON, its times and results.
///
/// `jobs make FOLDER` writes the data that both sides read; `jobs NAME FOLDER RUNS THREADS` reads what the
/// job needs, does it once unmeasured and then RUNS times.
@main struct Jobs {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.count == 2, arguments[0] == "make" {
      return try MadeFiles(folder: URL(filePath: arguments[1])).write()
    }
    guard arguments.count == 4, let runs = Int(arguments[2]), let threads = Int(arguments[3]),
      let prepare = Job.all[arguments[0]]
    else {
      print("usage: jobs make FOLDER | jobs NAME FOLDER RUNS THREADS; names:")
      for name in Job.all.keys.sorted() { print("  \(name)") }
      exit(2)
    }
    let work = try prepare(URL(filePath: arguments[1]), threads)
    let before = peakMemory()
    var values = try work()
    let clock = ContinuousClock()
    let processor = processorSeconds()
    let seconds = try (0..<runs).map { _ in
      try clock.measure { values = try work() } / .seconds(1)
    }
    let report = Report(
      seconds: seconds, processorSeconds: (processorSeconds() - processor) / Double(max(runs, 1)),
      memoryBefore: before, memory: peakMemory(), values: values)
    print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
  }
}

/// What a job prints; memory in bytes, the most that the process held.
private struct Report: Encodable {
  let seconds: [Double]
  /// Of all threads, for one run.
  let processorSeconds: Double
  let memoryBefore: Int
  let memory: Int
  let values: [String: [Double]]
}

/// The most memory that this process has held so far, in bytes.
private func peakMemory() -> Int { usage().ru_maxrss * 1024 }

/// The time that all threads of this process have computed so far.
private func processorSeconds() -> Double {
  let usage = usage()
  return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
}

private func usage() -> rusage {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage
}

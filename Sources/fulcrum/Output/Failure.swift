/// How a run of the program ended; the same codes everywhere.
enum ExitCode: Int32 {
  case clean = 0
  case problems = 1
  /// Something cannot be read or written, the arguments included.
  case unreadable = 2
}

/// Why a run stops before its work is done.
struct Failure: Error {
  let message: String
  var code = ExitCode.unreadable
}

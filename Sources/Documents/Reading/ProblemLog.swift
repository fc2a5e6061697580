/// The problems of one table in the making: the first are listed, more are counted.
package struct ProblemLog: Sendable {
  package let file: String
  /// More problems than this are counted, not listed.
  package let limit: Int
  private var listed: [Problem] = []
  private var unlisted = 0

  package init(file: String, limit: Int = 200) { (self.file, self.limit) = (file, limit) }

  /// How many problems there are, listed or not.
  package var count: Int { listed.count + unlisted }

  package var problems: [Problem] {
    guard unlisted > 0 else { return listed }
    return listed + [
      Problem(
        file: file, message: "has \(Numeral.grouped(unlisted)) more problems",
        advice: "correct these first")
    ]
  }

  package mutating func report(
    row: Int?, column: String?, value: String? = nil, _ message: String, advice: String? = nil
  ) {
    guard listed.count < limit else {
      unlisted += 1
      return
    }
    listed.append(
      Problem(
        file: file, place: row.map { .row($0, column: column) } ?? .file,
        value: value.map(Problem.kept), message: message, advice: advice))
  }
}

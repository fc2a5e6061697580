import Importing
import Evidence
import Foundation
import Publishing
import Studies

extension Fulcrum {
  static let trace = Command(
    name: "trace",
    summary: "Follows a claim, fact, series value or outcome both ways.",
    operands: "ID [--casebook DIR] [--study ID] [--as-known-on DATE] [--texts DIR]\n\n"
      + "ID is a claim, a fact, an outcome or a series value as variable/actor/period.",
    options: [
      Command.option("--casebook", "DIR", "the casebook; the built-in one unless given"),
      Command.option("--study", "ID", "the study; not needed where the casebook has one only"),
      Command.option("--as-known-on", "DATE", "as it was recorded by the end of a day"),
      Command.option("--texts", "DIR", "sources' texts, found by their hash, to show the words"),
      namesOption,
      Command.option("--threads", "N", "how many threads; all processors unless given"),
    ],
    run: { arguments in
      let id = try arguments.operands("ID")[0]
      let texts = try arguments["--texts"].map { try SourceTexts(in: URL(filePath: $0)) }
      let casebook = try casebook(at: arguments["--casebook"])
      let known = try known(casebook, arguments)
      let file = try studyFile(arguments, in: casebook)
      let threads = try arguments.threads()
      let text: String
      do {
        let answer = try Study(contentsOf: file, for: casebook).answer(
          from: known, threads: threads)
        text = try TraceText(answer, texts: texts).text(of: id)
      } catch let problem where !(problem is PublishingError) {
        // What rests on evidence only can be followed all the same.
        guard let rest = try? TraceText(unanswered: known, texts: texts).text(of: id) else {
          throw problem
        }
        text = rest
      }
      print(text, terminator: "")
      return .clean
    })
}

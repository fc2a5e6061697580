package import Foundation
import Documents

/// A casebook to start a question of one's own with: valid and without a claim.
///
/// What the built-in casebook knows of the named actors (their names, the time of their existence
/// and their codes) comes along; the others are named by their ids.
package struct NewCasebook {
  package let title: String
  package let question: String
  /// Toward whom engagement is measured.
  package let counterpart: ActorID
  /// Whose members are compared with states that have not joined.
  package let organisation: ActorID
  package let states: [ActorID]
  package let periods: ClosedRange<Int>

  package init(
    title: String, question: String, counterpart: ActorID, organisation: ActorID,
    states: [ActorID], periods: ClosedRange<Int>
  ) {
    self.title = title
    self.question = question
    self.counterpart = counterpart
    self.organisation = organisation
    self.states = states
    self.periods = periods
  }

  /// Writes the casebook into a folder, which must be empty or not there yet.
  ///
  /// - Throws: `CasebookError`, `FileError`; then nothing was written.
  package func write(to folder: URL) throws {
    let model = try CasebookFiles(in: Casebook.westernBalkans)
    let files = try contents(like: model)
    _ = try Casebook(files: CasebookFiles(folder: folder, contents: files))
    try checkEmpty(folder)
    let isNew = FileStatus(at: folder.path) == nil
    do {
      try FileSet.inNewFolder(folder).hold(for: "fulcrum init") { set in
        try checkEmpty(folder)
        try set.replace(files)
      }
    } catch {
      // Only a folder that is empty goes.
      if isNew { rmdir(folder.path) }
      throw error
    }
  }

  /// Gives the files, by their path in the casebook.
  ///
  /// - Throws: `CasebookError.problems` when a name is not fit to be one.
  func contents(like model: CasebookFiles) throws -> [String: Data] {
    try checkNames()
    let known = try Casebook(files: model)
    let templates = try CasebookFiles(in: Casebook.template)
    var files: [String: Data] = [:]
    for table in Casebook.tables.map(\.schema) {
      files["\(table.table).csv"] = Data(CSVWriter.row(table.fields.map(\.name)).utf8)
    }
    for (path, template) in [
      ("codebook.yaml", "codebook.yaml"), ("studies/question.yaml", "study.yaml"),
    ] {
      let text = String(decoding: templates.contents[template] ?? Data(), as: UTF8.self)
      files[path] = Data(filled(text).utf8)
    }
    files["actors.csv"]?.append(Data(actorRows(known).utf8))
    let codes = codeRows(known)
    files["codes.csv"]?.append(Data(codes.rows.utf8))
    files["codebook.yaml"]?.append(Data(codes.vocabulary.utf8))
    let codebook = try YAMLNode(
      yaml: [UInt8](files["codebook.yaml"] ?? Data()), file: "codebook.yaml")
    files["datapackage.json"] = description(Codebook.read(codebook).codebook)
    return files
  }

  private var actors: [ActorID] { (states + [counterpart, organisation]).uniqued }

  // MARK: Texts

  private func filled(_ template: String) -> String {
    let words = [
      "question": quotable(question), "counterpart": counterpart.rawValue,
      "organisation": organisation.rawValue,
      "states": states.map { "\"\($0.rawValue)\"" }.joined(separator: ", "),
      "periods": "\(periods.lowerBound)-\(periods.upperBound)",
    ]
    return words.reduce(template) { $0.replacing("@\($1.key)@", with: $1.value) }
  }

  /// The text as it may stand between double quotes in YAML.
  private func quotable(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: " ")
  }

  private func actorRows(_ known: Casebook) -> String {
    actors.map { id in
      let actor = known.actor(id)
      let kind = actor?.kind ?? (id == organisation ? .organisation : .state)
      return row(
        Actor {
          $0.id = id
          $0.name = actor?.name ?? placeName(id) ?? id.rawValue
          $0.kind = kind
          $0.from = actor?.from
          $0.to = actor?.to
          $0.note = actor?.note
        })
    }.joined()
  }

  private func row<R: Record>(_ record: R) -> String { CSVWriter.row(R.fields.cells(of: record)) }

  /// The name of a state or territory that public data sets know by these letters of ISO 3166-1.
  private func placeName(_ id: ActorID) -> String? {
    KnownPlaces.builtIn.place(id.rawValue, of: .iso3, in: nil)?.name
  }

  /// The codes of the known actors, and the definitions of the systems that they belong to.
  private func codeRows(_ known: Casebook) -> (rows: String, vocabulary: String) {
    let codes = known.codes.filter { actors.contains($0.actor) }
    let systems = known.codebook.vocabularies["code_systems", default: []]
    let lines = systems.map { term in
      "  - {id: \(term.id), title: \"\(quotable(term.title))\", "
        + "definition: \"\(quotable(term.definition ?? ""))\"}\n"
    }
    return (codes.map { row($0) }.joined(), "\ncode_systems:\n" + lines.joined())
  }

  /// Describes the tables, with the words of a codebook.
  private func description(_ codebook: Codebook) -> Data {
    let described: JSON = [
      "profile": "tabular-data-package", "name": .string(name), "version": "0.1.0",
      "title": .string(title), "description": .string(question),
      "resources": .array(Casebook.tables.map { $0.schema.resource(codebook) }),
    ]
    return Data(described.text(indented: true).utf8)
  }

  /// The title in lower-case letters, digits and hyphens.
  var name: String {
    title.slug.isEmpty ? "casebook" : title.slug
  }

  // MARK: Checks

  private func checkNames() throws {
    let unfit = actors.filter { !$0.rawValue.isName }
    let problems = unfit.map { id in
      Problem(
        file: "actors.csv", value: id.rawValue, message: "cannot be an actor's id",
        advice: "write letters and digits, with single hyphens between them")
    }
    guard problems.isEmpty else { throw CasebookError.problems(problems) }
  }

  private func checkEmpty(_ folder: URL) throws {
    guard let status = FileStatus(at: folder.path) else { return }
    let items = status.kind == .folder ? FileSet.items(of: folder) : nil
    guard let items, items.isEmpty else {
      throw CasebookError.problems([
        Problem(
          file: folder.relativePath, message: items == nil ? "is no folder" : "is not empty",
          advice: "name a new folder")
      ])
    }
  }
}

extension String {
  /// Whether the text is letters and digits, with single hyphens between them.
  var isName: Bool {
    let parts = split(separator: "-", omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { Character(UnicodeScalar($0)).isASCIIWord }
    }
  }
}

extension Character {
  fileprivate var isASCIIWord: Bool { isASCII && (isLetter || isNumber) }
}

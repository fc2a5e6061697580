public import Foundation
public import Documents

extension Casebook {
  /// Reads the casebook in a folder.
  ///
  /// With `today`, dates of entry after it are problems.
  ///
  /// - Throws: `CasebookError`: all problems of the folder, or why it cannot be read.
  public init(contentsOf folder: URL, today: Day? = nil) throws {
    try self.init(contentsOf: folder, today: today, limits: .standard)
  }

  /// The same, within other limits, which count for its studies and scenarios, too.
  package init(contentsOf folder: URL, today: Day? = nil, limits: ReadingLimits) throws {
    try self.init(files: CasebookFiles(in: folder, limits: limits), today: today)
  }

  /// Reads the casebook in some files.
  ///
  /// - Throws: `CasebookError.problems`.
  package init(files: CasebookFiles, today: Day? = nil) throws {
    let reading = CasebookReading(files, today: today)
    guard reading.problems.isEmpty else { throw CasebookError.problems(reading.problems) }
    self = reading.casebook
  }

  /// Finds every problem of the casebook in a folder, in the order of files and rows.
  ///
  /// - Throws: `CasebookError.unreadable` when the folder or a file in it cannot be read.
  public static func check(contentsOf folder: URL) throws -> [Problem] {
    CasebookReading(try CasebookFiles(in: folder)).problems
  }
}

/// A casebook as far as it could be read, with every problem met.
struct CasebookReading {
  private(set) var casebook: Casebook
  private(set) var problems: [Problem] = []
  private let files: CasebookFiles
  private var origins: [String: [Origin]] = [:]
  private var unread: Set<String> = []

  /// The tables without which a folder is no casebook.
  private static let required = ["actors", "sources", "claims"]

  init(_ files: CasebookFiles, today: Day? = nil) {
    self.files = files
    casebook = Casebook(folder: files.folder)
    casebook.limits = files.limits
    let hash = FileHash { files.sha256 }
    hash.begin()
    readDescription()
    readCodebook()
    readTables()
    readQuestions()
    findStrangeTables()
    casebook.reindex()
    casebook.sha256 = hash.text
    problems += CasebookChecker(casebook, origins, unread: unread, today: today).problems
    sort()
  }

  private mutating func readTables() {
    for table in Casebook.tables { read(table) }
    if files.contents["actors.csv"] != nil, casebook.actors.isEmpty {
      problems.append(
        Problem(file: "actors.csv", message: "has no rows", advice: "add the actors of the case"))
    }
  }

  /// Reads the table of a kind of record: `series.csv`, and `series-….csv` beside it.
  private mutating func read<R>(_ kind: some CasebookTable<R>) {
    let names = files.paths.filter { CasebookFiles.table(of: $0) == R.table }
    if names.isEmpty, CasebookReading.required.contains(R.table) {
      problems.append(
        Problem(file: "\(R.table).csv", message: "is missing", advice: "add the table"))
      unread.insert(R.table)
    }
    var records: [R] = []
    for name in names {
      guard let data = files.contents[name] else { continue }
      let table = data.withUnsafeBytes { raw in
        Table<R>.read(raw.bindMemory(to: UInt8.self), file: name, limits: files.limits)
      }
      records = records.isEmpty ? table.records : records + table.records
      origins[R.table, default: []] += table.origins
      problems += table.problems
      if table.isUnread { unread.insert(R.table) }
    }
    casebook[keyPath: kind.records] = records
  }

  private mutating func readCodebook() {
    guard let root = document("codebook.yaml", advice: "add the vocabularies") else { return }
    let (codebook, found) = Codebook.read(root)
    casebook.codebook = codebook
    problems += found
  }

  private mutating func readDescription() {
    guard let root = document("datapackage.json", advice: "describe the folder in it") else {
      return
    }
    func text(_ key: String) -> String? { root[key]?.text.flatMap { $0.isEmpty ? nil : $0 } }
    for key in ["name", "title", "version"] where text(key) == nil {
      problems.append(root.problem("\(key) is missing", advice: "add \"\(key)\""))
    }
    casebook.id = text("name") ?? ""
    casebook.title = text("title") ?? ""
    casebook.version = text("version") ?? ""
    let paths = (root["resources"]?.elements ?? []).compactMap { $0["path"] }
    for path in paths where files.contents[path.text ?? ""] == nil {
      problems.append(
        path.problem(
          "describes a file that is not there",
          advice: Suggestion.question(for: path.text ?? "", among: files.paths) ?? "add the file"))
    }
    let described = Set(paths.compactMap(\.text))
    for path in files.paths
    where CasebookFiles.table(of: path) != nil && !described.contains(path) {
      problems.append(
        Problem(
          file: "datapackage.json", message: "does not describe \(path)",
          advice: "add it to \"resources\""))
    }
  }

  private mutating func readQuestions() {
    for path in files.paths {
      let parts = path.split(separator: "/")
      guard parts.count == 2, parts[1].hasSuffix(".yaml") else { continue }
      let name = String(parts[1].dropLast(5))
      switch parts[0] {
      case "studies": casebook.studies[name] = files.folder.appending(path: path)
      case "scenarios": casebook.scenarios[name] = files.folder.appending(path: path)
      default: continue
      }
      _ = document(path, advice: nil)
    }
  }

  /// Reads a YAML or JSON file; JSON is YAML in flow style.
  private mutating func document(_ path: String, advice: String?) -> YAMLNode? {
    guard let data = files.contents[path] else {
      problems.append(Problem(file: path, message: "is missing", advice: advice))
      return nil
    }
    do { return try YAMLNode(yaml: data, file: path) } catch let problem as Problem {
      problems.append(problem)
    } catch {
      problems.append(Problem(file: path, message: "cannot be read", advice: "see \(error)"))
    }
    return nil
  }

  private mutating func findStrangeTables() {
    for path in files.paths
    where path.hasSuffix(".csv") && !path.contains("/") && CasebookFiles.table(of: path) == nil {
      let known = CasebookFiles.tables.map { "\($0).csv" }
      problems.append(
        Problem(
          file: path, message: "is no table of a casebook",
          advice: Suggestion.question(for: path, among: known) ?? "move it into a folder"))
    }
  }

  private mutating func sort() {
    let ordered = problems.enumerated().sorted { left, right in
      (left.element.file, left.element.place.number, left.offset)
        < (right.element.file, right.element.place.number, right.offset)
    }
    problems = ordered.map(\.element)
  }
}

extension Problem.Place {
  /// The row or line; zero for a whole file.
  var number: Int {
    switch self {
    case .file: 0
    case .row(let row, _): row
    case .line(let line, _): line
    }
  }
}

import Evidence
import Documents

/// Files that together have the columns of no format, and what may be meant by them.
struct UnknownFiles {
  let files: [DataFile]

  init(_ files: [DataFile]) { self.files = files }

  private var names: String { files.map(\.name).joined(separator: ", ") }

  /// Says of which format each file is, else to which one they come nearest and what they lack.
  var problems: [Problem] {
    if let apart { return [apart] }
    guard let nearest, nearest.share > UnknownFiles.leastShare else {
      return [
        problem(
          "name the format, or write a mapping: `fulcrum import generic --template` prints one")
      ]
    }
    let layouts = nearest.form.layouts.filter { layout in
      !files.flatMap(\.tables).contains { $0.heading(layout) != nil }
    }
    let needs = layouts.map(need).joined(separator: ", ")
    return [problem("the nearest is \(nearest.name), which needs \(needs) too")]
      + layouts.flatMap(misspelt)
  }

  /// Of how many of the columns of the nearest format files must have more.
  private static let leastShare = 0.5

  private func problem(_ advice: String) -> Problem {
    Problem(file: names, message: "no format has these columns", advice: advice)
  }

  /// What is wrong with several files of which each has a format of its own.
  private var apart: Problem? {
    let formats = files.map { file in
      Importer.all.first { !$0.matches([file]).isEmpty }?.name
    }
    guard files.count > 1, !formats.contains(nil) else { return nil }
    let each = zip(files, formats).map { "\($0.name) is \($1 ?? "")" }
    return Problem(
      file: names, message: "are no one data set: \(each.joined(separator: ", "))",
      advice: "import each by itself")
  }

  private var nearest: (name: String, form: Importer.Form, share: Double)? {
    let all = Importer.all.flatMap { importer in
      importer.forms.map { (name: importer.name, form: $0, share: $0.share(of: files)) }
    }
    return all.reduce(nil) { best, other in
      if let best, best.share >= other.share { best } else { other }
    }
  }

  /// The columns that the nearest table lacks of a layout, or the whole table.
  private func need(_ layout: Layout) -> String {
    let missing = layout.missing(from: files)
    return 2 * missing.count < layout.columns.count
      ? missing.joined(separator: ", ")
      : "a table of \(layout.what) (\(layout.columns.joined(separator: ", ")))"
  }

  /// The missing columns that one of a table is near to.
  private func misspelt(_ layout: Layout) -> [Problem] {
    let all = files.flatMap(\.tables).map { $0.problems(of: layout) }
    let fewest = all.min { $0.count < $1.count } ?? []
    return fewest.filter { $0.advice?.hasPrefix(DataTable.nearest) ?? false }
  }
}

extension Importer.Form {
  /// The share of the columns of all its tables that files have, each in the table nearest to it.
  func share(of files: [DataFile]) -> Double {
    let columns = layouts.reduce(0) { $0 + $1.columns.count }
    let missing = layouts.reduce(0) { $0 + $1.missing(from: files).count }
    return 1 - Double(missing) / Double(max(1, columns))
  }
}

extension Layout {
  /// The columns that the nearest table of files lacks.
  fileprivate func missing(from files: [DataFile]) -> [String] {
    let lacks = files.flatMap(\.tables).map { table in
      let names = Set(table.nearestNames(columns))
      return columns.filter { !names.contains($0) }
    }
    return lacks.min { $0.count < $1.count } ?? columns
  }
}

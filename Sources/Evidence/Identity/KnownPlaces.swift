package import Foundation
import Documents

/// The states, territories and groups that public data sets name, with their codes and spellings.
///
/// It ships with the program (`Casebooks/places`) and knows who a code means; which of them take part
/// is the casebook's to say.
package struct KnownPlaces: Sendable {
  package enum Kind: String, Sendable {
    /// In a list of the state system, at some time.
    case state
    case territory
    /// Several states, an organisation or an armed group.
    case group
  }

  package struct Place: Hashable, Sendable {
    /// Three letters of ISO 3166-1 where there are any.
    package let id: String
    package let name: String
    package let kind: Kind
  }

  private struct Spell: Sendable {
    let place: Int
    let years: ClosedRange<Int>
  }

  private let places: [Place]
  private let spells: [CodeSystem: [String: [Spell]]]

  /// The list that ships with the program.
  package static let builtIn = KnownPlaces(folder: Casebook.places)

  /// Reads the list in a folder; one without it knows nobody.
  package init(folder: URL) {
    var places: [Place] = []
    var indices: [String: Int] = [:]
    KnownPlaces.read(folder.appending(path: "places.csv"), ["id", "name", "kind"]) { cells in
      guard let kind = Kind(rawValue: cells[2]) else { return }
      indices[cells[0]] = places.count
      places.append(Place(id: cells[0], name: cells[1], kind: kind))
    }
    var spells: [CodeSystem: [String: [Spell]]] = [:]
    let columns = ["place", "system", "code", "from", "to"]
    KnownPlaces.read(folder.appending(path: "codes.csv"), columns) { cells in
      guard let place = indices[cells[0]] else { return }
      let system = CodeSystem(cells[1])
      let years = (Int(cells[3]) ?? 0)...(Int(cells[4]) ?? 9999)
      spells[system, default: [:]][Spelling.key(cells[2], of: system), default: []].append(
        Spell(place: place, years: years))
    }
    self.places = places
    self.spells = spells
  }

  /// Finds whom a code means in a year; a year of nil asks for any.
  package func place(_ code: String, of system: CodeSystem, in year: Int?) -> Place? {
    let spells = spells[system.isOfNames ? .name : system]?[Spelling.key(code, of: system)] ?? []
    let spell = spells.first { spell in year.map(spell.years.contains) ?? true }
    return spell.map { places[$0.place] }
  }

  /// Hands on the cells of some columns of each row.
  private static func read(_ url: URL, _ columns: [String], _ row: ([String]) -> Void) {
    guard let data = try? Data(contentsOf: url) else { return }
    data.withUnsafeBytes { raw in
      let reader = Row(raw.bindMemory(to: UInt8.self), file: url.lastPathComponent)
      guard reader.advance(nil) else { return }
      var header = Header(reader.headerNames)
      let columns = columns.map { header.required($0) }
      while reader.advance(nil) { row(columns.map { reader.text($0) ?? "" }) }
    }
  }
}

package import Foundation

/// The outlines of states on the globe, for maps: outer rings to a hundredth of a degree.
///
/// They ship with the program (`Casebooks/places`), by the three letters of ISO 3166-1.
package struct Outlines: Sendable {
  package struct Point: Hashable, Sendable {
    package var longitude: Double
    package var latitude: Double

    package init(longitude: Double, latitude: Double) {
      self.longitude = longitude
      self.latitude = latitude
    }
  }

  private let rings: [String: [[Point]]]

  /// The outlines that ship with the program.
  package static let builtIn = Outlines(folder: Casebook.places)

  /// Reads the outlines in a folder; one without them knows none.
  package init(folder: URL) {
    var rings: [String: [[Point]]] = [:]
    let file = folder.appending(path: "outlines.csv")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    for line in text.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",")
      guard cells.count == 2 else { continue }
      let numbers = cells[1].split(separator: " ").compactMap { Double($0) }
      let points = stride(from: 0, to: numbers.count - 1, by: 2).map {
        Point(longitude: numbers[$0], latitude: numbers[$0 + 1])
      }
      rings[String(cells[0]), default: []].append(points)
    }
    self.rings = rings
  }

  /// Finds the rings of an actor by its code in `iso3`, else by its id; none: it has no outline.
  package func rings(of actor: ActorID, in casebook: Casebook) -> [[Point]] {
    let code = casebook.codes.first { $0.actor == actor && $0.system == "iso3" }?.code
    return rings[code ?? actor.rawValue] ?? []
  }
}

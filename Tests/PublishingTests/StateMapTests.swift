import Documents
import Foundation
import Testing

@testable import Evidence
@testable import Publishing

@Suite struct StateMapTests {
  private func middles(_ states: [ActorID]) -> [Outlines.Point?] {
    states.map {
      MapWindow.middle(
        of: Outlines.builtIn.rings(of: $0, in: Casebook(folder: .init(filePath: "/"))))
    }
  }

  @Test func givesEveryStateATileOfItsOwn() {
    let states: [ActorID] = ["ALB", "BIH", "XKX", "MKD", "MNE", "SRB", "FIN", "CYP", "KAZ", "IRL"]
    let grid = TileGrid(middles(states))
    #expect(Set(grid.tiles).count == states.count)
    #expect(grid.tiles == TileGrid(middles(states)).tiles)
  }

  @Test func keepsNorthAboveSouthAndWestBeforeEast() {
    let tiles = TileGrid(middles(["FIN", "CYP", "IRL", "KAZ"])).tiles
    #expect(tiles[0].row < tiles[1].row)
    #expect(tiles[2].column < tiles[3].column)
  }

  @Test func laysUnknownStatesOutInTheirOrder() {
    let tiles = TileGrid([nil, nil, nil, nil, nil]).tiles
    #expect(Set(tiles).count == 5)
    #expect(tiles.map { $0.row * 10 + $0.column } == tiles.map { $0.row * 10 + $0.column }.sorted())
  }

  @Test func cutsAnOutlineAtTheEdgeOfTheWindow() throws {
    let square = { (west: Double, east: Double) in
      [
        [(west, 40.0), (east, 40.0), (east, 50.0), (west, 50.0), (west, 40.0)].map {
          Outlines.Point(longitude: $0.0, latitude: $0.1)
        }
      ]
    }
    let small = square(10, 20)
    let wide = square(15, 170)
    let window = try #require(MapWindow(around: [small, wide]))
    let east = { (rings: [[Outlines.Point]]) in rings.joined().map(\.longitude).max() ?? 0 }
    let edge = square(15, 22)
    #expect(abs(east(window.projected(wide)) - east(window.projected(edge))) < 1e-9)
    #expect(window.projected(square(40, 60)).isEmpty)
    #expect(MapWindow(around: []) == nil)
  }

  /// The projection keeps areas: two boxes of one size on the globe have one size on the plane.
  @Test func keepsAreas() throws {
    let box = { (south: Double) -> [[Outlines.Point]] in
      let radians = Double.pi / 180
      let top = asin(sin(south * radians) + 0.001) / radians
      return [
        [(10.0, south), (10.1, south), (10.1, top), (10.0, top)].map {
          Outlines.Point(longitude: $0.0, latitude: $0.1)
        }
      ]
    }
    let window = try #require(MapWindow(around: [box(38), box(64)]))
    let areas = [box(38), box(64)].map { area(window.projected($0)[0]) }
    #expect(abs(areas[0] / areas[1] - 1) < 1e-3)
  }

  private func area(_ ring: [Outlines.Point]) -> Double {
    zip(ring, ring.dropFirst()).reduce(0) {
      $0 + $1.0.longitude * $1.1.latitude - $1.1.longitude * $1.0.latitude
    } / 2
  }
}

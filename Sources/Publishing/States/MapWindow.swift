import Evidence
import Foundation

/// The part of the globe that a map shows, on a plane where equal areas stay equal.
struct MapWindow {
  typealias Point = Outlines.Point

  private let longitudes: ClosedRange<Double>
  private let latitudes: ClosedRange<Double>
  /// The widest outline, in degrees, that the window is drawn around; a wider one is cut off.
  private static let widest = 60.0
  private static let margin = 2.0

  /// Surrounds some outlines; nil when there are none.
  init?(around outlines: [[[Point]]]) {
    let boxes = outlines.compactMap { Self.box(of: $0.flatMap { $0 }.map(Self.unbroken)) }
    let narrow = boxes.filter { $0.0.upperBound - $0.0.lowerBound < Self.widest }
    let shown = narrow.isEmpty ? boxes : narrow
    guard let west = shown.map(\.0.lowerBound).min(), let east = shown.map(\.0.upperBound).max(),
      let south = shown.map(\.1.lowerBound).min(), let north = shown.map(\.1.upperBound).max()
    else { return nil }
    longitudes = (west - Self.margin)...(east + Self.margin)
    latitudes = (south - Self.margin)...(north + Self.margin)
  }

  /// Puts what lies beyond the antimeridian after it, so that no outline is torn apart.
  private static func unbroken(_ point: Point) -> Point {
    point.longitude < -168
      ? Point(longitude: point.longitude + 360, latitude: point.latitude) : point
  }

  private static func box(
    of points: [Point]
  ) -> (ClosedRange<Double>, ClosedRange<Double>)? {
    let longitudes = points.map(\.longitude)
    let latitudes = points.map(\.latitude)
    guard let west = longitudes.min(), let east = longitudes.max(), let south = latitudes.min(),
      let north = latitudes.max()
    else { return nil }
    return (west...east, south...north)
  }

  /// The middle of the largest piece of an outline, by its box.
  static func middle(of rings: [[Point]]) -> Point? {
    let boxes = rings.compactMap { box(of: $0.map(unbroken)) }
    let largest = boxes.max { area($0) < area($1) }
    return largest.map { box in
      Point(
        longitude: (box.0.lowerBound + box.0.upperBound) / 2,
        latitude: (box.1.lowerBound + box.1.upperBound) / 2)
    }
  }

  private static func area(_ box: (ClosedRange<Double>, ClosedRange<Double>)) -> Double {
    (box.0.upperBound - box.0.lowerBound) * (box.1.upperBound - box.1.lowerBound)
  }

  /// The rings as they lie in the window, projected; what is outside is cut off.
  func projected(_ rings: [[Point]]) -> [[Point]] {
    rings.map { clipped($0.map(Self.unbroken)) }.filter { $0.count > 2 }
      .map { ring in
        let points = ring.map(project)
        return points.first == points.last ? points : points + [points[0]]
      }
  }

  /// The conic of Albers with two standard parallels (Snyder 1987, equations 14-1 to 14-6).
  private func project(_ point: Point) -> Point {
    let radians = { (degrees: Double) in degrees * .pi / 180 }
    let height = latitudes.upperBound - latitudes.lowerBound
    let first = radians(latitudes.lowerBound + height / 6)
    let second = radians(latitudes.upperBound - height / 6)
    let n = (sin(first) + sin(second)) / 2
    let meridian = (longitudes.lowerBound + longitudes.upperBound) / 2
    // About the equator the cone is a cylinder.
    guard abs(n) > 1e-6 else {
      return Point(
        longitude: radians(point.longitude - meridian) * cos(first),
        latitude: sin(radians(point.latitude)) / cos(first))
    }
    let c = cos(first) * cos(first) + 2 * n * sin(first)
    let rho = { (latitude: Double) in
      sqrt(max(0, c - 2 * n * sin(radians(latitude)))) / n
    }
    let theta = n * radians(point.longitude - meridian)
    let radius = rho(point.latitude)
    return Point(
      longitude: radius * sin(theta), latitude: rho(latitudes.lowerBound) - radius * cos(theta))
  }

  /// Cuts a ring at the four sides of the window, one after the other (Sutherland and Hodgman 1974).
  private func clipped(_ ring: [Point]) -> [Point] {
    let sides: [(WritableKeyPath<Point, Double>, Double, Double)] = [
      (\.longitude, longitudes.lowerBound, 1), (\.longitude, longitudes.upperBound, -1),
      (\.latitude, latitudes.lowerBound, 1), (\.latitude, latitudes.upperBound, -1),
    ]
    return sides.reduce(ring) { ring, side in
      cut(ring, along: side.0, at: side.1, keeping: side.2)
    }
  }

  private func cut(
    _ ring: [Point], along axis: WritableKeyPath<Point, Double>, at edge: Double,
    keeping sign: Double
  ) -> [Point] {
    guard var previous = ring.last else { return [] }
    var kept: [Point] = []
    for point in ring {
      let isInside = sign * (point[keyPath: axis] - edge) >= 0
      let wasInside = sign * (previous[keyPath: axis] - edge) >= 0
      if isInside != wasInside {
        let share =
          (edge - previous[keyPath: axis]) / (point[keyPath: axis] - previous[keyPath: axis])
        kept.append(
          Point(
            longitude: previous.longitude + share * (point.longitude - previous.longitude),
            latitude: previous.latitude + share * (point.latitude - previous.latitude)))
      }
      if isInside { kept.append(point) }
      previous = point
    }
    return kept
  }
}

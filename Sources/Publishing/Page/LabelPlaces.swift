/// Moves ascending places apart so that neighbours keep a distance, within a range when it is wide enough.
func apart(_ places: [Double], by step: Double, within range: ClosedRange<Double>) -> [Double] {
  var moved = places
  for index in moved.indices.dropFirst() {
    moved[index] = max(moved[index], moved[index - 1] + step)
  }
  guard let last = moved.last, last > range.upperBound else { return moved }
  moved[moved.count - 1] = range.upperBound
  for index in moved.indices.dropLast().reversed() {
    moved[index] = min(moved[index], moved[index + 1] - step)
  }
  return moved
}

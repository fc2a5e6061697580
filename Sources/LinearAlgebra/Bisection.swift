/// Halves the way from a number for which a condition holds to one for which it does not.
///
/// `isWide` is asked before each step, with the number of steps made; the condition then holds at the
/// first number that comes back and not at the second.
package func bisect(
  _ inside: Double, _ outside: Double,
  while isWide: (_ steps: Int, _ inside: Double, _ outside: Double) -> Bool,
  holds: (Double) throws -> Bool
) rethrows -> (inside: Double, outside: Double) {
  var (inside, outside) = (inside, outside)
  var steps = 0
  while isWide(steps, inside, outside) {
    let middle = (inside + outside) / 2
    if try holds(middle) { inside = middle } else { outside = middle }
    steps += 1
  }
  return (inside, outside)
}

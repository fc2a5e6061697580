// The way of the evidence to an answer, one module after the other. `swift run main-path` prints it.

import Effects
import Evidence
import Foundation
import Indicators
import Panels
import Publishing
import Studies

let casebook = try Casebook(contentsOf: Casebook.westernBalkans)

// One outcome, step by step: values with their evidence, a panel with its absences, an effect.
let distance = Indicator(
  title: "Distance to China in UN votes", unit: "ideal points", concept: .alignment,
  direction: .away, definition: .variable("ideal-point-distance-CHN", .none))
let series = distance.series(
  from: casebook, actors: ["ALB", "BIH", "MKD", "MNE", "SRB"], periods: Array(2006...2023))
let panel = try Panel(series, treatment: casebook.memberships(in: "NATO", stage: "member"))
let effects = try GroupTimeDiD(comparison: .notYetTreated).estimate(panel)
print("Change of the distance after joining, \(effects.units.count) states:", effects.overall.att)

// The whole answer, as the study asks: on a wider pool, tested, and judged before it is estimated.
if let file = casebook.studies["nato-china"] {
  let answer = try Study(contentsOf: file, for: casebook).answer(from: casebook)
  print(answer.summary)
}

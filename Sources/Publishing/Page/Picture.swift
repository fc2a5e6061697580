import Documents
import Markup

/// A chart with what it shows in words and in numbers, for whoever cannot see or run it.
struct Picture: Hashable {
  /// The anchor of its figure in the page.
  let id: String
  let title: String
  /// What the picture shows, computed from its data.
  let finding: String
  /// How to read its marks; empty when they speak for themselves.
  var key: String = ""
  /// Whether it keeps a width to be read by, and scrolls on a screen that is narrower.
  var isWide = false
  /// A Vega-Lite specification, without the style that all pictures share.
  let specification: JSON
  let table: ChartTable
  /// Where the evidence behind its numbers is.
  let trace: Place
}

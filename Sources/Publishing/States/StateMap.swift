import Markup
import Documents
import Evidence
import Indicators
import Panels
import Studies

/// The last value of one outcome in each state of its pool, as tiles and as a map.
struct StateMap {
  private let answer: Answer
  private let outcome: OutcomeAnswer
  private let states: [State]
  private let rings: [[[Outlines.Point]]]

  private struct State {
    let actor: ActorID
    let name: String
    /// The last value that was observed, and its year.
    let last: (value: Double, year: Int)?
    let joined: Int?
    let isContested: Bool
  }

  init(_ answer: Answer, _ outcome: OutcomeAnswer) {
    self.answer = answer
    self.outcome = outcome
    let series = outcome.series
    let contested = answer.contested
    states = series.actors.enumerated().map { row, actor in
      let column = series.cells[row].lastIndex { $0.cell.value != nil }
      return State(
        actor: actor, name: answer.name(actor),
        last: column.flatMap { column in
          series.cells[row][column].cell.value.map { ($0, series.periods[column]) }
        }, joined: outcome.joined(actor), isContested: contested.contains(actor))
    }
    rings = series.actors.map { Outlines.builtIn.rings(of: $0, in: answer.casebook) }
  }

  /// The tiles; nil when nothing was observed.
  var tiles: Picture? {
    guard states.contains(where: { $0.last != nil }) else { return nil }
    return Picture(
      id: anchor("tiles", outcome.id), title: "\(outcome.series.indicator.title), state by state",
      finding: finding, key: key, specification: tileSpecification, table: table,
      trace: .trace(outcome: outcome.id))
  }

  /// The map; nil when some state has no outline, or nothing was observed.
  var map: Picture? {
    guard states.contains(where: { $0.last != nil }), rings.allSatisfy({ !$0.isEmpty }),
      let window = MapWindow(around: rings)
    else { return nil }
    return Picture(
      id: anchor("map", outcome.id), title: "\(outcome.series.indicator.title), on the map",
      finding: finding, key: key + " Outlines: Natural Earth; no view on any border is taken.",
      specification: mapSpecification(window), table: table, trace: .trace(outcome: outcome.id))
  }

  // MARK: In words

  private var finding: String {
    let seen = states.compactMap { state in state.last.map { (state.name, $0.value) } }
    let places = decimals(for: seen.map(\.1))
    let absent = states.count - seen.count
    guard let low = seen.min(by: { $0.1 < $1.1 }), let high = seen.max(by: { $0.1 < $1.1 }) else {
      return ""
    }
    let lowest = "lowest in \(low.0) (\(figure(low.1, decimals: places)))"
    let highest = "highest in \(high.0) (\(figure(high.1, decimals: places)))"
    return "The last value observed is \(lowest) and \(highest)"
      + (absent > 0 ? "; \(counted(absent, "state")) without any." : ".")
  }

  private var key: String {
    "The stronger the colour, the larger the last value, in \(outcome.series.indicator.unit). A strong edge: joined "
      + "within these years. Hatched: no value. A dashed edge: its statehood is contested."
  }

  private var table: ChartTable {
    let places = decimals(for: states.compactMap { $0.last?.value })
    return ChartTable(
      caption: "\(outcome.series.indicator.title), \(outcome.series.indicator.unit): last value",
      header: ["State", "Code", "Joined", "Year", "Value"],
      rows: states.map { state in
        [
          state.name + (state.isContested ? " (contested)" : ""), state.actor.rawValue,
          state.joined.map(String.init) ?? "–", state.last.map { "\($0.year)" } ?? "–",
          state.last.map { figure($0.value, decimals: places) } ?? "no value",
        ]
      }, wordColumns: 2)
  }

  // MARK: As marks

  /// How a state is drawn: fill, opacity, edge.
  private func look(_ state: State) -> [JSON.Member] {
    let values = states.compactMap { $0.last?.value }
    let low = values.min() ?? 0
    let width = (values.max() ?? 1) - low
    let share = state.last.map { width > 0 ? ($0.value - low) / width : 0.5 }
    let look: JSON = [
      "f": share == nil ? "url(#hatch)" : Chart.Ink.member,
      "o": share.map { Chart.place(0.1 + 0.62 * $0) } ?? 1,
      "e": state.joined == nil ? "var(--line-2)" : Chart.Ink.text,
      "w": state.joined == nil ? 1 : 2, "d": .bool(state.isContested),
    ]
    guard case .object(let members) = look else { return [] }
    return members
  }

  private func marked(_ prefix: String) -> JSON {
    let field = { (name: String, type: JSON) -> JSON in
      ["field": .string(prefix + name), "type": type, "scale": nil, "legend": nil]
    }
    return [
      "fill": field("f", "nominal"), "fillOpacity": field("o", "quantitative"),
      "stroke": field("e", "nominal"), "strokeWidth": field("w", "quantitative"),
    ]
  }

  /// Two layers of one mark: plain edges, and dashed ones for what is contested.
  private func byEdge(_ mark: JSON, _ encoding: JSON, _ prefix: String) -> [JSON] {
    [false, true].map { isContested in
      let dash: JSON = isContested ? ["strokeDash": [4, 3]] : [:]
      return [
        "transform": [
          ["filter": .string("\(isContested ? "" : "!")datum.\(prefix)d")]
        ],
        "mark": mark.adding(dash), "encoding": encoding,
      ]
    }
  }

  private var tileSpecification: JSON {
    let grid = TileGrid(rings.map { MapWindow.middle(of: $0) })
    let rows = zip(states, grid.tiles).map { state, tile -> JSON in
      .object([
        JSON.Member(key: "x", value: .integer(tile.column)),
        JSON.Member(key: "y", value: .integer(tile.row)),
        JSON.Member(key: "t", value: .string(state.actor.rawValue)),
      ]).adding(.object(look(state)))
    }
    let place = { (field: JSON) -> JSON in
      [
        "field": field, "type": "ordinal", "axis": nil,
        "scale": ["paddingInner": 0.1, "paddingOuter": 0.05],
      ]
    }
    let axes: JSON = ["x": place("x"), "y": place("y")]
    let height = 46 * ((grid.tiles.map(\.row).max() ?? 0) + 1)
    return [
      "width": "container", "height": .integer(height), "data": ["values": .array(rows)],
      "layer": .array(
        byEdge(["type": "rect", "cornerRadius": 3], axes.adding(marked("")), "") + [
          [
            "mark": ["type": "text", "fontSize": 12, "fontWeight": 600],
            "encoding": axes.adding(["text": ["field": "t", "type": "nominal"]]),
          ]
        ]),
    ]
  }

  private func mapSpecification(_ window: MapWindow) -> JSON {
    let features = zip(states, rings).map { state, rings -> JSON in
      let polygons = window.projected(rings).map { ring -> JSON in
        [.array(ring.map { [Chart.place($0.longitude), Chart.place($0.latitude)] })]
      }
      return [
        "type": "Feature", "properties": .object(look(state)),
        "geometry": ["type": "MultiPolygon", "coordinates": .array(polygons)],
      ]
    }
    return [
      "width": "container", "height": 330, "data": ["values": .array(features)],
      "projection": ["type": "identity", "reflectY": true],
      "layer": .array(
        byEdge(
          ["type": "geoshape", "strokeJoin": "round"], marked("properties."), "properties.")),
    ]
  }
}

extension OutcomeAnswer {
  /// The first treated year of a state, when it lies within the panel.
  func joined(_ actor: ActorID) -> Int? {
    let last = panel.periods.last?.number ?? 0
    return panel.units.firstIndex(of: actor.rawValue)
      .flatMap { panel.cohorts[$0].start?.number }.flatMap { $0 <= last ? $0 : nil }
  }
}

extension Answer {
  /// The actors whose statehood somebody in the casebook does not recognise, or no longer does.
  var contested: Set<ActorID> {
    Set(casebook.recognitions.filter { $0.to == nil && $0.status != .recognised }.map(\.of))
  }
}

import Markup
import Documents
import Evidence
import Studies

/// One state's ladder of memberships over its channels: what was reported, when, and which way.
struct StateTimeline {
  private let answer: Answer
  private let state: ActorID
  private let years: ClosedRange<Double>
  private let rungs: [Ladder]
  private let events: [Event]
  /// Claims on the channels that are not dated.
  private let undated: Int

  /// The rungs that a state stood on with one organisation.
  private struct Ladder {
    let organisation: String
    let segments: [Segment]
  }

  /// The time during which one rung was the highest.
  private struct Segment {
    let stage: String
    /// The place of the rung, from 0 for the lowest to 1 for membership.
    let height: Double
    let from: Double
    let to: Double
    let start: EDTFDate
  }

  /// The facts of one channel, year and direction.
  private struct Event {
    let channel: ChannelID
    let direction: Direction?
    let at: Double
    /// The end of a time longer than a year.
    let span: ClosedRange<Double>?
    var claims: [Claim]
  }

  init(_ answer: Answer, state: ActorID) {
    self.answer = answer
    self.state = state
    years = Double(answer.study.periods.lowerBound)...Double(answer.study.periods.upperBound + 1)
    rungs = Self.ladders(of: state, in: answer, years: years)
    let claims = answer.claims(on: state).filter { claim in
      claim.assertion == .reported
        && answer.casebook.codebook.channel(claim.channel)?.isOutcome == true
    }
    undated = claims.filter { Self.date(of: $0) == nil }.count
    events = Self.events(claims, toward: answer.study.counterpart, years: years)
  }

  var picture: Picture? {
    guard !rungs.isEmpty || !events.isEmpty else { return nil }
    return Picture(
      id: anchor("timeline", state), title: "Ladder and channels", finding: finding, key: key,
      specification: specification, table: table, trace: .claims(on: state))
  }

  // MARK: Reading the casebook

  private static func ladders(
    of state: ActorID, in answer: Answer, years: ClosedRange<Double>
  ) -> [Ladder] {
    let book = answer.casebook.codebook
    let first = [answer.study.treatment.organisation, answer.study.coTreatment?.organisation]
      .compactMap { $0 }
    let others = book.ladders.keys.filter { !first.contains($0) }.sorted()
    return (first + others).compactMap { organisation in
      let spells = answer.casebook.memberships.filter {
        $0.actor == state && $0.organisation == organisation
      }
      let stages = book.ladders[organisation] ?? []
      let segments = segments(of: spells, stages: stages, years: years)
      return segments.isEmpty
        ? nil : Ladder(organisation: answer.name(organisation), segments: segments)
    }
  }

  /// Cuts the years where a spell starts or ends, and keeps the highest rung of each piece.
  private static func segments(
    of spells: [Membership], stages: [Stage], years: ClosedRange<Double>
  ) -> [Segment] {
    let timed = spells.map { spell in
      (
        spell: spell, rung: stages.firstIndex(of: spell.stage) ?? 0,
        from: spell.from.earliest.inYears, to: spell.to?.latest.inYears ?? .infinity
      )
    }
    let cuts = Set(timed.flatMap { [$0.from, $0.to] } + [years.lowerBound, years.upperBound])
      .filter(years.contains).sorted()
    var found: [Segment] = []
    for (from, to) in zip(cuts, cuts.dropFirst()) {
      let standing = timed.filter { $0.from <= from && $0.to >= to }
      guard let top = standing.max(by: { $0.rung < $1.rung }) else { continue }
      if let last = found.last, last.start == top.spell.from, last.to == from,
        last.stage == top.spell.stage.rawValue
      {
        found.removeLast()
        found.append(
          Segment(
            stage: last.stage, height: last.height, from: last.from, to: to, start: last.start))
        continue
      }
      let height = stages.count > 1 ? Double(top.rung) / Double(stages.count - 1) : 1
      found.append(
        Segment(
          stage: top.spell.stage.rawValue, height: height, from: from, to: to,
          start: top.spell.from))
    }
    return found
  }

  private static func date(of claim: Claim) -> EDTFDate? {
    claim.on ?? claim.delivered ?? claim.ordered
  }

  /// Puts claims at their dates; a direction toward or away from another actor is none here.
  private static func events(
    _ claims: [Claim], toward counterpart: ActorID, years: ClosedRange<Double>
  ) -> [Event] {
    var events: [Event] = []
    for claim in claims {
      guard let date = date(of: claim) else { continue }
      let from = max(date.earliest.inYears, years.lowerBound)
      let to = min(date.latest.inYears, years.upperBound)
      guard from <= years.upperBound, to >= years.lowerBound else { continue }
      let isLong = to - from > 1.01
      let at = isLong ? (from + to) / 2 : from.rounded(.down) + 0.5
      let direction = claim.counterpart == counterpart ? claim.direction : nil
      let same = events.firstIndex {
        !isLong && $0.span == nil && $0.at == at && $0.channel == claim.channel
          && $0.direction == direction
      }
      if let same {
        events[same].claims.append(claim)
      } else {
        events.append(
          Event(
            channel: claim.channel, direction: direction, at: at,
            span: isLong ? from...to : nil, claims: [claim]))
      }
    }
    return events
  }

  // MARK: In words

  private var key: String {
    "Bars: the highest rung reached, named where there is room. Upper lane, triangle up: toward \(answer.name(answer.study.counterpart)); "
      + "lower lane, triangle down: away; circle between: neutral, no direction, or another counterpart. "
      + "Larger marks hold several facts; a line spans a date that is not known to the year."
  }

  private var finding: String {
    let name = answer.name(state)
    let ladder = rungs.map { ladder in
      guard let last = ladder.segments.last else { return "" }
      return "\(inWords(last.stage)) of \(ladder.organisation) since \(last.start.text)"
    }
    let standing = ladder.isEmpty ? "on no ladder" : listed(ladder)
    let facts = events.flatMap(\.claims)
    let toward = count(.toward)
    let away = count(.away)
    let counterpart = answer.name(answer.study.counterpart)
    var text =
      "\(name): \(standing). \(counted(facts.count, "dated claim")) in "
      + "\(counted(Set(facts.map(\.channel)).count, "channel")), \(toward) toward \(counterpart) and "
      + "\(away) away"
    if undated > 0 { text += "; \(undated) more without a date" }
    return text + "."
  }

  private func count(_ direction: Direction) -> Int {
    events.filter { $0.direction == direction }.reduce(0) { $0 + $1.claims.count }
  }

  private var table: ChartTable {
    let ladder = rungs.flatMap { ladder in
      ladder.segments.map { segment in
        [ladder.organisation, segment.start.text, inWords(segment.stage), ""]
      }
    }
    let dated = events.sorted { ($0.at, $0.channel) < ($1.at, $1.channel) }.flatMap { event in
      event.claims.map { claim in
        [
          answer.title(of: claim.channel), claim.dateText, claim.statement,
          event.direction?.rawValue ?? "none",
        ]
      }
    }
    return ChartTable(
      caption: "\(answer.name(state)): steps and claims",
      header: ["Row", "Date", "What", "Direction"],
      rows: ladder + dated, wordColumns: 4)
  }

  // MARK: As marks

  private var channels: [ChannelID] {
    answer.casebook.codebook.channels.filter(\.isOutcome).map(\.id)
  }

  private var rows: JSON {
    .strings(rungs.map(\.organisation) + channels.map { answer.title(of: $0) })
  }

  private var axes: JSON {
    [
      "x": Chart.years("x", years, shown: answer.study.periods),
      "y": [
        "field": "r", "type": "nominal", "title": nil,
        "scale": ["domain": rows, "paddingInner": 0.18],
        "axis": Chart.names(["grid": true, "tickBand": "extent"]),
      ],
    ]
  }

  private var specification: JSON {
    Chart.layered(
      height: .integer(40 * (rungs.count + channels.count)),
      [bars, barLabels, spans, marks])
  }

  private var segmentRows: [JSON] {
    rungs.flatMap { ladder in
      ladder.segments.map { segment -> JSON in
        [
          "r": .string(ladder.organisation), "x": Chart.place(segment.from),
          "x2": Chart.place(segment.to),
          "o": Chart.place(0.14 + 0.5 * segment.height), "t": .string(inWords(segment.stage)),
        ]
      }
    }
  }

  private var bars: JSON {
    Chart.layer(
      segmentRows,
      mark: ["type": "bar", "fill": Chart.Ink.member, "stroke": Chart.Ink.ground],
      encoding: axes.adding([
        "x2": ["field": "x2"],
        "fillOpacity": ["field": "o", "type": "quantitative", "scale": nil, "legend": nil],
      ]))
  }

  /// The name of each rung whose bar has room for it: a letter or two would name none.
  private var barLabels: JSON {
    let span = years.upperBound - years.lowerBound
    let room = "(datum.x2 - datum.x) / \(span) * width - 8"
    return Chart.layer(
      segmentRows,
      mark: [
        "type": "text", "align": "left", "dx": 5, "fontWeight": 600,
        "text": ["expr": .string("length(datum.t) * 6.8 < \(room) ? datum.t : ''")],
      ], encoding: axes)
  }

  private static func lane(_ direction: Direction?) -> String {
    switch direction {
    case .toward: "a"
    case .away: "c"
    case .neutral, nil: "b"
    }
  }

  private static func ink(_ direction: Direction?) -> JSON {
    switch direction {
    case .toward: Chart.Ink.toward
    case .away: Chart.Ink.away
    case .neutral, nil: Chart.Ink.neutral
    }
  }

  private static func shape(_ direction: Direction?) -> JSON {
    switch direction {
    case .toward: "triangle-up"
    case .away: "triangle-down"
    case .neutral, nil: "circle"
    }
  }

  private var lanes: JSON {
    [
      "yOffset": [
        "field": "l", "type": "nominal",
        "scale": ["domain": ["a", "b", "c"], "paddingOuter": 0.1],
      ],
      "color": ["field": "c", "type": "nominal", "scale": nil, "legend": nil],
    ]
  }

  private var spans: JSON {
    Chart.layer(
      events.compactMap { event in
        event.span.map { span -> JSON in
          [
            "r": .string(answer.title(of: event.channel)), "x": Chart.place(span.lowerBound),
            "x2": Chart.place(span.upperBound), "l": .string(Self.lane(event.direction)),
            "c": Self.ink(event.direction),
          ]
        }
      },
      mark: ["type": "rule", "strokeWidth": 2, "opacity": 0.35],
      encoding: axes.adding(["x2": ["field": "x2"]]).adding(lanes))
  }

  private var marks: JSON {
    let rows = events.map { event -> JSON in
      [
        "r": .string(answer.title(of: event.channel)), "x": Chart.place(event.at),
        "l": .string(Self.lane(event.direction)), "c": Self.ink(event.direction),
        "s": Self.shape(event.direction),
        "n": Chart.place(70 + 45 * Double(event.claims.count - 1)),
      ]
    }
    return Chart.layer(
      rows, mark: ["type": "point", "filled": true, "opacity": 0.92],
      encoding: axes.adding(lanes).adding([
        "shape": ["field": "s", "type": "nominal", "scale": nil, "legend": nil],
        "size": ["field": "n", "type": "quantitative", "scale": nil, "legend": nil],
      ]))
  }
}

extension Day {
  /// The day as a fraction of its year, twelve months of equal length.
  var inYears: Double { Double(year) + (Double(month - 1) + Double(day - 1) / 31) / 12 }
}

extension Answer {
  /// The claims in force on a state, its companies and its parts, in the order of the table.
  func claims(on state: ActorID) -> [Claim] {
    let superseded = casebook.supersededClaims
    return casebook.claims.filter { claim in
      !superseded.contains(claim.id)
        && (claim.actor == state || casebook.actor(claim.actor)?.parent == state)
    }
  }

  /// The claims in force on the groups that a state is a member of.
  func claims(onGroupsOf state: ActorID) -> [Claim] {
    let superseded = casebook.supersededClaims
    return casebook.claims.filter { claim in
      !superseded.contains(claim.id)
        && casebook.actor(claim.actor)?.members.contains(state) == true
    }
  }
}

import Importing
import Documents
import Evidence
import Foundation

/// The audit of an import as text: what was read and matched, what was not and why.
struct ImportText {
  private let report: ImportReport

  init(_ report: ImportReport) { self.report = report }

  var text: String {
    (rows + comparisons + notes).joined(separator: "\n")
  }

  /// What was read, and what became of each row.
  private var rows: [String] {
    let format =
      report.isRecognised ? "\(report.format), detected from its columns" : report.format
    var lines = [
      "\(report.files.joined(separator: ", ")): \(format)",
      "  \(Fulcrum.counted(report.rowsRead, "row")) read, \(report.rowsPlaced) matched",
    ]
    lines += report.losses.map { "  \($0.rows) not matched, \($0.reason): \(Self.shown($0.codes))" }
    lines += report.duplicates.map {
      "  \($0.rows) repeated, \($0.reason): \(Self.shown($0.codes))"
    }
    if !report.skipped.isEmpty {
      lines.append("  \(report.rowsSkipped) skipped, which cannot be read:")
      lines += report.skipped.map { "    \($0)" }
    }
    if !report.actorsWithoutRows.isEmpty {
      let names = report.actorsWithoutRows.map(\.rawValue).joined(separator: " ")
      let isSeries = report.changes.contains { $0.table.hasPrefix("series") }
      let meaning = isSeries ? "coded as missing, not as zero" : "which does not mean zero"
      lines.append("  no rows for \(names): \(meaning)")
    }
    return lines
  }

  /// How the files differ from older releases, from sister tables and from what is published.
  private var comparisons: [String] {
    var lines = report.differences.flatMap(Self.text)
    if let claims = report.claims { lines += Self.text(claims) }
    lines += report.sister.map(Self.text) ?? []
    lines += report.publishedAgreement.flatMap(Self.text)
    guard !report.alike.isEmpty else { return lines }
    lines.append(
      "  possibly the same fact as claims from other sources; they count twice until a person gives "
        + "them one fact:")
    return lines
      + report.alike.map { alike in
        "    \(alike.claim) and \(alike.others.map(\.rawValue).joined(separator: ", "))"
      }
  }

  /// What is to be known of the data, and what changed in the casebook.
  private var notes: [String] {
    report.importOnly.map {
      "  \($0): must not be redistributed, nor figures derived from it"
    }
      + report.notes.map { "  \($0)" }
      + report.changes.map { change in
        "\(change.table).csv: \(change.added) added, \(change.changed) changed, "
          + "\(change.unchanged) unchanged"
      }
  }

  /// Writes how a newer release differs from the older one.
  private static func text(_ difference: VintageDifference) -> [String] {
    let same = Fulcrum.counted(difference.same, "value")
    var lines = [
      "  \(difference.variable) against the older release: \(same) the same, "
        + "\(difference.changed) changed, \(difference.added) new, \(difference.gone) gone"
    ]
    if let most = difference.largest {
      lines.append(
        "    the largest change: \(most.actor) \(most.period), \(most.before) → \(most.after)")
    }
    lines += moved(lost: difference.actorsLost, gained: difference.actorsGained)
    return lines
  }

  /// Writes which records a newer release repeats, corrects, adds and no longer lists.
  private static func text(_ difference: ClaimDifference) -> [String] {
    let named: [(what: String, ids: [ClaimID])] = [
      ("corrected", difference.changed.map(\.before)), ("new", difference.added),
      ("no longer listed, and withdrawn", difference.gone),
      ("not listed, and kept", difference.standing),
    ]
    return [
      "  claims against the older release: \(difference.same) the same, "
        + "\(difference.changed.count) changed, \(difference.added.count) new, "
        + "\(difference.gone.count) gone"
    ]
      + named.filter { !$0.ids.isEmpty }.map { "    \($0.what): \(shown($0.ids.map(\.rawValue)))" }
      + moved(lost: difference.actorsLost, gained: difference.actorsGained)
  }

  /// Writes how published agreement differs from what was counted, and why.
  private static func text(_ agreement: PublishedAgreement) -> [String] {
    let correlation = agreement.correlation.map { ", r \(String(format: "%.6f", $0))" } ?? ""
    let rows = agreement.differing
    let count = rows.isEmpty ? "none differs" : "\(rows.count) differ\(rows.count == 1 ? "s" : "")"
    let line =
      "  \(agreement.published) against \(agreement.counted): \(Fulcrum.counted(agreement.values, "value")) of "
      + "both\(correlation), \(count)"
    guard !rows.isEmpty else { return [line] }
    let years = Set(rows.map(\.period)).sorted().map(String.init).joined(separator: " ")
    let most = rows.map { abs($0.counted - $0.published) }.max() ?? 0
    let reason =
      agreement.isContested
      ? []
      : ["    the table leaves out roll calls in which all voted alike; the audit has each row"]
    return [line + ", by \(String(format: "%.4f", most)) at most, in \(years)"] + reason
  }

  /// Writes whom only one of two tables has.
  private static func text(_ difference: SisterDifference) -> [String] {
    let moved = moved(lost: difference.actorsLost, gained: difference.actorsGained)
    let files = difference.files.joined(separator: ", ")
    let neither = difference.actorsInNeither.map(\.rawValue).joined(separator: " ")
    return ["  against \(files): " + (moved.isEmpty ? "the same actors" : "other actors")] + moved
      + (neither.isEmpty ? [] : ["    actors in neither: \(neither)"])
  }

  private static func moved(lost: [ActorID], gained: [ActorID]) -> [String] {
    [("lost", lost), ("gained", gained)].filter { !$0.1.isEmpty }.map { what, actors in
      "    actors \(what): \(actors.map(\.rawValue).joined(separator: " "))"
    }
  }

  private static func shown(_ codes: [String]) -> String {
    let shown = codes.prefix(12).map { $0.isEmpty ? "(no code)" : $0 }.joined(separator: " ")
    return codes.count > 12 ? "\(shown) and \(codes.count - 12) more" : shown
  }
}

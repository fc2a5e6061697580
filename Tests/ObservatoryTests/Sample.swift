@testable import HTTP
import Evidence
import Foundation
import Publishing
import Studies

@testable import Observatory

/// The observatory of an example, and what its casebook says.
struct Sample {
  let casebook: Casebook
  let study: Study
  let observatory: Observatory

  static let project = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Made once for all tests that only ask.
  static let plain = Result { try Sample() }

  init(sharedWith origin: Origin? = nil) throws {
    casebook = try Casebook(
      contentsOf: Self.project.appending(
        path: "Examples/harbour-league/casebook", directoryHint: .isDirectory))
    guard let file = casebook.studies.values.first else { throw CocoaError(.fileNoSuchFile) }
    study = try Study(contentsOf: file, for: casebook)
    observatory = try Observatory(
      study, casebook: casebook, version: "0.0",
      resources: .ofProgram,
      settings: Observatory.Settings(
        threads: 2, admission: Admission(host: "127.0.0.1", sharedWith: origin)))
  }

  func get(
    _ path: String, _ query: [(String, String)] = [], headers: [String: String] = [:]
  ) -> Response {
    ask(
      Request("GET", path, query: query.map { .init(name: $0, value: $1) }, headers: headers))
  }

  func post(_ path: String, _ body: String, _ query: [(String, String)] = []) -> Response {
    ask(
      Request(
        "POST", path, query: query.map { .init(name: $0, value: $1) },
        headers: ["content-type": "application/json"], body: Array(body.utf8)))
  }

  /// Asks as a client on this machine does, unless the request names another host.
  func ask(_ request: Request) -> Response {
    observatory.respond(
      to: Request(
        request.method, request.path, query: request.query,
        headers: request.headers.merging(["host": "localhost:8010"]) { own, _ in own },
        body: request.body))
  }
}

extension Response {
  var text: String { String(decoding: body, as: UTF8.self) }
  var json: [String: Any]? {
    (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any]
  }
}

@testable import HTTP
import Documents
import Testing

@testable import Observatory

/// Whose requests a server takes.
@Suite struct AdmissionTests {
  private func status(
    _ admission: Admission, _ headers: [String: String], method: String = "POST"
  ) -> Int? {
    admission.problem(with: Request(method, "/", headers: headers))?.status
  }

  @Test(arguments: [
    ("127.0.0.1", "localhost:8010", true), ("127.0.0.1", "127.0.0.1", true),
    ("127.0.0.1", "[::1]:8010", true), ("127.0.0.1", "LOCALHOST.", true),
    ("127.0.0.1", "evil.example", false), ("127.0.0.1", "localhost.evil.example", false),
    ("127.0.0.1", "192.0.2.1", false), ("192.0.2.1", "192.0.2.1:8010", true),
    ("192.0.2.1", "localhost", false), ("::1", "[::1]", true),
    ("2001:db8::1", "[2001:DB8::1]", true),
    ("0.0.0.0", "192.0.2.7", true), ("::", "[2001:db8::7]", true), ("::", "evil.example", false),
    ("0.0.0.0", "localhost", true),
  ])
  func onlyTheNamesOfTheServerAreAnswered(_ host: String, _ asked: String, _ isTaken: Bool) {
    let admission = Admission(host: host)
    #expect(status(admission, ["host": asked], method: "GET") == (isTaken ? nil : 421))
    #expect(status(admission, ["host": asked]) == (isTaken ? nil : 421))
  }

  @Test func furtherNamesAreThoseOfTheOperator() {
    let admission = Admission(host: "127.0.0.1", names: ["Fulcrum.example"])
    #expect(status(admission, ["host": "fulcrum.example:443"]) == nil)
    #expect(status(admission, ["host": "other.example"]) == 421)
    let said = admission.problem(with: Request("GET", "/", headers: ["host": "x.example"]))?.detail
    #expect(said?.contains("x.example") == true && said?.contains("fulcrum.example") == true)
  }

  @Test(arguments: [nil, "", " ", "a b", "a,b", "a@b", "a/b", "a:b", "a:0", "a:65536", "[::1", "ä"])
  func aHostThatIsNoneIsABadRequest(_ host: String?) {
    #expect(status(Admission(host: "::"), host.map { ["host": $0] } ?? [:], method: "GET") == 400)
  }

  @Test func aPageOfAnotherSiteMayNotPost() {
    let admission = Admission(host: "127.0.0.1", sharedWith: Origin("https://example.org:443"))
    func posted(_ headers: [String: String]) -> Int? {
      status(admission, headers.merging(["host": "localhost:8010"]) { own, _ in own })
    }
    #expect(posted([:]) == nil)
    #expect(posted(["origin": "http://localhost:8010", "sec-fetch-site": "same-origin"]) == nil)
    #expect(posted(["sec-fetch-site": "none"]) == nil)
    #expect(posted(["origin": "https://example.org", "sec-fetch-site": "cross-site"]) == nil)
    for origin in [
      "null", "", "*", "http://localhost:8011", "http://evil.example", "https://example.org/x",
    ] {
      #expect(posted(["origin": origin]) == 403, "\(origin)")
    }
    for site in ["cross-site", "same-site", ""] {
      #expect(posted(["sec-fetch-site": site]) == 403, "\(site)")
      #expect(
        posted(["sec-fetch-site": site, "origin": "http://localhost:8010"]) == 403, "\(site)")
    }
  }

  @Test func anOriginHasASchemeAHostAndNothingElse() {
    for text in [
      "https://example.org", "http://127.0.0.1:8010", "HTTPS://Example.org:8443", "http://[::1]",
    ] {
      #expect(Origin(text) != nil, "\(text)")
    }
    for text in [
      "*", "null", "", "example.org", "https://", "https://example.org/", "https://a@b.org",
      "https://*.org", "ftp://example.org", "https://example.org?x", "https://example.org#x",
      "https://a.org https://b.org", "https://example.org:x", "https://null",
    ] {
      #expect(Origin(text) == nil, "\(text)")
    }
    #expect(Origin("https://Example.org:443") == Origin("https://example.org"))
    #expect(Origin("https://example.org:80")?.description == "https://example.org:80")
  }

  // MARK: Where a body ends

  private func isRead(_ headers: [(String, String)], version: String = "HTTP/1.1") -> Bool {
    Framing(headers: headers.map { .init(name: $0, value: $1) }, version: version).problem == nil
  }

  @Test func headersThatSayInOneWayWhereTheBodyEndsAreRead() {
    #expect(isRead([("Host", "x"), ("Content-Length", "5")]))
    #expect(isRead([("Transfer-Encoding", "Chunked"), ("X-A", "b\tc"), ("X-A", "d")]))
  }

  @Test(arguments: [
    [("Content-Length", "5"), ("content-length", "6")],
    [("Content-Length", "5"), ("Content-Length", "5")],
    [("Content-Length", "5"), ("Transfer-Encoding", "chunked")],
    [("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "chunked")],
    [("Transfer-Encoding", "gzip, chunked")], [("Transfer-Encoding", "")],
    [("Content-Length ", "5")], [("", "5")], [("X A", "5")],
    [("X", "a\rTransfer-Encoding: chunked")],
    [("X", "a\u{0}b")], [("Host", "a"), ("host", "b")],
  ])
  func headersThatSayItInTwoWaysAreNot(_ headers: [(String, String)]) {
    #expect(!isRead(headers))
    #expect(!isRead([("Transfer-Encoding", "chunked")], version: "HTTP/1.0"))
  }
}

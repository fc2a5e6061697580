@testable import HTTP
import Documents
import Testing

@testable import Observatory

@Suite struct RequestTests {
  private let types = ["application/json", "text/csv", "application/x-ndjson"]

  private func request(_ headers: [String: String]) -> Request {
    Request("GET", "/", headers: headers)
  }

  @Test func withoutAWishTheFirstTypeIsGiven() {
    #expect(request([:]).preferred(among: types) == "application/json")
    #expect(request(["accept": "*/*"]).preferred(among: types) == "application/json")
  }

  @Test func theLargestQualityWinsAndATieGoesToTheFirst() {
    #expect(
      request(["accept": "application/json;q=0.4, text/csv;q=0.9"]).preferred(among: types)
        == "text/csv")
    #expect(request(["accept": "text/csv, */*"]).preferred(among: types) == "application/json")
    #expect(request(["accept": "text/*;q=1, */*;q=0.1"]).preferred(among: types) == "text/csv")
  }

  @Test func aTypeThatIsRefusedIsNotGiven() {
    #expect(request(["accept": "image/png"]).preferred(among: types) == nil)
    #expect(
      request(["accept": "application/json;q=0, */*"]).preferred(among: types) == "text/csv")
  }

  @Test func packingIsTakenOnlyWhenTheClientTakesIt() {
    #expect(request(["accept-encoding": "br, gzip;q=0.5"]).acceptsGzip)
    let refuses = request(["accept-encoding": "gzip;q=0"]).acceptsGzip
    #expect(!refuses)
    let silent = request([:]).acceptsGzip
    #expect(!silent)
  }
}

import Documents
import HTTP
import Publishing
import Testing

@testable import Evidence
@testable import Observatory

/// A record of these tests only; `weight` is named in its list of columns and nowhere else.
private struct Parcel: Record {
  var id: DealID = ""
  var weight: Double?

  static let fields = Fields(
    "parcels", title: "What was carried", key: [\.id], of: Parcel()
  ) {
    Field("id", \.id, .name(), help: "Name of the parcel.")
    Field("weight", \.weight, .number, help: "Its weight in kilograms.")
  }
}

/// A column is written once, in the list of its record, and is found wherever records go.
@Suite struct ColumnTests {
  private let schema = Parcel.fields.schema

  @Test func aColumnIsReadAndWrittenByItsTable() {
    let text = "id,weight\np1,2.5\np2,\n"
    let table = Array(text.utf8).withUnsafeBufferPointer {
      Table<Parcel>.read($0, file: "parcels.csv")
    }
    #expect(table.problems.isEmpty && table.records.map(\.weight) == [2.5, nil])
    let rows = [schema.fields.map(\.name)] + table.records.map { Parcel.fields.cells(of: $0) }
    #expect(rows.map(CSVWriter.row).joined() == text)
  }

  @Test func aCellThatCannotBeReadIsReportedByTheColumnsName() {
    let table = Array("id,weight\np1,heavy\n".utf8).withUnsafeBufferPointer {
      Table<Parcel>.read($0, file: "parcels.csv")
    }
    #expect(
      table.problems.map(\.description) == [
        "parcels.csv, row 2, column weight: `heavy` is not a number; "
          + "write digits with a decimal point, the unit in its own column."
      ])
  }

  @Test func aColumnIsAKeyOfItsJSONAndDescribedByTheInterface() {
    let parcel = Parcel(id: "p1", weight: 2.5)
    #expect(parcel.json == ["id": "p1", "weight": 2.5])
    let route = Route(listing: "/parcels", "Parcels.", Parcel.listed) { _ in [parcel.json] }
    let description = [route].openAPI(version: "1").text()
    #expect(
      description.contains(
        "\"weight\":{\"type\":\"number\",\"description\":\"Its weight in kilograms.\"}"))
  }

  @Test func aColumnIsAFieldOfTheDataPackage() {
    let resource = schema.resource(Codebook())
    #expect(
      resource["schema"]?["fields"]
        == [
          [
            "name": "id", "type": "string", "description": "Name of the parcel.",
            "constraints": [
              "unique": true, "pattern": "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", "required": true,
            ],
          ], ["name": "weight", "type": "number", "description": "Its weight in kilograms."],
        ])
  }

  @Test func aColumnIsAnOptionOfAddAndAskedForWithItsMeaning() {
    #expect(
      schema.fields.map { [$0.name, $0.help] }
        == [["id", "Name of the parcel."], ["weight", "Its weight in kilograms."]])
  }

  @Test func aColumnIsARowOfTheReference() {
    #expect(
      ColumnReference.markdown(of: [schema])
        .contains("| `weight` | a number | Its weight in kilograms. |\n"))
  }
}

/// One name of an address's query with its value.
package struct AddressArgument: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// Arguments as the query of an address, with its `?`; empty without any.
package func addressQuery(_ arguments: [AddressArgument]) -> String {
  let parts = arguments.map { "\(percentEncoded($0.name))=\(percentEncoded($0.value))" }
  return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
}

/// A text as one segment of a path or one part of a query: only unreserved characters as they are.
package func percentEncoded(_ text: String) -> String {
  var encoded = ""
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      encoded.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      encoded += "%" + (digits.count == 1 ? "0" : "") + digits
    }
  }
  return encoded
}

/// A number as an address and a field of a form have it: digits and a point, nine decimals at most.
package func addressNumber(_ number: Double) -> String {
  let rounded = (number * 1e9).rounded() / 1e9
  return Int(exactly: rounded).map(String.init) ?? "\(rounded)"
}

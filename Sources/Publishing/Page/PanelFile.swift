import Studies

extension OutcomeAnswer {
  /// The name of the outcome's panel within a dossier's folder.
  package var panelFile: String { "panels/\(fileName(id)).csv" }
}

/// An id as a file name: what is no letter, digit, `-`, `_` or `.` becomes `_`.
private func fileName(_ id: String) -> String {
  String(
    id.unicodeScalars.map { scalar in
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar)
      return isPlain || "-_.".unicodeScalars.contains(scalar) ? Character(scalar) : "_"
    })
}

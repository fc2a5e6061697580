import Documents

extension OptionType<ReadingLimits> {
  /// Limits of what is read: `file=8000000000,draws=1000000`.
  static var limits: OptionType {
    let names = ReadingLimits.all.map(\.name)
    return OptionType("LIMITS", "limits such as row=100000000,draws=1000000") { text in
      let pairs = try KeyedValues(text, known: names)
      var limits = ReadingLimits.standard
      for limit in ReadingLimits.all {
        guard let written = pairs[limit.name] else { continue }
        guard let number = limit.bounds.number(written) else {
          throw Misreading(message: "\(limit.name)=\(written): expected \(limit.bounds.words)")
        }
        limits[keyPath: limit.path] = number
      }
      return limits
    }
  }
}

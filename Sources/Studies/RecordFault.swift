/// What is wrong with a line of a record.
public enum RecordFault: Hashable, Sendable {
  /// Its checksum is not that of its text in its place.
  case changed
  /// It is no result of the multiverse.
  case unreadable
  /// It has a number that no estimate can be.
  case implausible
}

/// Texts at and beyond the ends of what a number, a name or a list can be.
public enum Extremes {
  public static let texts: [String] = [
    "", "0", "-0", "-1", "1", "\(Int.max)", "\(Int.min)", "9223372036854775808", "2147483648",
    "1e308", "-1e308", "1e309", "1e31", "inf", "-inf", ".inf", "nan", ".nan", "5e-324", "1e-320",
    "0.9999999999999999", "0x7fffffffffffffff", "0o777", "1_000", "+5", "٣", "1e", "--", "~",
    "null",
    "true", "[]", "{}", "\u{1B}[2J", "\u{202E}",
    String(repeating: "9", count: 5000), String(repeating: "x", count: 70_000),
  ]
}

@main
struct Fulcrum {
  static func main() {}
}

import Documents
import Foundation
import Testing

@testable import Evidence
@testable import Studies

/// Every choice of the registry, through every codec.
@Suite struct SpecificationChoiceTests {
  private static let builtIn = RecomputationTests.builtIn

  /// A value that a choice takes in the built-in study.
  private static func value(of choice: Specification.Choice) throws -> Specification.Choice.Value {
    let (casebook, study) = try builtIn.get()
    return switch choice.kind {
    case .word(let vocabulary):
      .word(try #require(vocabulary.words(in: study, casebook).last))
    case .words(let vocabulary):
      .words(Array(vocabulary.words(in: study, casebook).prefix(2)).sorted())
    case .whole(_, let range): .whole(range.lowerBound)
    case .wholes: .wholes([2001, 2003])
    case .weights: .numbers([1, 0.5])
    case .years: .years(1996...2014)
    }
  }

  private static func chosen(_ choice: Specification.Choice) throws -> Specification {
    var specification = Specification()
    #expect(choice.assign(try value(of: choice), in: &specification))
    return specification
  }

  @Test(arguments: Specification.Choice.all)
  func aChoiceIsKeptByItsSpecification(_ choice: Specification.Choice) throws {
    let specification = try Self.chosen(choice)
    #expect(choice.value(in: specification) == (try Self.value(of: choice)))
    #expect(specification != Specification())
    for other in Specification.Choice.all where other.label != choice.label {
      #expect(other.value(in: specification) == nil)
    }
    #expect(specification.without { $0.label == choice.label } == Specification())
  }

  @Test(arguments: Specification.Choice.all)
  func aLineOfJSONReadsBackTheSame(_ choice: Specification.Choice) throws {
    let (casebook, study) = try Self.builtIn.get()
    let specification = try Self.chosen(choice)
    #expect(try Specification(line: specification.line, for: study, in: casebook) == specification)
  }

  @Test(arguments: Specification.Choice.all)
  func textsOfAnAddressReadBackTheSame(_ choice: Specification.Choice) throws {
    let value = try Self.value(of: choice)
    #expect(choice.value(ofTexts: value.texts) == value)
    #expect(choice.value(ofTexts: []) == nil)
  }

  @Test(arguments: Specification.Choice.all)
  func anotherSpecificationsChoiceCounts(_ choice: Specification.Choice) throws {
    let specification = try Self.chosen(choice)
    #expect(Specification().overlaid(with: specification) == specification)
    #expect(specification.overlaid(with: Specification()) == specification)
  }

  @Test(arguments: Specification.Choice.all)
  func anUnknownWordIsRefused(_ choice: Specification.Choice) throws {
    let word: Any
    switch choice.kind {
    case .word, .whole, .years: word = "neverr"
    case .words, .wholes, .weights: word = ["neverr"]
    }
    let object =
      choice.group.map { [$0: [choice.key: word]] as [String: Any] } ?? [choice.key: word]
    let line = String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    let (casebook, study) = try Self.builtIn.get()
    #expect(throws: StudyError.self, "\(line)") {
      try Specification(line: line, for: study, in: casebook)
    }
  }

  @Test func aMisspeltComparisonIsRefusedWithASuggestion() throws {
    let (casebook, study) = try Self.builtIn.get()
    do {
      _ = try Specification(line: #"{"comparison": "neverr"}"#, for: study, in: casebook)
      Issue.record("An unknown comparison was taken.")
    } catch StudyError.problems(let problems) {
      #expect(problems.map(\.description).joined().contains("never"))
    }
  }

  @Test func namesAreUnique() {
    let labels = Specification.Choice.all.map(\.label)
    let parameters = Specification.Choice.all.compactMap(\.parameter)
    #expect(Set(labels).count == labels.count)
    #expect(Set(parameters).count == parameters.count)
  }
}

extension Specification.Choice: CustomTestStringConvertible {
  fileprivate var label: String { (group.map { "\($0)." } ?? "") + key }
  public var testDescription: String { label }
}

/// A single estimate and the multiverse follow one rule of what can be estimated.
@Suite struct OneRuleOfEstimationTests {
  /// Few enough to be quick, of the estimators that find no weights.
  private static let sample = 60
  /// Two orders of the same sum of some hundred distances, which are about 1.
  private static let rounding = 1e-12

  @Test func theMultiverseAndASingleEstimateAgree() throws {
    let (casebook, study) = try RecomputationTests.builtIn.get()
    let channel = try #require(
      study.channels.first { channel in
        channel.outcomes.contains { $0.id == "ideal-point-distance" }
      })
    let outcome = try #require(channel.outcomes.first { $0.id == "ideal-point-distance" })
    let space = try SpecificationSpace(study, for: outcome)
    let quick = space.possible().indices.filter {
      space.specification($0).method?.isWeighting == false
    }
    let specifications = SpecificationSpace.sample(quick, cap: Self.sample, seed: 1)
      .map(space.specification)
    #expect(specifications.contains { $0.coTreated == .covariate && $0.pool == "neighbours" })
    let recomputation = Recomputation(study, from: casebook, threads: 2)
    let multiverse = try SpecificationStudy(
      recomputation, channel: channel, outcome: outcome, specifications: specifications, draws: 1,
      seed: 1, threads: 2)
    for specification in specifications {
      let single = try recomputation.estimate(
        of: outcome.id, under: specification, isTested: false)
      let many = try #require(try multiverse.results([specification], 0..<1).first)
      switch many {
      case .estimated(let estimated):
        #expect(single.undecidable == nil, "\(specification.line)")
        let estimate = try #require(single.estimate, "\(specification.line)")
        #expect(abs(estimate - estimated.effect) < Self.rounding, "\(specification.line)")
      case .left(let reason):
        #expect(single.estimate == nil, "\(specification.line): \(reason)")
      }
    }
  }
}

import Evidence
import Indicators
import Scenarios

// Deals and debts by what a reader knows of them.

/// The name of a deal or fact of an actor: `srb-ch92a` is CH92A, `mne-highway-loan` Highway loan.
func dealTitle(_ name: String, of actor: ActorID) -> String {
  let own = "\(actor.rawValue.lowercased())-"
  let words = (name.hasPrefix(own) ? String(name.dropFirst(own.count)) : name)
    .split(separator: "-").map { $0.contains(where: \.isNumber) ? $0.uppercased() : String($0) }
    .joined(separator: " ")
  return words.prefix(1).uppercased() + words.dropFirst()
}

extension ExposureRegister.Entry {
  /// What a reader knows it by: the name of the deal, or what is said of a fact outside any deal.
  var title: String {
    guard deal == nil, let statement = claims.first?.statement else {
      return dealTitle(name, of: actor)
    }
    return statement.hasSuffix(".") ? String(statement.dropLast()) : statement
  }
}

extension CallIn {
  /// Who owes it, for what and to whom: `Montenegro: Highway loan, lent by China`.
  func debtWords(in casebook: Casebook, lender: ActorID) -> String {
    "\(casebook.name(of: actor)): \(dealTitle(deal.rawValue, of: actor)), lent by "
      + casebook.name(of: lender)
  }
}

import Evidence

extension Mapping {
  /// A mapping file to fill in, which explains itself.
  package static let template = """
    # What the columns of a table mean, for `fulcrum import generic FILE --mapping THIS`.
    # FILE may be CSV, .xlsx, Stata, SPSS or SAS, packed with gzip or not.

    source:                       # becomes a row of sources.csv
      id: my-data
      title: The table's full title, with its edition
      author: Who made it
      publisher: Who publishes it
      url: https://example.org
      license: CC-BY-4.0

    # sheet: Data                 # how the name of the sheet starts, in a workbook of several
    # missing: ["..", "n/a"]      # texts that stand for an empty cell
    # dates: day-first            # for 14/06/2020; or month-first; else 2020-06-14

    actor:
      column: country
      system: name                # or a code system of the codebook: iso3, cow, worldbank, …

    # Either numbers by actor and year …
    period: year                  # a column with years, or with dates
    series:
      - variable:                 # becomes a row of variables.csv
          id: my-variable
          title: What is measured
          unit: percent
          channel: diplomacy      # a channel of the codebook
          concept: alignment      # engagement, alignment or exposure
          direction: toward       # what a higher value means: toward or away from the counterpart
          counterpart: CHN
          method: How the numbers came to be
        value: share              # the names of columns
        low: share_low            # leave out what there is none of
        high: share_high

    # … or a claim in each row: then delete period and series, and use this.
    # claims:
    #   key: id                   # what tells the row from the others in every edition
    #   on: signed                # a date
    #   channel: {is: finance}    # the same for all rows
    #   instrument: {column: kind, words: {Loan: loan, Grant: donation}}
    #   statement: description
    #   counterpart: {is: CHN}
    #   value: amount
    #   unit: {is: money}
    #   currency: {is: USD}
    #   price_year: {is: "2017"}
    #
    # A claim may also have fact, deal, by, direction, phase, ordered, delivered, until, low and high.

    """
}

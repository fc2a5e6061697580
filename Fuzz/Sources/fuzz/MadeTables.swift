/// Tables made for the fuzzer in the form in which each importer's files come, a few rows each.
///
/// Headers are those of the public files, as far as they are read; states, years and words are ones
/// that the casebook which they are imported into knows, or that are traps.
enum MadeTables {
  /// One table: what stands above its rows, the header included, and the rows.
  struct Table: Sendable {
    let head: String
    let rows: String

    init(_ head: String, _ rows: String) {
      self.head = head + "\n"
      self.rows = rows + "\n"
    }
  }

  /// The tables of each form, by the name of the importer.
  static let all: [String: [[Table]]] = [
    "un-votes": [[votes, calls], [votes, calls, issues]],
    "un-digital-library": [[library]],
    "agreement-table": [[agreement]],
    "ideal-points": [[idealPoints]],
    "aiddata-gcdf": finance,
    "aiddata-gcof": [[projects]],
    "aiddata-military": [[typedProjects("Military")]],
    "aiddata-huawei": [[typedProjects("Huawei")]],
    "sipri-transfers": [[register], [exportedRegister]],
    "sipri-milex": spending,
    "aei": [[deals]],
    "bri": joining,
    "cow-states": [[states]],
    "cow-contiguity": [[borders]],
    "cow-igo": [[organisations]],
    "atop": [[alliances]],
    "trade": [[reportedTrade], [bilateralTrade]],
    "world-bank": [[worldBank], [dataBank]],
    "vdem": [[democracy]],
    "freedom-house": [[freedom]],
    "wgi": [[governance]],
    "polity": [
      [polity("polity_annual_ccode", "polity_annual_country")], [polity("ccode", "scode")],
    ],
    "memberships": [[steps]],
    "generic": [[numbers]],
    "generic-claims": [[contracts]],
  ]

  private static let votes = Table(
    "rcid,country,country_code,vote",
    """
    3,Yugoslavia,YU,yes
    3,China,CN,no
    3,Bosnia & Herzegovina,BA,abstain
    4,Yugoslavia,YU,no
    4,China,CN,no
    4,"Macedonia, FYR",,yes
    """)
  private static let calls = Table(
    "rcid,session,importantvote,date,short", "3,64,0,2009-10-01,\"A, B\"\n4,65,1,2010-11-02,C")
  private static let issues = Table(
    "rcid,short_name,issue", "3,hr,Human rights\n4,me,Palestinian conflict")

  private static let library = Table(
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution",
    """
    1,SRB,SERBIA,Y,2009-11-05,64,A/RES/64/1
    1,CHN,CHINA,N,2009-11-05,64,A/RES/64/1
    2,,THE FORMER YUGOSLAV REPUBLIC OF MACEDONIA,A,2010-02-05,64,A/RES/64/2
    2,CHN,CHINA,Y,2010-02-05,64,A/RES/64/2
    2,MNE,MONTENEGRO,X,2010-02-05,64,A/RES/64/2
    3,SCG,SERBIA AND MONTENEGRO,Y,2005-11-05,ES-10,A/RES/ES-10/1
    3,CHN,CHINA,NV,2005-11-05,ES-10,A/RES/ES-10/1
    """)

  private static let agreement = Table(
    "ccode1,ccode2,agree,year,IdealPointDistance",
    "710,345,0.75,2009,1.5\n341,710,NA,2010,\n710,343,0.5,2011,0.1")

  private static let idealPoints = Table(
    "ccode,iso3c,countryname,year,idealpointfp,q5fp,q95fp,idealpointall,q5all,q95all",
    """
    345,YUG,Yugoslavia,2009,0.5,0.4,0.6,0.55,0.5,0.6
    710,CHN,China,2009,-0.5,-0.6,-0.4,-0.55,-0.6,-0.5
    343,MKD,North Macedonia,2010,0.7,0.6,0.8,,,
    """)

  private static let finance: [[Table]] = [
    [
      Table(
        "Country Code,year,projects,usd_const_2021",
        "SRB,2009,1,1283228.36\nMNE,2010,2,0\nXKX,2011,1,")
    ],
    [
      Table("ccode,year,oof_amt,oda_amt,vof_amt", "345,2009,1.5,0,0\n341,2010,,1,1\n-99,2010,1,1,1")
    ],
    [Table("gwcode,year,oof_amt,oda_amt,vof_amt", "340,2009,1.5,0,0\n341,2010,1e6,1,1")],
  ]

  private static let projects = Table(
    "project_id,recommended_for_research,umbrella,year,year_uncertain,donor,status,flow,"
      + "usd_defl_2014,recipient_iso3,recipient_count,crs_sector_name,maturity,end_actual,end_planned",
    """
    41,True,False,2010,False,China,Completion,Loan,1500000.5,SRB,1,TRANSPORT AND STORAGE,15,2014-05-01,
    42,True,True,2011,True,China,Pipeline: Pledge,Vague TBD,,MNE,1,,,,2013-01-01
    43,False,False,2012,False,China,Implementation,Grant,10,MKD,2,HEALTH,,,
    44,True,False,2012,True,China,Cancelled,Export credits, ,XKX,1,"ENERGY, OTHER",,,
    """)

  private static func typedProjects(_ kind: String) -> Table {
    Table(
      "AidData TUFF Project ID,Recommended For \(kind) Aggregates,Umbrella,Financier Country,Recipient,"
        + "Commitment Year,Commitment Year Estimated,Status,Flow Type,Amount (Constant USD2017),"
        + "Amount (Original Currency),Original Currency,Planned Completion Date (MM/DD/YYYY),"
        + "Actual Completion Date (MM/DD/YYYY)",
      """
      71,Yes,No,China,Serbia,2010,No,Completion,Loan,1500000,1000000,EUR,05/14/2012,06/30/2013
      72,Yes,No,China,Bosnia and Herzegovina,2011,Yes,Implementation,Grant,,,,,
      73,No,Yes,China,Macedonia,2012,No,Pipeline: Commitment,Debt rescheduling,10,10,USD,12/01/2020,
      """)
  }

  private static let registerHead =
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,"
    + "Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,"
    + "SIPRI TIV for total order,SIPRI TIV of delivered weapons"

  private static let register = Table(
    "\u{FEFF}" + registerHead,
    """
    Serbia,China,2010,?,6,,CH-92A,UAV,6,?,2011; 2012,New,\"For the army, \"\"used\"\"\",0.5,3,3
    Bosnia-Herzegovina,China,2011,,,,FK-3,SAM system,4,,2012,Second hand,aid,12.5,,50
    Montenegro,China,2012,,10,?,M-1,Tank,0,,,New,Cut in,,,
    two by a line break,0.5,5,0,,,,,,,,,,,,
    """)

  private static let exportedRegister = Table(
    """
    Transfers from All countries   to All countries . For the year range 'Not specified' to 'Not specified'

    \(registerHead.replacing("Number delivered", with: "Deliveries in the Year Range"))
    """, register.rows)

  private static let spending: [[Table]] = [
    [
      milex("as percentage of gross domestic product"), milex("in constant (2023) US$ m."),
      milex("at current prices and exchange rates"), milex("per capita in current US$"),
      milex("as percentage of government spending"),
    ],
    [milex("as percentage of gross domestic product")],
  ]

  private static func milex(_ words: String) -> Table {
    Table(
      "Military expenditure by country \(words)\n\nFigures in blue are estimates\n"
        + "Country,Notes,1990,2000,2009,2010,2011",
      """
      Europe,,,,,,
      Serbia,1,xxx,0.05,0.02,0.021,. .
      Yugoslavia,,0.1,xxx,xxx,xxx,xxx
      Bosnia and Herzegovina,§2,...,..,0.013,1.2e-2,…
      """)
  }

  private static let deals = Table(
    "Year,Month,Chinese Entity,Quantity in Millions,Share size,Transaction Party,Sector,Subsector,"
      + "Country,Region,BRI",
    """
    2010,April,A Steel Works,\" 1,230 \",70%,Another,Metals,Steel,Serbia,Europe,1
    2011,Sep,A Road Builder,260,,,Transport,Autos,Bosnia,Europe,1
    2012,,A Maker of Phones,100,,,Technology,Telecom,Macedonia,Europe,
    """)

  private static let joining: [[Table]] = [
    [
      Table(
        "Country Code,join_year,Region,IncomeGroup", "SRB,2010,Europe,Upper\nMNE,NA,Europe,Upper")
    ],
    [
      Table(
        "Country,Country Code,Region,IncomeGroup,Likely date of joining,Likely date of exit",
        "Serbia,SRB,Europe,Upper,May 2010,\nCroatia,HRV,Europe,High,2011-05-14,2012\nX,MNE,,,2012.0,.."
      )
    ],
  ]

  private static let states = Table(
    "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version",
    "YUG,345,Yugoslavia,1944,11,20,2011,12,31,1\nMNG,341,Montenegro,2006,6,12,2016,12,31,1\n"
      + "GDR,265,German Democratic Republic,1954,3,25,1990,10,2,1")

  private static let borders = Table(
    "ccode1,ccode2,conttype,stdate,enddate",
    "345.0,341.0,1.0,2006-06-01,2016-12-01\n341.0,345.0,1.0,2006-06-01,2011-11-01\n"
      + "710,365,1,1955-01-01,2016-12-01\n343,339,5,1993-04-01,2016-12-01")

  private static let organisations = Table(
    "ccode,year,state,nato,un,imf,eu",
    "345.0,2009.0,yugoslavia,0.0,1.0,1.0,0\n341,2010,montenegro,-1,1,2,-9\n344,2009,croatia,1,1,3,0\n"
      + "344,2010,croatia,1,1,1,0")

  private static let alliances = Table(
    "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul",
    "345.0,710.0,2009.0,1.0,0.0,0.0,1.0,1.0\n343,710,2010,0,0,1,0,0\n2,710,2011,0,0,0,0,0")

  private static let reportedTrade = Table(
    "year,recipient_iso3,polity2,china_gdp,imports,exports",
    "2009,SRB,8,5152785033972.09,79936,19910993\n2010,MNE,NA,NA,NA,5\n2011,MKD,9,1,NA,NA")
  private static let bilateralTrade = Table(
    "exp,imp,time,export", "SRB,CHN,2009,10.5\nCHN,SRB,2010,0.0\nCHN,MNE,2012,\nROM,CHN,2012,4")

  private static let worldBank = Table(
    "\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2025-12-19\",\n\n"
      + "\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"2009\",\"2010\",\"2012\",",
    """
    "Serbia","SRB","Population, total","SP.POP.TOTL","7320807","7291436","",
    "Kosovo","XKX","Population, total","SP.POP.TOTL","","1775680","1.8e6",
    "Arab World","ARB","Population, total","SP.POP.TOTL","1","2","3",
    """)
  private static let dataBank = Table(
    "Series Name,Series Code,Country Name,Country Code,2010 [YR2010],2009 [YR2009]",
    """
    GDP per capita (current US$),NY.GDP.PCAP.CD,Serbia,SRB,5735.4,..
    GDP per capita (current US$),NY.GDP.PCAP.CD,North Macedonia,MKD,..,4566.9
    ,,,,,
    Data from database: World Development Indicators,,,,,
    Last Updated: 12/19/2025,,,,,
    """)

  private static let democracy: Table = {
    let indices = ["polyarchy", "libdem", "partipdem", "delibdem", "egaldem"].flatMap { index in
      ["", "_codelow", "_codehigh"].map { "v2x_\(index)\($0)" }
    }
    let values = "0.389,0.342,0.438"
    let row = Array(repeating: values, count: 4).joined(separator: ",")
    return Table(
      "country_text_id,country_id,year," + indices.joined(separator: ","),
      "SRB,198.0,2009.0,\(values),\(row)\nXKX,43,2010,,,,\(row)\nMKD,176,2011,0.5,0.6,0.4,\(row)")
  }()

  private static let freedom = Table(
    "fh_country,year,pr,cl,status",
    "Serbia and Montenegro,2009,4,5,PF\nSerbia,2010.0,2,2,F\n"
      + "Kosovo,2011,5,,PF\nSerbia,2010,3,3,F")

  private static let governance = Table(
    "wb_country,wb_code,year,Estimate,StdErr,NumSrc,Rank,Lower,Upper",
    "Serbia,SRB,2009.0,0.25,0.125,9,55.0,50.5,60\nKosovo,XKX,2010,-0.5,,4,30,20,40\nRomania,ROM,2010,,,,,,"
  )

  private static func polity(_ code: String, _ name: String) -> Table {
    Table(
      "p5,cyear,\(code),\(name),year,democ,autoc,polity,polity2",
      "1,3422009,342,Serbia,2009,8,0,8,8\n1,3412010,341,Kosovo,2010,8,0,-66,\n"
        + "0,3472009,347,Serbia and Montenegro,2009,7,1,6,6\n1,3482011,348.0,Montenegro,2011,9,0,-88,9"
    )
  }

  private static let steps = Table(
    "iso3,organisation,stage,from,note",
    "MNE,NATO,member,2017-06-05,\nMKD,NATO,invited,2018-07,\"After, the agreement\"\n"
      + "SRB,EU,candidate,2012-03-01,\nHRV,EU,member,2013-07-01,")

  private static let numbers = Table(
    "country,year,share,share_low,share_high",
    "Serbia,2009,0.5,0.4,0.6\nThe former Yugoslav Republic of Macedonia,2010-06-14,1,,\nBosnia,2011,-99,,"
  )

  private static let contracts = Table(
    "id,country,signed,kind,description,amount",
    "1,Serbia,14/06/2010,Loan,\"A loan, of which half is drawn\",1000000\n2,MKD,2011,Grant,A gift,\n"
      + "3,Montenegro,31.12.2012,Loan,A road,2.5e8")
}

#!/usr/bin/env python3
"""Writes Casebooks/places: the states, territories and groups that public data sets name.

usage: make-known-places.py DATA [FOLDER]   DATA holds the public files that the README of the folder lists

Codes and spellings are facts of the files; nothing else of them is taken. A spelling that two places
share at one time is left out, unless OWN says whose it is.
"""

import collections
import csv
import gzip
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent.parent
BUILT_IN = HERE / "Casebooks" / "western-balkans"

# Places that have no ISO code today.
FORMER = {
    "Kosovo": "XKX", "Czechoslovakia": "CSK", "German Democratic Republic": "DDR",
    "Yugoslavia": "YUG", "Serbia and Montenegro": "SCG", "Yemen Arab Republic": "YAR",
    "Yemen People's Republic": "YPR", "Republic of Vietnam": "RVN", "Zanzibar": "ZAN", "Somaliland": "SOL",
}

# Codes of ISO 3166-3, for names of states that are no longer used; a table may go on with them for a while.
WITHDRAWN = {
    "BUR": "MMR", "BYS": "BLR", "CSK": "CSK", "DDR": "DDR", "DHY": "BEN", "HVO": "BFA", "RHO": "ZWE", "SCG": "SCG",
    "SUN": "RUS", "TMP": "TLS", "VDR": "VNM", "YMD": "YPR", "YUG": "YUG", "ZAR": "COD",
}

# Spellings that need a decision: (spelling, place, from, to, where it is written).
OWN = [
    ("Yugoslavia", "YUG", "", "2002", "freedom-house"),
    ("Yugoslavia", "SCG", "2003", "2005", "un-votes"),
    ("Yugoslavia", "SRB", "2006", "", "un-votes"),
    ("Yugoslavia (Serbia)", "YUG", "", "2002", "gw-years"),
    ("Serbia and Montenegro", "SCG", "2003", "2006", "polity"),
    ("Czechoslovakia", "CSK", "", "1992", "cow-states"),
    ("Soviet Union", "RUS", "", "1991", "sipri"),
    ("Union of Soviet Socialist Republics", "RUS", "", "1991", "sipri"),
    ("USSR", "RUS", "", "1991", "polity"),
    ("Russian Federation", "RUS", "", "", "aei"),
    ("Germany", "DEU", "", "", "cow-states"),
    ("East Germany (GDR)", "DDR", "", "1990", "sipri"),
    ("East Germany", "DDR", "", "1990", "freedom-house"),
    ("Bosnia", "BIH", "", "", "aei"),
    ("Bosnia-Herzegovina", "BIH", "", "", "sipri"),
    ("Macedonia", "MKD", "", "", "aei"),
    ("FYROMacedonia", "MKD", "", "", "spelling-of-lists"),
    ("FYROM", "MKD", "", "", "spelling-of-lists"),
    ("Congo", "COG", "", "", "sipri"),
    ("DR Congo", "COD", "", "", "sipri"),
    ("Congo, DR", "COD", "", "", "sipri"),
    ("Congo, Republic", "COG", "", "", "sipri"),
    ("Viet Nam", "VNM", "", "", "sipri"),
    ("Vietnam", "VNM", "", "", "world-bank"),
    ("South Vietnam", "RVN", "", "1976", "sipri"),
    ("North Yemen", "YAR", "", "1990", "sipri"),
    ("Yemen Arab Republic (North Yemen)", "YAR", "", "1990", "sipri"),
    ("South Yemen", "YPR", "", "1990", "sipri"),
    ("Yemen", "YEM", "", "", "un-votes"),
    ("Korea, North", "PRK", "", "", "sipri"),
    ("Korea, South", "KOR", "", "", "sipri"),
    ("Turkiye", "TUR", "", "", "sipri"),
    ("UAE", "ARE", "", "", "sipri"),
    ("eSwatini", "SWZ", "", "", "sipri"),
    ("Saint Vincent", "VCT", "", "", "sipri"),
    ("Palestine", "PSE", "", "", "sipri"),
    ("Timor Leste", "TLS", "", "", "sipri"),
    ("Britain", "GBR", "", "", "aei"),
    ("USA", "USA", "", "", "aei"),
    ("Ivory Coast", "CIV", "", "", "aei"),
    ("Sao Tome", "STP", "", "", "aei"),
    ("Trinidad-Tobago", "TTO", "", "", "aei"),
    ("Northern Cyprus", "CYN", "", "", "natural-earth"),
    ("China (People's Republic of)", "CHN", "", "", "aiddata"),
    ("Democratic People's Republic of Korea", "PRK", "", "", "iso"),
    ("Lao People's Democratic Republic", "LAO", "", "", "aiddata"),
    ("Serbia", "SRB", "", "", "world-bank"),
]

# Names in Polity that are states of today under another number.
POLITY = {
    "Germany West": "DEU", "USSR": "RUS", "Ethiopia": "ETH", "Pakistan": "PAK", "Sudan-North": "SDN",
    "Sudan": "SDN", "Vietnam": "VNM", "Vietnam North": "VNM", "Yemen": "YEM", "Germany": "DEU",
    "Serbia": "SRB", "Montenegro": "MNE", "Colombia": "COL", "Gran Colombia": "COL",
}

# The sources of spellings, with the file that was read.
SOURCES = {
    "countrycode": "country-codes/countrycode_codelist.csv",
    "iso": "country-codes/data_iso.csv",
    "cow-years": "country-codes/data_cow.csv",
    "gw-years": "country-codes/data_gw.csv",
    "cow-states": "cow/states2016.csv",
    "polity": "democracy/polity5.csv.gz",
    "freedom-house": "democracy/fh.csv",
    "wgi": "democracy/wgi.csv",
    "vdem": "vdem/vdem_simple_v15_1990.csv.gz",
    "world-bank": "world-bank/API_SP.POP.TOTL.csv",
    "un-votes": "un-votes/un_votes.csv.gz",
    "ideal-points": "ideal-points/idealpoints_july2025.csv",
    "natural-earth": "boundaries/ne_50m_admin_0_countries.json.gz",
    "aiddata": "aiddata/aiddata_huawei_finance_v2.csv",
    "sipri": "sipri/trade-register.csv",
    "aei": "aei/china_investments_2005_2018.csv",
}


def rows(path):
    opened = gzip.open(path, "rt", encoding="utf-8-sig") if path.suffix == ".gz" else open(
        path, encoding="utf-8-sig", newline="")
    with opened as file:
        lines = list(file)
    start = next(i for i, line in enumerate(lines) if line.count(",") > 2 and "Data Source" not in line)
    yield from csv.DictReader(lines[start:])


def whole(text):
    """A code as a table of whole numbers writes it: 700.0 is 700."""
    return text[:-2] if text and text.endswith(".0") else text or ""


def plain(name):
    """A spelling without case, accents, punctuation and a leading article."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    folded = "".join(c for c in folded if not unicodedata.combining(c)).replace("&", " and ")
    words = "".join(c if c.isalnum() else " " for c in folded).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


class Places:
    def __init__(self, data):
        self.data = data
        self.names = {}
        self.kinds = {}
        self.codes = []
        self.owner = collections.defaultdict(list)
        self.spellings = collections.OrderedDict()

    def read(self, source):
        return rows(self.data / SOURCES[source])

    def code(self, place, system, code, start="", end="", source="countrycode"):
        if not code or any(p == place for p, a, b in self.owner[system, code] if (a, b) == (start, end)):
            return
        self.owner[system, code].append((place, start, end))
        self.codes.append((place, system, code, start, end, source))

    def of(self, system, code, year=None):
        for place, start, end in self.owner.get((system, code), []):
            if year is None or (start[:4] or "0") <= str(year) <= (end[:4] or "9999"):
                return place
        return None

    def spell(self, name, place, source, start="", end=""):
        name = " ".join(name.split())
        if not name or not place or name[0] in "&" or ";" in name:
            return
        seen = self.spellings.setdefault(plain(name), [])
        if not any(row[1] == place and row[2:4] == (start, end) for row in seen):
            seen.append((name, place, start, end, source))

    def named(self, name):
        found = {row[1] for row in self.spellings.get(plain(name), [])}
        return found.pop() if len(found) == 1 else None


def span_by_year(table, code, year):
    spans = {}
    for row in table:
        key, when = whole(row[code]), int(float(row[year]))
        low, high = spans.get(key, (when, when))
        spans[key] = (min(low, when), max(high, when))
    return spans


def read_codes(places):
    built_in = collections.defaultdict(list)
    for row in csv.DictReader(open(BUILT_IN / "codes.csv", encoding="utf-8", newline="")):
        built_in[row["actor"]].append(row)
    cow = {}
    for row in places.read("cow-states"):
        start, end = int(row["styear"]), int(row["endyear"])
        low, high = cow.get(row["ccode"], (start, end))
        cow[row["ccode"]] = (min(low, start), max(high, end))
    spans = {
        "cow": {k: (a, 9999 if b >= 2016 else b) for k, (a, b) in cow.items()},
        "gw": {k: (a, 9999 if b >= 2017 else b)
               for k, (a, b) in span_by_year(places.read("gw-years"), "gwn", "year").items()},
        "polity": {k: (a, 9999 if b >= 2018 else b) for k, (a, b) in span_by_year(
            places.read("polity"), "polity_annual_ccode", "year").items()},
    }
    for row in places.read("countrycode"):
        name = row["country.name.en"]
        place = row["iso3c"] or FORMER.get(name)
        if not place and any(row[column] for column in ("cown", "gwn", "p5n", "vdem")):
            place = "former-" + plain(name).replace(" ", "-")
        if not place or name in ("Stateless", "Unknown"):
            continue
        places.names[place] = name
        is_state = row["cown"] or row["gwn"] or row["p5n"] or place in built_in
        places.kinds[place] = "state" if is_state else "territory"
        if place in built_in:
            for code in built_in[place]:
                # SIPRI's codes are names, which follow below.
                if code["system"] in ("sipri", "name"):
                    continue
                places.code(place, code["system"], code["code"], code["from"], code["to"], "western-balkans")
            continue
        for system, column in [("iso3", "iso3c"), ("iso2", "iso2c"), ("vdem", "vdem"), ("worldbank", "wb"),
                               ("eurostat", "eurostat"), ("fips", "fips"), ("genc", "genc3c")]:
            places.code(place, system, whole(row[column]))
        if row["un"]:
            places.code(place, "un", whole(row["un"]).zfill(3))
        for system, number, letters in [("cow", "cown", "cowc"), ("gw", "gwn", "gwc"), ("polity", "p5n", "p5c")]:
            code = whole(row[number])
            low, high = spans[system].get(code, (0, 9999))
            start, end = ("" if low == 0 else str(low)), ("" if high == 9999 else str(high))
            # A number without a spell that another place has for a time stays with that place.
            if low == 0 and places.owner.get((system, code)):
                continue
            places.code(place, system, code, start, end)
            places.code(place, f"{system}_abbr", row[letters], start, end)


def read_more_codes(places):
    for name, system, code, start, end in [
        ("Czechoslovakia", "unvotes", "CS", "", "1992"), ("German Democratic Republic", "unvotes", "DD", "", "1990"),
    ]:
        places.code(FORMER[name], system, code, start, end, "un-votes")
    for code, place in WITHDRAWN.items():
        places.code(place, "iso3", code, source="iso-withdrawn")
    for code, name in sorted({(r["country_code"], r["country"]) for r in places.read("un-votes")}):
        if code in ("NA", "") and name != "Namibia" or places.owner.get(("unvotes", code)):
            continue
        places.code(places.of("iso2", code), "unvotes", code, source="un-votes") if places.of("iso2", code) else None
    for code in sorted({r["iso3c"] for r in places.read("ideal-points")}):
        if places.of("iso3", code) and not places.owner.get(("idealpoints", code)):
            places.code(places.of("iso3", code), "idealpoints", code, source="ideal-points")
    for code, ours in sorted({(r["country_text_id"], whole(r["country_id"])) for r in places.read("vdem")}):
        place = places.of("vdem", ours)
        if place and not places.owner.get(("vdem_text", code)):
            places.code(place, "vdem_text", code, source="vdem")
    world = json.load(gzip.open(places.data / SOURCES["natural-earth"], "rt", encoding="utf-8"))
    for feature in world["features"]:
        p = {k.upper(): v for k, v in feature["properties"].items()}
        code = p.get("ADM0_A3")
        if places.owner.get(("naturalearth", code)):
            continue
        place = places.of("iso3", p.get("ISO_A3")) or places.of("iso3", code) or places.of("worldbank", p.get("WB_A3"))
        if not place:
            place = code
            places.names[place], places.kinds[place] = p["ADMIN"], "territory"
        places.code(place, "naturalearth", code, source="natural-earth")
        for key in ("NAME", "NAME_LONG", "ADMIN"):
            if p.get(key):
                places.spell(p[key], place, "natural-earth")


def read_spellings(places):
    for place, name in places.names.items():
        places.spell(name, place, "countrycode")
    # Numbers of its own that only Polity and V-Dem have, by the names beside them.
    spans = span_by_year(places.read("polity"), "polity_annual_ccode", "year")
    for code, name in sorted({(whole(r["polity_annual_ccode"]), r["polity_annual_country"])
                              for r in places.read("polity")}):
        if not places.owner.get(("polity", code)):
            place = POLITY.get(name) or places.named(name)
            if not place:
                place = "former-" + plain(name).replace(" ", "-")
                places.names[place], places.kinds[place] = name, "state"
            places.code(place, "polity", code, *(str(year) for year in spans[code]), source="polity")
    for code, text, name in sorted({(whole(r["country_id"]), r["country_text_id"], r["vdem_country_name"])
                                    for r in places.read("vdem")}):
        if not places.owner.get(("vdem", code)):
            place = "vdem-" + text
            places.names[place], places.kinds[place] = name, "territory"
            places.code(place, "vdem", code, source="vdem")
            places.code(place, "vdem_text", text, source="vdem")
    for row in places.read("iso"):
        places.spell(row["iso.name.en"], places.of("iso3", row["iso3c"]), "iso")
        places.spell(row["country"], places.of("iso3", row["iso3c"]), "iso")
    for row in places.read("cow-states"):
        places.spell(row["statenme"], places.of("cow", row["ccode"], row["styear"]), "cow-states")
    for source, code, name, system in [("cow-years", "cown", "cow.name", "cow"), ("gw-years", "gwn", "country", "gw"),
                                       ("polity", "polity_annual_ccode", "polity_annual_country", "polity")]:
        for number, spelt, year in {(whole(r[code]), r[name], int(float(r["year"]))) for r in places.read(source)}:
            if year >= 1900:
                places.spell(spelt, places.of(system, number, year), source)
    for row in places.read("freedom-house"):
        name = row["fh_country"]
        place = places.of("gw", whole(row["GWn"]), int(float(row["year"]))) or places.named(name)
        if not place and plain(name) not in places.spellings:
            place = "territory-" + plain(name).replace(" ", "-")
            places.names[place], places.kinds[place] = name, "territory"
        places.spell(row["fh_country"], place, "freedom-house")
    unplaced = set()
    for source, code, name in [("world-bank", "Country Code", "Country Name"), ("wgi", "wb_code", "wb_country")]:
        for row in places.read(source):
            place = places.of("worldbank", row[code]) or places.of("iso3", row[code]) or places.named(row[name])
            if not place and source == "world-bank":
                place = row[code]
                places.names[place], places.kinds[place] = row[name], "group"
            if place:
                places.spell(row[name], place, source)
                if not places.owner.get(("worldbank", row[code])):
                    places.code(place, "worldbank", row[code], source=source)
            elif "former" in row[name]:
                places.names[row[code]], places.kinds[row[code]] = row[name], "territory"
                places.code(row[code], "worldbank", row[code], source=source)
                places.spell(row[name], row[code], source)
            else:
                unplaced.add((source, row[code], row[name]))
    for row in sorted(unplaced):
        print("no place:", *row, file=sys.stderr)
    for row in places.read("vdem"):
        places.spell(row["vdem_country_name"], places.of("vdem_text", row["country_text_id"], int(float(row["year"]))), "vdem")
    for row in places.read("un-votes"):
        if row["country_code"] not in ("NA", ""):
            places.spell(row["country"], places.of("unvotes", row["country_code"]), "un-votes")
    for row in places.read("ideal-points"):
        places.spell(row["countryname"], places.of("idealpoints", row["iso3c"], int(float(row["year"]))), "ideal-points")


def read_register(places):
    """Spellings of sources that have no codes, when they are near another's; the others are told."""
    unknown = set()
    for source, columns in [("sipri", ["Recipient", "Supplier"]), ("aei", ["Country"]), ("aiddata", ["Recipient"])]:
        for row in places.read(source):
            for column in columns:
                name = (row.get(column) or "").strip()
                if (name.endswith("*") or name.startswith("unknown")) and not places.named(name):
                    group = "group-" + plain(name).replace(" ", "-")
                    places.names[group], places.kinds[group] = name, "group"
                    places.spell(name, group, source)
                elif name and plain(name) not in places.spellings and not re.fullmatch(r"[0-9.]+", name):
                    unknown.add((source, name))
    for source, name in sorted(unknown):
        print("no place:", source, name, file=sys.stderr)


def settled(places):
    """The spellings with one place at a time."""
    own = collections.defaultdict(list)
    for row in OWN:
        own[plain(row[0])].append(row)
    chosen = []
    for key, seen in places.spellings.items():
        if key in own:
            continue
        found = {row[1] for row in seen}
        if len(found) > 1:
            print("left out:", seen[0][0], sorted(found), file=sys.stderr)
            continue
        chosen.append(seen[0])
    return chosen + [row for rows in own.values() for row in rows]


def main():
    data = pathlib.Path(sys.argv[1])
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else HERE / "Casebooks" / "places"
    places = Places(data)
    read_codes(places)
    read_more_codes(places)
    for row in OWN:
        places.spell(row[0], row[1], row[4], row[2], row[3])
    read_spellings(places)
    read_register(places)
    spellings = settled(places)
    for place, *_ in [(row[1],) for row in spellings]:
        if place not in places.names:
            sys.exit(f"a spelling names {place}, which is no place")
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "places.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "name", "kind"])
        out.writerows((p, places.names[p], places.kinds[p]) for p in sorted(places.names))
    with open(folder / "codes.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["place", "system", "code", "from", "to", "source"])
        names = [(p, "name", n, a, b, s) for n, p, a, b, s in spellings]
        out.writerows(sorted(places.codes + names))


main()

#!/usr/bin/env python3
"""Makes the tables of the two examples, from a seed: every state and every figure is invented.

    python Examples/make.py [FOLDER]

Writes into the folders beside this file, or beside each other in FOLDER, the tables of
`harbour-league/casebook` and `river-commission/casebook`, their `datapackage.json`, and
`expected.json`: the effects that are built into the figures. The codebooks and the studies are
written by hand. The same seed gives the same bytes.
"""

import csv
import io
import json
import pathlib
import random
import statistics
import sys

import yaml

HERE = pathlib.Path(__file__).resolve().parent
# The layout of every table is that of the built-in casebook.
LAYOUT = HERE.parent / "Casebooks" / "western-balkans" / "datapackage.json"
# Of the seeds 1 to 40 the first that draws no outcome to be weak by chance.
SEED = 2
# Which list of a codebook holds the words of a column.
WORDS = {"channel": "channels", "instrument": "instruments", "unit": "units",
         "of": "denominators", "coder": "coders", "system": "code_systems"}


class Noise:
    """Numbers of a normal distribution from the one generator whose sequence Python promises."""

    def __init__(self, seed):
        self.source = random.Random(seed)

    def __call__(self, deviation):
        uniform = 0.0
        while uniform == 0.0:
            uniform = self.source.random()
        return deviation * statistics.NormalDist().inv_cdf(uniform)


def states(names):
    """An id of three letters for each name."""
    return {name[:3].upper(): name for name in names.split()}


def spell(actor, organisation, stage, year):
    return {"actor": actor, "organisation": organisation, "stage": stage, "from": str(year)}


def series(variable, source, values):
    return [{"variable": variable, "actor": actor, "period": str(year), "value": f"{value:.4f}",
             "status": "A", "source": source} for actor, year, value in values]


def dataset(name, title, accessed, reliability):
    return {"id": name, "type": "dataset", "title": title, "author": "The Fulcrum project",
            "accessed": accessed, "language": "en", "license": "CC0-1.0",
            "reliability": reliability}


def harbour_league(seed=SEED):
    """Twenty-four islands, ten of which join a league; joining lowers what binds them to Meridian."""
    effects = {"freight-share": -6.0, "port-dues": -3.0}
    noise = Noise(seed)
    islands = states(
        "Amberholm Brightwater Coralstead Driftmark Ebbstone Farlight Gullhaven Herringsea "
        "Inkwell Jettyford Kelpness Lanternrock Mistral Nettlebay Osprey Pearlmouth Quayside "
        "Reefwick Saltmere Tidewell Umberpoint Vigilcape Whalebone Yarrow")
    ids = list(islands)
    joined = dict(zip(ids[:10], [2006, 2006, 2007, 2008, 2008, 2009, 2010, 2010, 2011, 2012]))
    bank = {ids[2]: 2009, ids[5]: 2007, ids[15]: 2008, ids[20]: 2005}
    years = range(2000, 2018)
    freight, dues = [], []
    for place, island in enumerate(ids):
        level, fee = 40 + noise(8), 20 + noise(3)
        for year in years:
            member = year >= joined.get(island, 9999)
            share = level + 0.3 * (year - 2000) + noise(2) + effects["freight-share"] * member
            freight.append((island, year, share))
            paid = fee + 0.2 * (year - 2000) + noise(1) + effects["port-dues"] * member
            dues.append((island, year, round(paid, 1)))
    tables = {
        "actors": [{"id": key, "name": name, "kind": "state"} for key, name in islands.items()] + [
            {"id": "MERIDIAN", "name": "Meridian", "kind": "state"},
            {"id": "LEAGUE", "name": "Harbour League", "kind": "organisation"},
            {"id": "BANK", "name": "Reef Bank", "kind": "organisation"}],
        "memberships": [spell(island, "LEAGUE", "signatory", year)
                        for island, year in joined.items()]
        + [spell(island, "BANK", "shareholder", year) for island, year in bank.items()],
        "sources": [
            dataset("freight-first", "Freight by flag, first release (invented)", "2019-03-01", "B"),
            dataset("freight-second", "Freight by flag, second release (invented)", "2020-03-01",
                    "B"),
            dataset("harbour-accounts", "Yearly accounts of the harbours (invented)", "2019-03-01",
                    "B"),
            dataset("gazette", "The island gazette (invented)", "2019-06-01", "C")],
        "variables": [{
            "id": "freight-share", "title": "Freight carried under Meridian's flag",
            "unit": "per cent", "channel": "trade", "concept": "exposure", "direction": "toward",
            "counterpart": "MERIDIAN", "source": "freight-first",
            "method": "Invented: a level for each island, a common path, noise, and a fall of six "
                      "points from the year of joining."}],
        "claims": due_claims(dues) + talk_claims(),
        "judgements": [{
            "fact": "dues-AMB-2003", "claim": "dues-AMB-2003-gazette", "by": "project",
            "on": "2020-02-01", "reason": "The gazette prints the receipt."}],
        "coverage": [
            {"actor": island, "counterpart": "MERIDIAN", "channel": "ports", "from": "2000",
             "to": "2017", "status": "searched", "note": "The accounts name every year."}
            for island in ids],
        # The second release mends the last two years of three islands.
        "series": series("freight-share", "freight-first", freight) + series(
            "freight-share", "freight-second",
            [(island, year, value - 1) for island, year, value in freight
             if year >= 2016 and island in ids[:3]]),
    }
    return tables, effects


def claim(**given):
    return {"counterpart": "MERIDIAN", "assertion": "reported", "coder": "project"} | given


def due_claims(dues):
    """One claim for each island and year; one of them disputed, one corrected."""
    def paid(name, island, year, value, **more):
        return claim(**({
            "id": name, "fact": f"dues-{island}-{year}", "actor": island, "channel": "ports",
            "instrument": "dues", "direction": "toward", "on": str(year), "value": f"{value:.1f}",
            "unit": "money", "currency": "XTS", "source": "harbour-accounts", "credibility": "2",
            "statement": f"Dues of {value:.1f} million were paid to Meridian's harbour company.",
            "coded_on": "2019-04-01"} | more))
    claims = [paid(f"dues-{island}-{year}-accounts", island, year, value)
              for island, year, value in dues]
    at = {(island, year): value for island, year, value in dues}
    claims.append(paid("dues-AMB-2003-gazette", "AMB", 2003, at["AMB", 2003] + 0.8,
                       source="gazette", credibility="3", coded_on="2019-07-01"))
    claims.append(paid("dues-BRI-2012-corrected", "BRI", 2012, at["BRI", 2012] + 0.5,
                       coded_on="2020-05-01", supersedes="dues-BRI-2012-accounts"))
    return claims


def talk_claims():
    """A few statements that nobody has searched for: too little to decide anything."""
    said = [("AMB", 2008, "away"), ("BRI", 2009, "neutral"), ("OSP", 2010, "toward"),
            ("PEA", 2011, "toward")]
    return [claim(
        id=f"statement-{island}-{year}", fact=f"position-{island}-{year}", actor=island,
        channel="statements", instrument="statement", direction=direction, on=str(year),
        source="gazette", credibility="3", coded_on="2019-07-01",
        statement=f"The government speaks {direction} on Meridian's fleet.")
        for island, year, direction in said]


def river_commission(seed=SEED):
    """Twenty-two valleys, nine of which join a commission; joining changes nothing."""
    effects = {"water-drawn": 0.0, "power-bought": 0.0}
    noise = Noise(seed)
    valleys = states(
        "Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Ironwood Juniper Kauri Larch Maple "
        "Nutmeg Oakley Poplar Quince Rowan Spruce Teak Ulmus Viburnum")
    ids = list(valleys)
    joined = dict(zip(ids[:9], [2009, 2009, 2010, 2010, 2011, 2011, 2012, 2012, 2013]))
    union = {ids[2]: 2012, ids[15]: 2011, ids[18]: 2012}
    # Six valleys have meters: too few to decide anything, as no outcome of theirs could.
    metered = ids[:3] + ids[15:18]
    years = range(2000, 2021)
    water, power = [], []
    for valley in ids:
        level, use = 100 + noise(15), 50 + noise(10)
        for year in years:
            # A wet decade begins for all when most of them join.
            flood = 12 if year >= 2010 else 0
            water.append((valley, year, level + flood + noise(4)))
            if valley in metered:
                power.append((valley, year, use + 0.5 * (year - 2000) + noise(3)))
    tables = {
        "actors": [{"id": key, "name": name, "kind": "state"} for key, name in valleys.items()] + [
            {"id": "UPLAND", "name": "the Upland Kingdom", "kind": "state"},
            {"id": "COMMISSION", "name": "River Commission", "kind": "organisation"},
            {"id": "UNION", "name": "Power Union", "kind": "organisation"}],
        "memberships": [spell(valley, "COMMISSION", "party", year)
                        for valley, year in joined.items()]
        + [spell(valley, "UNION", "party", year) for valley, year in union.items()],
        "sources": [dataset("gauges", "Gauges of the river (invented)", "2021-02-01", "B"),
                    dataset("meters", "Meters of the power lines (invented)", "2021-02-01", "B"),
                    dataset("minutes", "Minutes of talks (invented)", "2021-02-01", "C")],
        "variables": [
            {"id": "water-drawn", "title": "Water drawn by agreement with the Upland Kingdom",
             "unit": "million cubic metres", "channel": "water", "concept": "engagement",
             "direction": "toward", "counterpart": "UPLAND", "source": "gauges",
             "method": "Invented: a level for each valley, noise, and twelve more for all from 2010."},
            {"id": "power-bought", "title": "Power bought from the Upland Kingdom",
             "unit": "gigawatt hours", "channel": "power", "concept": "exposure",
             "direction": "toward", "counterpart": "UPLAND", "source": "meters",
             "method": "Invented: a level for each valley, a common path and noise."}],
        "claims": [claim(
            id=f"talk-{valley}-{year}", fact=f"talks-{valley}-{year}", actor=valley,
            counterpart="UPLAND", channel="talks", instrument="visit", direction="toward",
            on=str(year), source="minutes", credibility="3", coded_on="2021-03-01",
            statement="A minister went upriver to talk.")
            for valley, year in [("ALD", 2012), ("BIR", 2013), ("POP", 2013), ("ROW", 2015)]],
        "series": series("water-drawn", "gauges", water) + series("power-bought", "meters", power),
    }
    return tables, effects


EXAMPLES = {
    "harbour-league": (
        harbour_league, "Twenty-four islands between the Harbour League and Meridian",
        {"freight-share": "decidable", "port-dues": "decidable", "fleet-position": "undecidable"}),
    "river-commission": (
        river_commission, "Twenty-two valleys between the River Commission and the Upland Kingdom",
        {"water-drawn": "decidable", "power-bought": "undecidable", "talks": "undecidable"}),
}


def described(name, title, codebook):
    """The data package: the layout of the built-in tables with this codebook's words."""
    package = json.loads(LAYOUT.read_text(encoding="utf-8"))
    stages = sorted({stage["id"] for ladder in codebook["ladders"] for stage in ladder["stages"]})
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            words = codebook.get(WORDS.get(field["name"], ""), [])
            if "enum" not in field.get("constraints", {}):
                continue
            if field["name"] == "stage":
                field["constraints"]["enum"] = stages
            elif words and not (field["name"] == "unit" and resource["name"] != "claims"):
                field["constraints"]["enum"] = [word["id"] for word in words]
    return package | {
        "name": name, "title": title, "version": "1.0.0",
        "description": f"{title}: an example. Every state and every figure is invented.",
        "licenses": [{"name": "CC0-1.0", "title": "Creative Commons Zero 1.0",
                      "path": "https://creativecommons.org/publicdomain/zero/1.0/"}],
        "keywords": ["example", "invented"]}


def table_text(resource, rows):
    columns = [field["name"] for field in resource["schema"]["fields"]]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def files(name):
    """The texts of one example's made files, by their path in the example's folder."""
    make, title, verdicts = EXAMPLES[name]
    tables, effects = make()
    codebook = yaml.safe_load((HERE / name / "casebook/codebook.yaml").read_text(encoding="utf-8"))
    package = described(name, title, codebook)
    texts = {
        f"casebook/{resource['path']}": table_text(resource, tables.get(resource["name"], []))
        for resource in package["resources"]}
    texts["casebook/datapackage.json"] = json.dumps(package, indent=1, ensure_ascii=False) + "\n"
    expected = [{"outcome": outcome, "verdict": verdict}
                | ({"effect": effects[outcome]} if outcome in effects else {})
                for outcome, verdict in verdicts.items()]
    texts["expected.json"] = json.dumps(expected, indent=1) + "\n"
    return texts


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name in EXAMPLES:
        for path, text in files(name).items():
            place = folder / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()

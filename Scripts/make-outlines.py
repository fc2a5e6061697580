#!/usr/bin/env python3
"""Writes Casebooks/places/outlines.csv: the outlines of states, for maps.

usage: make-outlines.py ne_110m_admin_0_countries.geojson [FOLDER]

Natural Earth is in the public domain. Kept are the outer rings of each state, to a hundredth of a degree.
Where three letters of ISO 3166-1 are missing or differ from Natural Earth's own, OWN says who is meant.
"""

import csv
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent.parent
OWN = {"KOS": "XKX", "SDS": "SSD", "PSX": "PSE", "SAH": "ESH"}


def rings(geometry):
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [polygon[0] for polygon in polygons]


def main():
    source = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else HERE / "Casebooks" / "places"
    rows = []
    for feature in source["features"]:
        names = {key.lower(): value for key, value in feature["properties"].items()}
        place = OWN.get(names["adm0_a3"], names["adm0_a3"])
        for ring in rings(feature["geometry"]):
            points = []
            for longitude, latitude, *_ in ring:
                point = f"{round(longitude, 2):g} {round(latitude, 2):g}"
                if not points or points[-1] != point:
                    points.append(point)
            if len(points) > 3:
                rows.append([place, " ".join(points)])
    rows.sort(key=lambda row: row[0])
    with (folder / "outlines.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["place", "ring"])
        writer.writerows(rows)


main()

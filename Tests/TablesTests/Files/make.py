"""Writes small.sav, small.xpt and small.dta with pyreadstat; see PROVENANCE.md."""

import datetime
import pathlib

import pandas
import pyreadstat

here = pathlib.Path(__file__).parent
table = pandas.DataFrame(
    {
        "name": ["Šibenik, north", "Montenegro", ""],
        "code": [341.0, None, -5.5],
        "vote": [1.0, 2.0, 1.0],
        "day": [datetime.date(2020, 6, 14), None, datetime.date(1955, 3, 1)],
    }
)
pyreadstat.write_sav(
    table,
    here / "small.sav",
    column_labels=["Place", "Number", "How it voted", "Signed on"],
    variable_value_labels={"vote": {1.0: "yes", 2.0: "no"}},
)
table["name"] = ["Sibenik, north", "Montenegro", ""]
pyreadstat.write_xport(table, here / "small.xpt", file_format_version=8)
pyreadstat.write_dta(table.drop(columns="day"), here / "small.dta", version=15)

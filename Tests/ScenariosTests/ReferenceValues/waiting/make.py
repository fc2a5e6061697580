"""Writes values.json: Kaplan–Meier curves of made spells by lifelines (see PROVENANCE.md)."""

import json
import math

from lifelines import KaplanMeierFitter

SPELLS = {
    "some still wait": [[1, 1], [2, 1], [2, 0], [3.5, 1], [3.5, 1], [4, 0], [6, 1], [8, 0]],
    "all have gone on": [[1.5, 1], [2.5, 1], [2.5, 1], [7, 1]],
    "nobody has gone on": [[1, 0], [3, 0]],
    "many": [[(7 * i) % 23 + 1, int(i % 3 != 0)] for i in range(60)],
}


def main():
    made = {}
    for name, spells in SPELLS.items():
        fitter = KaplanMeierFitter(alpha=0.05)
        fitter.fit([s[0] for s in spells], event_observed=[s[1] for s in spells])
        median = fitter.median_survival_time_
        times = [t for t in fitter.survival_function_.index if t > 0]
        made[name] = {
            "spells": spells,
            "times": [float(t) for t in times],
            "survival": [float(fitter.survival_function_.loc[t].iloc[0]) for t in times],
            "lower": [float(fitter.confidence_interval_.loc[t].iloc[0]) for t in times],
            "upper": [float(fitter.confidence_interval_.loc[t].iloc[1]) for t in times],
            "atRisk": [int(fitter.event_table.loc[t, "at_risk"]) for t in times],
            "median": None if math.isinf(median) else float(median),
        }
    print(json.dumps(made, indent=1))


if __name__ == "__main__":
    main()

"""Writes values.json: baselines of made series by statsmodels (see PROVENANCE.md)."""

import json
import warnings

import numpy as np
from statsmodels.tsa.ar_model import AutoReg
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

warnings.filterwarnings("ignore")
HORIZON = 8


def series(seed, count):
    """A made series from integers alone: a walk, with a trend that fades."""
    state, values, level = seed, [], 0.0
    for year in range(count):
        state = (1103515245 * state + 12345) % 2**31
        level += (state / 2**31 - 0.5) + 0.4 * 0.9**year
        state = (1103515245 * state + 12345) % 2**31
        values.append(level + (state / 2**31 - 0.5))
    return values


def smoothed(values, trend, parameters):
    model = ETSModel(np.array(values), error="add", trend=trend, damped_trend=trend is not None)
    fixed = model.smooth(parameters)
    best = model.fit(disp=False, maxiter=10_000, tol=1e-12)
    return {
        "parameters": list(parameters),
        "errors": list(fixed.resid),
        "forecast": list(fixed.forecast(HORIZON)),
        "squares": float(np.sum(best.resid**2)),
    }


def main():
    made = []
    for seed, count in [(1, 12), (2, 20), (3, 33), (4, 33), (5, 60)]:
        values = series(seed, count)
        regression = AutoReg(np.array(values), lags=1, trend="c").fit()
        made.append({
            "values": values,
            "local level": smoothed(values, None, np.array([0.3, values[0]])),
            "damped trend": smoothed(values, "add", np.array([0.4, 0.1, 0.9, values[0], 0.2])),
            "autoregression": {
                "parameters": list(regression.params),
                "errors": list(regression.resid),
                "forecast": list(regression.forecast(HORIZON)),
            },
        })
    print(json.dumps(made, indent=1))


if __name__ == "__main__":
    main()

"""Does one job with one peer and prints, as a line of JSON, its times and results.

    python peer.py PEER JOB FOLDER RUNS

The data are read first; the job is done once unmeasured (or not at all, for jobs of minutes) and then
RUNS times; with no runs just once. Results come by name, in the order of our own side (Benchmarks/Sources/jobs/Job.swift).
"""

import json
import resource
import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")

THREADS = 2


def staggered(folder, name):
    return pd.read_csv(f"{folder}/staggered-{name}.csv")


def by_cohort_and_period(cohorts, periods, values):
    order = np.lexsort((periods, cohorts))
    return [float(values[place]) for place in order]


def group_time_diff_diff(folder, name, draws, covariates=None):
    from diff_diff import CallawaySantAnna

    data = staggered(folder, name)

    def work():
        effects = CallawaySantAnna(
            control_group="never_treated", n_bootstrap=draws, bootstrap_weights="rademacher", seed=1
        ).fit(data, outcome="y", unit="unit", time="period", first_treat="first_treated", covariates=covariates)
        # What we give with every estimate; the peer has no aggregation by period.
        effects.aggregate("event_study")
        effects.aggregate("group")
        cells = sorted(effects.group_time_effects.items())
        return {
            "att": [cell["effect"] for _, cell in cells] + [effects.overall_att],
            "error": [cell["se"] for _, cell in cells],
        }

    return work


def group_time_moderndid(folder, name, draws, covariates=None):
    import moderndid
    import polars as pl

    data = pl.from_pandas(staggered(folder, name))

    def work():
        cells = moderndid.att_gt(
            data, yname="y", tname="period", idname="unit", gname="first_treated",
            xformla="~ " + " + ".join(covariates) if covariates else None,
            boot=True, biters=draws, random_state=1, n_jobs=THREADS)
        overall, *_ = [
            moderndid.aggte(cells, type=kind, boot=True, biters=draws, random_state=1)
            for kind in ("simple", "dynamic", "group", "calendar")]
        return {
            "att": by_cohort_and_period(cells.groups, cells.times, cells.att_gt) + [float(overall.overall_att)],
            "error": by_cohort_and_period(cells.groups, cells.times, cells.se_gt),
        }

    return work


def group_time_csdid(folder, name, draws, covariates=None):
    from csdid.att_gt import ATTgt

    data = staggered(folder, name)

    def work():
        estimator = ATTgt(
            yname="y", tname="period", idname="unit", gname="first_treated", data=data,
            control_group="nevertreated", biters=draws, cores=THREADS,
            xformla="y ~ " + " + ".join(covariates) if covariates else None)
        results = estimator.fit(est_method="dr", base_period="varying", bstrap=True).results
        for kind in ("simple", "dynamic", "group", "calendar"):
            estimator.aggte(typec=kind, bstrap=True, biters=draws)
        att, errors = np.asarray(results["att"], float), np.asarray(results["se"], float)
        return {
            "att": by_cohort_and_period(np.asarray(results["group"]), np.asarray(results["year"]), att),
            "error": by_cohort_and_period(np.asarray(results["group"]), np.asarray(results["year"]), errors),
        }

    return work


def block_diff_diff(folder, file, draws, columns=("y", "treated", "unit", "period")):
    from diff_diff import SyntheticDiD

    data = pd.read_csv(f"{folder}/{file}.csv")
    outcome, treated, unit, period = columns
    # The peer wants a constant mark of the units that are ever treated.
    ever = data.groupby(unit)[treated].transform("max")
    after = sorted(data.loc[data[treated] == 1, period].unique().tolist())
    data = data.assign(**{treated: ever})

    def work():
        effects = SyntheticDiD(variance_method="placebo", n_bootstrap=draws, seed=1).fit(
            data, outcome=outcome, treatment=treated, unit=unit, time=period, post_periods=after)
        return {"att": [effects.att], "error": [effects.se], "replications": [draws]}

    return work


PREDICTORS = ["lnincome", "age15to24", "retprice"]


def placebos_diff_diff(folder):
    from diff_diff import SyntheticControl

    data = pd.read_csv(f"{folder}/smoking.csv")
    after = sorted(data.loc[data["treated"] == 1, "year"].unique().tolist())
    donors = sorted(set(data["state"]) - {"California"})
    data = data[data["state"].isin(donors)]
    is_after = data["year"].isin(after)
    panels = {
        unit: data.assign(treated=((data["state"] == unit) & is_after).astype(int)) for unit in donors}
    special = [("beer", list(range(1984, 1989)), "mean")]
    special += [("cigsale", [year], "mean") for year in (1975, 1980, 1988)]

    def work():
        losses = []
        for unit in donors:
            effects = SyntheticControl(seed=1).fit(
                panels[unit], outcome="cigsale", treatment="treated", unit="state", time="year",
                post_periods=after, treated_unit=unit, predictors=PREDICTORS,
                predictor_window=list(range(1980, 1989)), special_predictors=special,
                donor_pool=[other for other in donors if other != unit])
            losses.append(float(effects.pre_rmspe) ** 2)
        return {"loss": losses}

    return work


def placebos_pysyncon(folder):
    from pysyncon import Dataprep, Synth

    data = pd.read_csv(f"{folder}/smoking.csv")
    donors = sorted(set(data["state"]) - {"California"})
    special = [("beer", range(1984, 1989), "mean")]
    special += [("cigsale", [year], "mean") for year in (1975, 1980, 1988)]

    def work():
        losses = []
        for unit in donors:
            prepared = Dataprep(
                foo=data, predictors=PREDICTORS, predictors_op="mean", dependent="cigsale",
                unit_variable="state", time_variable="year", treatment_identifier=unit,
                controls_identifier=[other for other in donors if other != unit],
                time_predictors_prior=range(1980, 1989), time_optimize_ssr=range(1970, 1989),
                special_predictors=special)
            synth = Synth()
            synth.fit(dataprep=prepared)
            outcomes, own = prepared.make_outcome_mats(time_period=range(1970, 1989))
            gaps = own.to_numpy() - outcomes.to_numpy() @ synth.W
            losses.append(float(np.mean(gaps**2)))
        return {"loss": losses}

    return work


def two_way_pyfixest(folder, name):
    import pyfixest

    column = lambda file, kind: np.fromfile(f"{folder}/{name}.{file}", dtype=kind)
    data = pd.DataFrame({
        "unit": column("units.i32", np.int32), "period": column("periods.i32", np.int32),
        "d": column("treatments.f64", np.float64), "y": column("outcomes.f64", np.float64)})

    def work():
        fit = pyfixest.feols(
            "y ~ d | unit + period", data=data, vcov={"CRV1": "unit"}, copy_data=False, store_data=False,
            lean=True, fixef_rm="none")
        return {"att": [float(fit.coef().iloc[0])], "error": [float(fit.se().iloc[0])]}

    return work


PROP99 = ("PacksPerCapita", "treated", "State", "Year")
GROUP_TIME = {
    "group-time": ("10000x20", 999, None),
    "group-time-covariate": ("10000x20", 999, ["x"]),
    "group-time-1000x20": ("1000x20", 999, None),
    "group-time-1000x200": ("1000x200", 999, None),
    "group-time-1000x20-draws": ("1000x20", 9_990, None),
}
BLOCKS = {
    "sdid-published": ("block-50x31", 200),
    "sdid-published-prop99": ("prop99", 200, PROP99),
    "sdid-published-500x31": ("block-500x31", 200),
    "sdid-published-50x310": ("block-50x310", 200),
    "sdid-published-draws": ("block-50x31", 2_000),
}
ROWS = {"two-way": "rows-10m", "two-way-1m": "rows-1m"}
JOBS = {
    "diff-diff": {
        **{job: (group_time_diff_diff, how) for job, how in GROUP_TIME.items()},
        **{job: (block_diff_diff, how) for job, how in BLOCKS.items()},
        "sc-predictors": (placebos_diff_diff, ()),
    },
    "moderndid": {job: (group_time_moderndid, how) for job, how in GROUP_TIME.items()},
    "csdid": {job: (group_time_csdid, how) for job, how in GROUP_TIME.items()},
    "pysyncon": {"sc-predictors": (placebos_pysyncon, ())},
    "pyfixest": {job: (two_way_pyfixest, (name,)) for job, name in ROWS.items()},
}
# Done without a first unmeasured time.
LONG = {"sc-predictors"}


def peak_memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main():
    peer, job, folder, runs = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    prepare, how = JOBS[peer][job]
    work = prepare(folder, *how)
    before = peak_memory()
    if runs == 0 or job not in LONG:
        values = work()
    seconds = []
    processor = time.process_time()
    for _ in range(runs):
        start = time.perf_counter()
        values = work()
        seconds.append(time.perf_counter() - start)
    processor = (time.process_time() - processor) / max(runs, 1)
    print(json.dumps(
        {"seconds": seconds, "processorSeconds": processor, "memoryBefore": before, "memory": peak_memory(), "values": values}))


if __name__ == "__main__":
    main()

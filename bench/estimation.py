"""The estimation core against statsmodels on rows: same coefficients and cluster errors, time and peak memory.

Each side runs in a process of its own on one core: `python bench/estimation.py [rows]`. Prints ratios; fails when the
numbers differ by more than 1e-8.
"""

import json
import os
import resource
import subprocess
import sys
import time

THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
ROWS = 1_000_000
TIMES_FASTER, MEMORY_SHARE = 8.0, 0.25


def incidents(rows):
    """A simulated table on the declared grid, an outcome, and event and customer codes: 38 design columns."""
    import numpy as np
    from scipy.special import expit

    rng = np.random.default_rng(1)
    table = {
        "severity": rng.integers(0, 4, rows).astype(float),
        "channel": rng.integers(0, 7, rows).astype(float),
        "segment": rng.integers(0, 4, rows).astype(float),
        "night": rng.integers(0, 2, rows).astype(float),
        "repeat": (rng.random(rows) < 0.14).astype(float),
        "unanswered": (rng.random(rows) < 0.05).astype(float),
    }
    minutes = 3.5 + 0.4 * table["channel"] - 0.2 * table["severity"] + 1.3 * rng.standard_normal(rows)
    table["log_minutes"] = np.round(np.clip(minutes, 0.1, 9.9) * 20) / 20
    odds = -0.5 - 0.3 * table["severity"] - 0.12 * table["log_minutes"] - 0.6 * table["unanswered"]
    y = (rng.random(rows) < expit(odds)).astype(float)
    event = np.where(rng.random(rows) < 0.22, rng.integers(0, 400, rows), 400 + np.arange(rows))
    customer = rng.integers(0, int(rows * 0.8), rows)
    codes = [np.unique(c, return_inverse=True)[1].astype(np.int64) for c in (event, customer)]
    return table, y, codes


def terms():
    """Covariate and treatment terms: 38 columns with the constant."""
    from pipelines.models.fit.terms import Levels, Linear, Product, Spline

    severity, channel = Levels("severity", (1, 2, 3)), Levels("channel", (1, 2, 3, 4, 5, 6))
    covariates = (
        severity,
        channel,
        Levels("segment", (1, 2, 3)),
        Linear("night"),
        Linear("repeat"),
        Product(severity, channel),
    )
    return covariates, (Spline("log_minutes", (1.5, 3.0, 4.2, 5.5, 7.5)), Linear("unanswered"))


def ours(rows):
    """Patterns, Newton, one pass for the scores of each clustering; CV3 of one contrast timed apart."""
    import numpy as np

    from pipelines.models.fit.family import BINOMIAL
    from pipelines.models.fit.jackknife import leave_clusters_out, standardise
    from pipelines.models.fit.newton import fit, make_design
    from pipelines.models.fit.patterns import Sample, group_patterns
    from pipelines.models.fit.sandwich import cr1

    table, y, codes = incidents(rows)
    ready, start = peak_mb(), time.perf_counter()
    sample = Sample(table, y, codes[0], np.ones(rows))
    patterns = group_patterns(sample)
    fitted = fit(make_design(*terms(), patterns.table, patterns.n), patterns, BINOMIAL)
    errors = [np.sqrt(np.diag(cr1(fitted, sample, c))) for c in codes]
    seconds, peak = time.perf_counter() - start, peak_mb() - ready
    start = time.perf_counter()
    hour = {"log_minutes": np.minimum(fitted.patterns.table["log_minutes"], np.log1p(60.0))}
    means = standardise(fitted, [{}, hour], fitted.patterns.n)
    leave_clusters_out(means, sample, codes[0], sample.weight)
    cv3 = time.perf_counter() - start
    return {
        "seconds": seconds,
        "peak_mb": peak,
        "cv3_seconds": cv3,
        "patterns": len(patterns.n),
        **numbers(fitted.beta, errors),
    }


def theirs(rows):
    """Statsmodels GLM on the rows of the same design, once for each clustering of the errors."""
    import numpy as np
    import statsmodels.api as sm

    from pipelines.models.fit.terms import term_columns

    table, y, codes = incidents(rows)
    ready, start = peak_mb(), time.perf_counter()
    covariates, treatment = terms()
    X = np.hstack([np.ones((rows, 1)), term_columns((*covariates, *treatment), table, rows)])
    model = sm.GLM(y, X, family=sm.families.Binomial())
    found = [model.fit(tol=1e-13, cov_type="cluster", cov_kwds={"groups": c}) for c in codes]
    seconds, peak = time.perf_counter() - start, peak_mb() - ready
    return {"seconds": seconds, "peak_mb": peak, **numbers(found[0].params, [f.bse for f in found])}


def numbers(beta, errors):
    """What both sides must agree on."""
    return {"beta": list(map(float, beta)), "errors": [list(map(float, e)) for e in errors]}


def peak_mb():
    """Peak resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(side, rows):
    """Run one side in a process of its own."""
    command = [sys.executable, __file__, str(rows), side]
    return json.loads(subprocess.run(command, env=os.environ | THREADS, check=True, capture_output=True).stdout)


def largest_gap(a, b):
    """Largest difference relative to the error (coefficients) or to the value (errors)."""
    beta = max(abs(x - y) / e for x, y, e in zip(a["beta"], b["beta"], a["errors"][0], strict=True))
    pairs = [
        (x, y) for mine, other in zip(a["errors"], b["errors"], strict=True) for x, y in zip(mine, other, strict=True)
    ]
    return max(beta, max(abs(x - y) / y for x, y in pairs))


def main(rows):
    """Compare both sides and print one line per figure."""
    mine, other = measured("ours", rows), measured("theirs", rows)
    faster, memory = other["seconds"] / mine["seconds"], mine["peak_mb"] / other["peak_mb"]
    gap, size = largest_gap(mine, other), f"{rows:,} rows x {len(mine['beta'])} columns"
    print(f"estimation, {size}, {mine['patterns']:,} patterns, errors by event and by customer")
    for name, side in (("amends", mine), ("statsmodels", other)):
        print(f"  {name:12s}{side['seconds']:7.1f} s {side['peak_mb']:7.0f} MB more")
    print(f"  {faster:.1f} times faster (bar {TIMES_FASTER:g}), {memory:.2f} of the memory (bar {MEMORY_SHARE:g})")
    print(f"  largest gap {gap:.1e}; CV3 of one contrast {mine['cv3_seconds']:.1f} s more")
    return 0 if gap < 1e-8 else 1


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    if len(sys.argv) > 2:
        print(json.dumps({"ours": ours, "theirs": theirs}[sys.argv[2]](wanted)))
    else:
        sys.exit(main(wanted))

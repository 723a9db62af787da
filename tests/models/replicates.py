"""One replicate of a validation: a simulated mart in, the speed ladder's rows with their truth out."""

import pandas as pd
from asked import RETURNED_BY_SPEED
from frames import confounded, facts

from pipelines.models.refits import raw
from pipelines.models.rows import effect_rows
from pipelines.models.solve import solve
from pipelines.models.speed import ask_speed


def replicate(rows: int, seed: int, **changes) -> list[dict]:
    mart, truth = confounded(rows, seed, **changes)
    question = ask_speed(mart, RETURNED_BY_SPEED, facts())
    found = []
    for spec, asked in (("raw", raw(question)), ("adjusted", question)):
        solved = solve(asked, [asked.base, *(c.to for c in asked.contrasts)])
        found += [row | {"truth": truth[int(row["level_to"])], "seed": seed} for row in effect_rows(solved, spec)]
    return [row for row in found if row["estimate"] is not None]


def replicates(rows: int, seeds: range, **changes) -> pd.DataFrame:
    return pd.DataFrame([row for seed in seeds for row in replicate(rows, seed, **changes)])


def covered(found: pd.DataFrame) -> pd.Series:
    return (found["ci_low"] <= found["truth"]) & (found["truth"] <= found["ci_high"])

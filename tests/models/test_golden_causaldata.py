"""Job training (LaLonde 1986) and quitting smoking (Hernán & Robins, What If, 12.2), with the data of `causaldata`."""

from pathlib import Path

import causaldata
import numpy as np
import pandas as pd
import pytest

from pipelines.contracts.catalog.estimation import AskedOf, Baseline, Estimand, TreatmentId
from pipelines.contracts.catalog.outcomes import declared_outcome
from pipelines.models.ask.yes_no import YES_OR_NO, shown, withheld
from pipelines.models.fit.family import GAUSSIAN
from pipelines.models.fit.interval import Interval
from pipelines.models.fit.patterns import Sample
from pipelines.models.fit.propensity import propensity
from pipelines.models.fit.solve import solve
from pipelines.models.fit.terms import Linear
from pipelines.models.question import Aim, Contrast, Question

DATA = Path(causaldata.__file__).parent
SQUARED = ("age", "smokeintensity", "smokeyrs", "wt71")
LABELS = ("sex", "race", "education", "exercise", "active")


def stata(name):
    return pd.read_stata(DATA / name / f"{name}.dta", convert_categoricals=False)


def difference(y, given, weight) -> Interval:
    """Weighted least squares of the outcome on the treatment alone, every person a cluster."""
    outcome = declared_outcome("y", "y", "units", "score", higher_is_better=True)
    rows = np.arange(len(y))
    question = Question(
        aim=Aim(outcome, None, TreatmentId("given"), Estimand.TWO_ARM, AskedOf.ALL, Baseline.NOT_DONE, GAUSSIAN),
        sample=Sample({"given": given}, y, rows, weight),
        rows=rows,
        treatment=(Linear("given"),),
        covariates=(),
        base=withheld,
        contrasts=(Contrast(YES_OR_NO, shown, given == 0, given == 1),),
        members=np.ones(len(y)),
        dose="given",
    )
    return solve(question, [withheld, shown]).contrast(1)


@pytest.fixture(scope="module")
def trained():
    return stata("nsw_mixtape")


def unweighted(people) -> Interval:
    y, given = people["re78"].to_numpy(float), people["treat"].to_numpy(float)
    return difference(y, given, np.ones(len(y)))


def test_the_experiment_finds_what_training_was_worth(trained):
    """Published: 1,794 dollars (Dehejia & Wahba 1999; robust SE 671)."""
    found = unweighted(trained)
    assert found.estimate == pytest.approx(1794.34, abs=0.5)
    assert found.std_error == pytest.approx(671, rel=0.01)


def test_the_naive_comparison_with_a_survey_has_the_wrong_sign(trained):
    """Published: −8,498 dollars against the CPS controls."""
    people = pd.concat([trained[trained["treat"] == 1], stata("cps_mixtape")])
    assert unweighted(people).estimate == pytest.approx(-8497.52, abs=0.5)


def test_weighting_quitters_by_their_chance_to_quit():
    """Published: 3.44 kg (95 % interval 2.41 to 4.47, by the normal; ours is by t). Squares are taken off centre."""
    people = stata("nhefs_complete")
    labels = pd.get_dummies(people[list(LABELS)].astype(str), drop_first=True).to_numpy(float)
    numbers = people[list(SQUARED)].to_numpy(float)
    X = np.column_stack([np.ones(len(people)), labels, numbers, (numbers - numbers.mean(axis=0)) ** 2])
    quit_ = people["qsmk"].to_numpy(float)
    chance = propensity(X, quit_ == 1)
    found = difference(people["wt82_71"].to_numpy(float), quit_, np.where(quit_ == 1, 1 / chance, 1 / (1 - chance)))
    assert found.estimate == pytest.approx(3.44, abs=0.01)
    assert found.std_error == pytest.approx((4.47 - 2.41) / 2 / 1.96, rel=0.01)
    assert (found.ci_low, found.ci_high) == pytest.approx((2.41, 4.47), abs=0.03)

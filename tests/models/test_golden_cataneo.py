"""Birth weight and smoking (Cattaneo 2010): Stata's teffects manual, with the data that statsmodels ships."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels
import statsmodels.api as sm

from pipelines.contracts.catalog.estimation import AskedOf, Baseline, Estimand, TreatmentId
from pipelines.contracts.catalog.outcomes import declared_outcome
from pipelines.models.ask.yes_no import YES_OR_NO, shown, withheld
from pipelines.models.fit.aipw import augmented
from pipelines.models.fit.family import GAUSSIAN
from pipelines.models.fit.patterns import Sample
from pipelines.models.fit.solve import solve
from pipelines.models.fit.terms import Linear, Product
from pipelines.models.question import Aim, Contrast, Question

DATA = Path(statsmodels.__file__).parent / "treatment/tests/results/cataneo2.csv"
WEIGHT = declared_outcome("weight", "Birth weight", "grams", "score", higher_is_better=True)
OUTCOME_COVARIATES = ("prenatal1_", "mmarried_", "mage", "fbaby_")
TREATMENT_COVARIATES = ("mmarried_", "mage", "mage2", "fbaby_", "medu")


@pytest.fixture(scope="module")
def births():
    return pd.read_csv(DATA)


def test_regression_adjustment(births):
    """Published: −239.639 (23.824)."""
    terms = tuple(Linear(c) for c in OUTCOME_COVARIATES)
    smoked = births["mbsmoke_"].to_numpy(float)
    rows = np.arange(len(births))
    question = Question(
        aim=Aim(WEIGHT, None, TreatmentId("smoking"), Estimand.TWO_ARM, AskedOf.ALL, Baseline.NOT_DONE, GAUSSIAN),
        sample=Sample(
            {"given": smoked, **{c: births[c].to_numpy(float) for c in OUTCOME_COVARIATES}},
            births["bweight"].to_numpy(float),
            rows,
            np.ones(len(rows)),
        ),
        rows=rows,
        treatment=(Linear("given"), *(Product(Linear("given"), t) for t in terms)),
        covariates=terms,
        base=withheld,
        contrasts=(Contrast(YES_OR_NO, shown, smoked == 0, smoked == 1),),
        members=np.ones(len(rows)),
        dose="given",
    )
    found = solve(question, [withheld, shown]).contrast(1)
    assert found.estimate == pytest.approx(-239.639, abs=0.0005)
    assert found.std_error == pytest.approx(23.824, rel=0.01)


def test_augmented_inverse_probability_weighting(births):
    """Published: −230.989 (26.211), with a probit for smoking and least squares in each arm."""
    y, smoked = births["bweight"].to_numpy(float), births["mbsmoke_"].to_numpy() == 1
    probit = sm.Probit(smoked.astype(float), sm.add_constant(births[list(TREATMENT_COVARIATES)])).fit(disp=0)
    chance = np.asarray(probit.predict())
    X = sm.add_constant(births[list(OUTCOME_COVARIATES)]).to_numpy()
    with_smoking = augmented(y, smoked, chance, X @ sm.OLS(y[smoked], X[smoked]).fit().params)
    without = augmented(y, ~smoked, 1 - chance, X @ sm.OLS(y[~smoked], X[~smoked]).fit().params)
    scores = with_smoking - without
    assert scores.mean() == pytest.approx(-230.989, abs=0.0005)
    # Stata adds the noise of the two nuisance models; the scores alone come 3 % short of it.
    assert scores.std() / np.sqrt(len(scores)) == pytest.approx(26.211, rel=0.04)

"""The fit on patterns equals statsmodels on the same gridded rows, coefficients and cluster errors alike."""

import numpy as np
import pytest
import statsmodels.api as sm
from frames import confounded, facts

from pipelines.contracts.catalog import OUTCOMES
from pipelines.models.family import BINOMIAL
from pipelines.models.question import Aim
from pipelines.models.solve import fit_question
from pipelines.models.speed import ask_speed

AIM = Aim(OUTCOMES["returned"], 365, "speed", "policy_shift", "all", "today", BINOMIAL)


@pytest.fixture(scope="module")
def fitted():
    mart, _ = confounded(3000, 3)
    return fit_question(ask_speed(mart, AIM, facts()))


def test_coefficients_match_statsmodels(fitted):
    rows = fitted.design.matrix(fitted.patterns.index)
    y = np.zeros(len(rows))
    mart, _ = confounded(3000, 3)
    question = ask_speed(mart, AIM, facts())
    y = question.sample.y
    theirs = sm.GLM(y, rows, family=sm.families.Binomial()).fit(tol=1e-14)
    assert np.allclose(fitted.beta, theirs.params, rtol=1e-8, atol=1e-8)

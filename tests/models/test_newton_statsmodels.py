"""The fit on patterns equals statsmodels on the same gridded rows: coefficients, errors by event and by customer."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from asked import RETURNED_BY_SPEED
from frames import confounded, facts

from pipelines.models.ask.speed import ask_speed
from pipelines.models.fit.family import CLOGLOG, GAUSSIAN, POISSON
from pipelines.models.fit.newton import fit
from pipelines.models.fit.sandwich import cr1, joint_p
from pipelines.models.fit.solve import fit_question

ROWS = 3000


@pytest.fixture(scope="module")
def asked():
    mart, _ = confounded(ROWS, 3)
    mart["customer_key"] = mart["customer_key"].where(mart.index % 3 > 0, "c" + (mart.index % 700).astype(str))
    return mart, ask_speed(mart, RETURNED_BY_SPEED, facts())


def test_coefficients_match_statsmodels_on_rows(asked):
    _, question = asked
    fitted = fit_question(question)
    rows = fitted.design.matrix(fitted.patterns.index)
    theirs = sm.GLM(question.sample.y, rows, family=sm.families.Binomial()).fit(tol=1e-14)
    assert np.allclose(fitted.beta, theirs.params, rtol=1e-8, atol=1e-8)


def test_statsmodels_agrees_on_the_counts_of_the_patterns(asked):
    _, question = asked
    fitted = fit_question(question)
    counts = np.column_stack([fitted.patterns.s, fitted.patterns.n - fitted.patterns.s])
    X = fitted.design.matrix(np.arange(len(counts)))
    theirs = sm.GLM(counts, X, family=sm.families.Binomial()).fit(start_params=fitted.beta, tol=1e-14)
    assert np.allclose(fitted.beta, theirs.params, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("by", ["cluster_key", "customer_key"])
def test_cluster_errors_match_statsmodels_on_rows(asked, by):
    mart, question = asked
    fitted = fit_question(question)
    codes = pd.factorize(mart[by].iloc[question.rows], sort=True)[0].astype(np.int64)
    rows = fitted.design.matrix(fitted.patterns.index)
    theirs = sm.GLM(question.sample.y, rows, family=sm.families.Binomial()).fit(
        tol=1e-14, cov_type="cluster", cov_kwds={"groups": codes, "use_correction": True}
    )
    ours = np.sqrt(np.diag(cr1(fitted, question.sample, codes)))
    assert np.allclose(ours, theirs.bse, rtol=1e-8)


@pytest.mark.parametrize(
    ("family", "theirs"),
    [
        (POISSON, sm.families.Poisson()),
        (GAUSSIAN, sm.families.Gaussian()),
        (CLOGLOG, sm.families.Binomial(sm.families.links.CLogLog())),
    ],
)
def test_other_families_match_statsmodels(asked, family, theirs):
    _, question = asked
    design = fit_question(question).design
    patterns = fit_question(question).patterns
    ours = fit(design, patterns, family)
    result = sm.GLM(question.sample.y, design.matrix(patterns.index), family=theirs).fit(tol=1e-14, maxiter=200)
    assert np.allclose(ours.beta, result.params, rtol=1e-6, atol=1e-6)


def test_blocks_give_what_one_piece_gives(asked, monkeypatch):
    _, question = asked
    whole = fit_question(question)
    monkeypatch.setattr("pipelines.models.fit.newton.BLOCK_ROWS", 257)
    streamed = fit_question(question)
    assert streamed.design.dense is None
    assert np.allclose(whole.beta, streamed.beta, rtol=1e-9, atol=1e-9)


def test_joint_test_sees_what_is_there_and_not_what_is_not():
    covariance = np.eye(3)
    assert joint_p(np.array([5.0, 5.0, 5.0]), covariance, 100.0) < 1e-6
    assert joint_p(np.array([0.1, -0.2, 0.1]), covariance, 100.0) > 0.9

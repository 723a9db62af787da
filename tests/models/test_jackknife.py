"""CV3 from one Newton step per cluster against refitting without each cluster."""

from dataclasses import replace

import numpy as np
import pytest
from asked import speed_question

from pipelines.models.fit.family import GAUSSIAN
from pipelines.models.fit.interval import cv3
from pipelines.models.fit.jackknife import standardise
from pipelines.models.fit.solve import fit_question, solve
from pipelines.models.question import subset


def refitted(question, scenarios):
    """Contrasts with each cluster really left out and the model fitted anew, on the same columns."""
    full = fit_question(question)
    values = []
    for g in range(question.sample.clusters):
        part = subset(question, question.sample.cluster != g)
        fitted = fit_question(part)
        psi = standardise(fitted, [s(fitted.patterns.table) for s in scenarios], fitted.patterns.n).psi
        values.append(psi[1] - psi[0])
    return full, np.array(values)


@pytest.mark.parametrize(("rows", "share", "tolerance"), [(260, 0.0, 0.03), (900, 1.0, 0.05)])
def test_one_step_comes_close_to_refitting(rows, share, tolerance):
    question = speed_question(rows, 5, event_share=share)
    scenarios = [question.base, question.contrasts[1].to]
    solved = solve(question, scenarios)
    _, exact = refitted(question, scenarios)
    one_step = solved.without[0][:, 1] - solved.without[0][:, 0]
    theta = float(solved.means.psi[1] - solved.means.psi[0])
    ours, theirs = cv3(theta, one_step), cv3(theta, exact)
    assert ours.std_error == pytest.approx(theirs.std_error, rel=tolerance)
    assert ours.df == pytest.approx(theirs.df, rel=0.25)
    assert np.corrcoef(one_step, exact)[0, 1] > 0.99


def test_least_squares_steps_are_exact_for_large_clusters_and_close_for_small_ones():
    """Large ones are evaluated without their own members; small ones keep them in the gradient: order 1/n."""
    question = speed_question(300, 8, event_share=0.3)
    question = replace(question, aim=replace(question.aim, family=GAUSSIAN))
    scenarios = [question.base, question.contrasts[1].to]
    solved = solve(question, scenarios)
    _, exact = refitted(question, scenarios)
    singles = solved.without[0][:, 1] - solved.without[0][:, 0]
    sizes = np.bincount(question.sample.cluster)
    gap = np.abs(singles - exact)
    assert gap[sizes >= 25].max(initial=0.0) < 1e-9
    assert gap.max() < 2e-2 * np.abs(exact).max()

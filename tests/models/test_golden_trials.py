"""Trials: statsmodels on the same rows, a brute leaving-out of each unit, and what others printed of theirs."""

from pathlib import Path

import causaldata
import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from statsmodels.sandbox.regression.gmm import IV2SLS

from pipelines.models.drawn.arms import Means, joint_errors, plain, within
from pipelines.models.drawn.dose import sloped
from pipelines.models.drawn.draws import Draws
from pipelines.models.drawn.exchange import exchanged
from pipelines.models.drawn.family import holm, together
from pipelines.models.drawn.redrawn import redrawn
from pipelines.models.drawn.sequence import errors_wide
from pipelines.models.drawn.takeup import taken_up
from pipelines.models.fit.interval import interval


def made(rng, units=120, strata=3, arms=3, largest=6):
    """Units of one to six rows, arms drawn within strata by unequal shares, and three columns to hold."""
    stratum, size = rng.integers(0, strata, units), rng.integers(1, largest + 1, units)
    shares = rng.dirichlet(np.full(arms, 8.0), strata)
    arm = np.array([rng.choice(arms, p=shares[s]) for s in stratum])
    unit = np.repeat(np.arange(units), size)
    X = rng.normal(size=(len(unit), 3))
    y = X @ (0.5, -0.2, 0.1) + 0.4 * stratum[unit] + 0.3 * arm[unit] + rng.normal(size=units)[unit]
    return Draws(arm[unit], unit, stratum[unit], shares), y + rng.normal(size=len(unit)), X


def interacted(draws, X):
    """The columns of one regression with everything interacted with every arm, centred (Lin 2013)."""
    strata = (draws.stratum[:, None] == np.arange(1, len(draws.shares))).astype(float)
    W = np.column_stack([strata, X])
    W = W - W.mean(axis=0)
    given = (draws.arm[:, None] == np.arange(1, draws.arms)).astype(float)
    return np.column_stack([np.ones(len(W)), given, W, *(given[:, [j]] * W for j in range(given.shape[1]))])


@pytest.mark.parametrize("seed", range(3))
def test_points_within_strata_are_those_of_one_regression(seed):
    draws, y, X = made(np.random.default_rng(seed))
    found, theirs = within(draws, y, X), sm.OLS(y, interacted(draws, X)).fit()
    for arm in (1, 2):
        assert found.difference(arm).estimate == pytest.approx(theirs.params[arm], abs=1e-8)


@pytest.mark.parametrize("columns", [0, 3])
def test_errors_are_those_of_leaving_each_unit_out_by_hand(columns):
    draws, y, X = made(np.random.default_rng(5))
    found = within(draws, y, X[:, :columns])
    by_hand = []
    for unit in range(len(draws.units.rows)):
        kept = draws.unit != unit
        fewer = Draws(draws.arm[kept], draws.unit[kept], draws.stratum[kept], draws.shares)
        by_hand.append(sm.OLS(y[kept], interacted(fewer, X[kept][:, :columns])).fit().params[1])
    moves = np.array(by_hand) - found.difference(1).estimate
    error = np.sqrt((len(moves) - 1) / len(moves) * (moves**2).sum())
    assert found.difference(1).std_error == pytest.approx(error, rel=1e-8)


def test_the_plain_difference_of_single_rows_has_the_error_of_hc3():
    rng = np.random.default_rng(6)
    arm, y = rng.integers(0, 2, 200), rng.normal(size=200)
    found = plain(Draws(arm, np.arange(200), np.zeros(200, dtype=np.int64), np.full((1, 2), 0.5)), y).difference(1)
    theirs = sm.OLS(y, sm.add_constant(arm.astype(float))).fit(cov_type="HC3")
    assert found.estimate == pytest.approx(theirs.params[1], abs=1e-12)
    assert found.std_error == pytest.approx(theirs.bse[1] * (199 / 200) ** 0.5, rel=1e-10)


def test_the_effect_on_those_who_took_it_up_is_two_stage_least_squares():
    rng = np.random.default_rng(7)
    arm, ability = rng.integers(0, 2, 600), rng.normal(size=600)
    got = ((arm == 1) & (ability + rng.normal(size=600) > -0.3)).astype(float)
    y = ability + got + rng.normal(size=600)
    draws = Draws(arm, np.arange(600), np.zeros(600, dtype=np.int64), np.full((1, 2), 0.5))
    found = taken_up(plain(draws, y), plain(draws, got), 1)
    theirs = IV2SLS(y, sm.add_constant(got), sm.add_constant(arm.astype(float))).fit()
    assert found.effect.estimate == pytest.approx(theirs.params[1], abs=1e-8)
    assert found.effect.ci_low < 1.0 < found.effect.ci_high
    assert found.strong


def test_a_slope_is_that_of_least_squares():
    draws, y, X = made(np.random.default_rng(8))
    dose = np.array([0.0, 5.0, 20.0])[draws.arm]
    strata = (draws.stratum[:, None] == np.arange(1, 3)).astype(float)
    theirs = sm.OLS(y, np.column_stack([dose > 0, np.where(dose > 0, dose - 5, 0), np.ones(len(y)), strata, X])).fit()
    found = sloped(draws, dose, y, X)
    assert (found.jump.estimate, found.slope.estimate) == pytest.approx(tuple(theirs.params[:2]), abs=1e-8)


def test_balance_has_the_moments_of_all_draws():
    """Six units, two drawn: all fifteen draws by hand."""
    F, block = np.array([[0.1], [0.4], [0.3], [1.2], [0.9], [0.0]]), np.zeros(6, dtype=np.int64)
    arm = np.array([0, 0, 0, 1, 1, 0])
    sums = np.array([F[i, 0] + F[j, 0] for i in range(6) for j in range(i)])
    extreme = np.abs(sums - sums.mean()) >= abs(F[3, 0] + F[4, 0] - sums.mean()) - 1e-9
    assert exchanged(F, arm, block).p_value == pytest.approx(extreme.mean(), abs=0.01)


def test_holm_s_p_values_by_hand():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


# ── What others printed ──────────────────────────────────────────────────────────────────────────────────────────────


def rebuilt(rates, sizes) -> Means:
    """A trial of single rows from printed rates and sizes."""
    arm = np.repeat(np.arange(len(sizes)), sizes)
    y = np.concatenate([(np.arange(n) < round(r * n)).astype(float) for r, n in zip(rates, sizes, strict=True)])
    return plain(
        Draws(arm, np.arange(len(arm)), np.zeros(len(arm), dtype=np.int64), np.full((1, len(sizes)), np.nan)), y
    )


def test_five_arms_of_letters_to_voters():
    """Gerber, Green & Larimer 2008 (APSR 102:33), tables 2 and 3: turnout of 344,084 voters; errors of .003."""
    found = rebuilt((0.297, 0.315, 0.322, 0.345, 0.378), (191_243, 38_218, 38_204, 38_201, 38_201))
    differences = together([found.difference(arm) for arm in (1, 2, 3, 4)], joint_errors(found, [1, 2, 3, 4]))
    assert [round(one.estimate, 3) for one in differences] == pytest.approx([0.018, 0.026, 0.049, 0.081], abs=0.0011)
    assert [round(one.std_error, 3) for one in differences] == [0.003] * 4
    assert all(one.ci_low > 0 for one in differences)


def test_six_pairs_of_communities():
    """Mwanza (Grosskurth et al. 1995, Lancet 346:530): seroconversions by pair, 48 of 4,149 and 82 of 4,400 in all.

    Printed of the unadjusted analysis: relative risk .57, a paired t test of its logarithm with p = .004.
    """
    treated = [(5, 568), (4, 766), (17, 650), (13, 734), (4, 732), (5, 699)]
    others = [(10, 702), (7, 833), (20, 630), (23, 760), (12, 782), (10, 693)]
    assert [sum(column) for pair in (treated, others) for column in zip(*pair, strict=True)] == [48, 4149, 82, 4400]
    y = np.log([cases / people for cases, people in (*others, *treated)])
    draws = Draws(np.repeat([0, 1], 6), np.arange(12), np.tile(np.arange(6), 2), np.full((6, 2), 0.5))
    found = within(draws, y, np.empty((12, 0))).difference(1)
    assert round(float(np.exp(found.estimate)), 2) == 0.57
    assert round(found.p_value, 3) == 0.004
    assert found.df == 5
    again = redrawn(draws, y, 1)
    assert again.interval.p_value == pytest.approx(2 / 64) == again.least_p


@pytest.mark.parametrize(("arms", "df", "printed"), [(2, 20, 2.38), (3, 20, 2.54), (4, 20, 2.65), (3, 60, 2.41)])
def test_several_arms_have_dunnett_s_limits(arms, df, printed):
    """Dunnett 1964 (Biometrics 20:482), table II: two-sided 5 %, arms as large as the one they are compared with."""
    covariance = np.full((arms, arms), 0.5) + 0.5 * np.eye(arms)
    found = together([interval(1.0, 1.0, float(df))] * arms, covariance)
    assert found[0].ci_high - 1.0 == pytest.approx(printed, abs=0.02)


@pytest.fixture(scope="module")
def paid():
    people = pd.read_stata(Path(causaldata.__file__).parent / "thornton_hiv" / "thornton_hiv.dta")
    return people[["got", "any", "tinc", "villnum"]].astype(float).dropna()


def test_money_for_learning_a_test_s_result(paid):
    """Thornton 2008 (AER 98:1829), abstract: without an incentive 34 % learnt it; even the smallest doubled that."""
    village = np.unique(paid["villnum"], return_inverse=True)[1]
    one = np.zeros(len(paid), dtype=np.int64)
    arm, y = paid["any"].to_numpy(dtype=np.int64), paid["got"].to_numpy()
    draws = Draws(arm, np.arange(len(arm)), one, np.full((1, 2), np.nan))
    found = plain(draws, y)
    assert round(float(found.means[0]), 2) == 0.34
    # Villages weren't drawn, but the paper clusters by them: people of one in both arms are units of one row each here.
    theirs = sm.OLS(y, sm.add_constant(arm.astype(float))).fit(cov_type="cluster", cov_kwds={"groups": village})
    assert found.difference(1).estimate == pytest.approx(theirs.params[1], abs=1e-8)
    least = sloped(draws, paid["tinc"].to_numpy(), y, np.empty((len(y), 0)))
    assert least.jump.estimate + found.means[0] > 2 * 0.34
    assert least.slope.ci_low > 0


@pytest.mark.parametrize(("ratio", "expected"), [(1.0, 3.0354), (0.1, 3.7633), (10.0, 3.2554)])
def test_limits_at_any_look_are_robbins_mixture(ratio, expected):
    """√((v + ρ) ln((v + ρ) / (ρ α²))) of Howard, Ramdas, McAuliffe & Sekhon 2021 (equation 14), in standard errors."""
    c = (-2 * np.log(0.05) + np.log(-2 * np.log(0.05)) + 1) * ratio
    v, rho = 1.0, 1.0 / c
    boundary = np.sqrt((v + rho) * np.log((v + rho) / (rho * 0.05**2)))
    assert errors_wide(ratio, 1.0) == pytest.approx(boundary, abs=1e-9)
    assert errors_wide(ratio, 1.0) == pytest.approx(expected, abs=1e-4)

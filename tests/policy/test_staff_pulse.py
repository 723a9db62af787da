"""What staff say they may decide, counted, and whether cases are settled at once where more may."""

import numpy as np
import pandas as pd
import pytest
from cases import NOTHING, company_of, mart_of, only, why

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.units import Unit
from pipelines.policy.counted.staff_pulse import spot_row, staff_rows

SITES, MONTHS = [f"s{j:02d}" for j in range(20)], ["2025-01", "2025-02", "2025-03", "2025-04"]


def pulse(share_of=lambda site, month: 0.4 + 0.2 * (month % 2), n=20):
    rows = [(s, f"{m}-01", share_of(i, j), n) for i, s in enumerate(SITES) for j, m in enumerate(MONTHS)]
    return pd.DataFrame(rows, columns=["site_id", "month", "may_fix_share", "n"])


def settled(gain, per_cell=30):
    """Cases of every site and month; ``gain`` more are settled at once in every other month."""
    rng = np.random.default_rng(4)
    site, month = (x.ravel() for x in np.indices((len(SITES), len(MONTHS))))
    site, month = np.repeat(site, per_cell), np.repeat(month, per_cell)
    once = rng.random(len(site)) < 0.3 + gain * (month % 2)
    return mart_of(
        len(site), site_id=np.array(SITES)[site], opened_month=np.array(MONTHS)[month], severity="s", category="noise",
        channel="desk", response_status="answered", resolved_at_first_contact=once,
    )  # fmt: skip


def test_staff_count_by_how_many_were_asked():
    asked = pulse().assign(n=[10, 30] * 40)
    rows = list(staff_rows(company_of(staff_pulse=asked)))
    everyone = only(rows, segment="", period="")
    assert (everyone.estimate, everyone.n, everyone.unit) == (pytest.approx(0.55), 1600, Unit.SHARE_OF_STAFF)
    assert everyone.ci_low < 0.55 < everyone.ci_high
    assert only(rows, segment="", period="2025-02").estimate == pytest.approx(0.6)
    assert only(rows, segment="site_id=s03", period="").n == 80


def test_a_month_of_few_staff_is_hidden():
    few = pulse(n=2).query("site_id in ('s00', 's01')")
    rows = list(staff_rows(company_of(staff_pulse=few)))
    assert only(rows, segment="", period="2025-01").suppressed


def test_sites_that_answer_alike_month_after_month_are_no_larger_sample():
    apart = staff_rows(company_of(staff_pulse=pulse(lambda site, month: 0.2 if site < 10 else 0.8)))
    alike = staff_rows(company_of(staff_pulse=pulse(lambda site, month: 0.49 + 0.02 * (site % 2))))
    wide, narrow = (only(list(rows), segment="", period="") for rows in (apart, alike))
    assert wide.ci_high - wide.ci_low > 2 * (narrow.ci_high - narrow.ci_low)


@pytest.mark.parametrize(("gain", "clear"), [(0.0, False), (0.2, True)])
def test_months_are_held_against_others_of_the_same_site(gain, clear):
    row = spot_row(settled(gain), company_of(staff_pulse=pulse()))
    assert row.estimate == pytest.approx(gain, abs=0.05)
    assert (row.ci_low > 0) is clear
    assert row.grade is Grade.C


def test_a_better_site_alone_moves_nothing():
    """Half of the sites let more decide, and settle more at once, month after month: no month is unlike the others."""
    mart = settled(0.0)
    chance = np.where(mart["site_id"] < "s10", 0.8, 0.2)
    mart["resolved_at_first_contact"] = np.random.default_rng(5).random(len(mart)) < chance
    row = spot_row(mart, company_of(staff_pulse=pulse(lambda site, month: (0.8 if site < 10 else 0.2) + 0.01 * month)))
    assert row.ci_low < 0 < row.ci_high
    assert row.estimate == pytest.approx(0.0, abs=0.05)


def test_without_a_pulse_both_say_what_to_add():
    (row,) = staff_rows(company_of(NOTHING))
    assert "staff_pulse" in why(row)
    assert "staff_pulse" in why(spot_row(settled(0.0), company_of(NOTHING)))

"""Did the storm guests rebook, without the voucher? Both shares stand side by side, or what to map does."""

from dataclasses import replace

import made_up_policies
import pytest
from published_run import SPEECH, publish_run
from rows_in_short import changed
from test_people_or_offers import opened, said

from dashboard.cache import cached_chart, cached_run
from dashboard.event_returns import event_returns, latest_returns, returns_defined
from dashboard.mass_events import event_rows, event_table

STORM = "storm-2026-10"
UNMAPPED = "Orders don't say what was paid by voucher. Map voucher_amount in orders."


def returns(measure, estimate, n=300, **columns):
    first = next(e for e in made_up_policies.events() if e.event_id == STORM)
    numbers = {"estimate": estimate, "ci_low": None, "ci_high": None, "n": n}
    if estimate is not None:
        numbers |= {"ci_low": estimate - 0.05, "ci_high": estimate + 0.05, "expected": 0.4}
    where = {"measure": measure, "within_days": 365.0, "unit": "share of incidents", "verdict": "estimated"}
    return changed(first, where | numbers | columns)


BOTH = [returns("returned", 0.3), returns("returned_without_voucher", 0.21)]
UNKNOWN = [
    returns("returned", 0.3),
    returns("returned_without_voucher", None, None, verdict="not_estimable", reason=UNMAPPED),
]


@pytest.fixture(autouse=True)
def _fresh_cache():
    cached_run.clear()
    cached_chart.clear()


def with_events(run, rows):
    return replace(run, events=(*run.events, *rows))


def test_both_shares_come_with_their_limits(run):
    (line,) = event_returns(with_events(run, BOTH), (STORM,))
    assert (line["Came back"], line["Single incidents alike"]) == ("30\u202f% (25 to 35)", "40\u202f%")
    assert (line["… without a voucher"], line["Single incidents alike, without a voucher"]) == (
        "21\u202f% (16 to 26)",
        "40\u202f%",
    )
    assert line["Cases followed so far"] == "300"


def test_a_young_event_says_so_and_subscriptions_have_no_vouchers(run):
    (young,) = event_returns(with_events(run, [returns("returned", None, 0, verdict="not_estimable")]), (STORM,))
    assert (young["Came back"], young["Cases followed so far"]) == ("too early", "0")
    assert "… without a voucher" not in young


def test_the_latest_known_return_passes_over_events_too_young_to_know(run):
    young = returns("returned", None, 0, verdict="not_estimable")
    known = returns("returned", 0.3, event_id="power_cut-2025-04")
    said = latest_returns(with_events(run, [young, known]))
    assert said == (
        "The latest of which it is known: after Power cut 2025-04 30\u202f% (25 to 35) of 300 came back within 365 "
        "days; after single incidents of equal severity, 40\u202f%."
    )
    assert latest_returns(with_events(run, [young])) == ""


def test_one_event_in_full_names_both(run):
    labels = [r["Share of its incidents"] for r in event_table(event_rows(with_events(run, BOTH), STORM), SPEECH)]
    assert labels[-2:] == ["Came back within 365 days", "Came back without a voucher within 365 days"]


def test_the_definition_says_what_counts_and_what_to_map(run):
    assert "no voucher of any kind was used" in returns_defined(with_events(run, BOTH))
    assert "Map voucher_amount" not in returns_defined(with_events(run, BOTH))
    assert returns_defined(with_events(run, UNKNOWN)).endswith(UNMAPPED)
    assert returns_defined(run) == ""


@pytest.mark.parametrize(("rows", "says"), [(BOTH, "21\u202f% (16 to 26)"), (UNKNOWN, UNMAPPED)])
def test_the_page_shows_them(tmp_path, monkeypatch, rows, says):
    events = made_up_policies.events
    monkeypatch.setattr(made_up_policies, "events", lambda: [*events(), *rows])
    publish_run(tmp_path)
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    app = opened("incidents")
    assert not app.exception
    assert says in said(app)
    assert "whatever paid for it" in said(app)

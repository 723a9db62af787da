"""Cash, credit, points or a manager's call: no form is left for the reader to wonder about."""

from dataclasses import replace

import made_up_decisions
import pytest
from made_up_decisions import counted, decision, with_decisions
from published_run import publish_run
from test_people_or_offers import opened, said

from dashboard.cache import cached_chart, cached_run
from dashboard.forms import judged_table, kinds_note
from pipelines.contracts.messages.earlier import EarlierReason

MONEY = {"unit": "EUR per incident", "population": "answered"}
BEST = decision("choice", "best_form", None, 0, verdict="not_estimable", reason="Can't be told: they overlap.")
ROWS = [
    decision("choice", "form", -5.0, 400, level="cash", grade="B", ci_low=-8.0, ci_high=-2.0, **MONEY),
    decision("choice", "form", 3.0, 400, level="future_credit", grade="D", reason="No conclusion: test.", **MONEY),
    decision("choice", "form", None, 12, level="gesture", verdict="not_estimable", reason="At least 30 are needed."),
    BEST,
    counted("choice", "kind_given", 900, 900, level="refund"),
    counted("choice", "kind_given", 80, 80, level="points"),
    decision("choice", "kind_given", None, 0, level="gesture", verdict="not_estimable", reason="Not in this data."),
]


@pytest.fixture(autouse=True)
def _fresh_cache():
    cached_run.clear()
    cached_chart.clear()


def test_each_form_says_what_it_was_given_as_and_no_number_without_a_conclusion(run):
    cash, credit, call = judged_table(with_decisions(run, tuple(ROWS)))
    assert (cash["Given as, incidents"], cash["Net per incident"]) == (
        "money back (900)",
        "−€\u202f5.00 (−8.00 to −2.00)",
    )
    assert (credit["Given as, incidents"], credit["Net per incident"]) == ("points (80)", "no conclusion")
    assert (call["Given as, incidents"], call["Net per incident"]) == ("not in this data", "can't be told")
    assert call["Note"] == "At least 30 are needed."


def test_the_page_names_what_is_not_in_the_data(tmp_path, monkeypatch):
    publish_run(tmp_path, decisions=[*made_up_decisions.all_decisions(), *ROWS])
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    app = opened("compensation")
    assert not app.exception
    text = said(app)
    assert "Not in this data as a compensation: a manager's call." in text
    assert 'To have it judged, map kind "gesture" in compensations.' in text


def test_where_no_form_can_be_judged_what_was_given_is_said(run):
    rows = tuple(r for r in ROWS if r.measure != "form")
    assert "Given so far, in incidents: money back (900), points (80)." in kinds_note(with_decisions(run, rows))


def test_one_reason_is_said_once(run):
    rows = [
        replace(BEST, reasons=(EarlierReason("Add compensations."),)),
        replace(ROWS[-1], level="", reasons=(EarlierReason("Add compensations."),)),
    ]
    assert kinds_note(with_decisions(run, tuple(rows))) == "Add compensations."
    assert kinds_note(with_decisions(run, ())) == ""

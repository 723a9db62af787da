"""The next sum on the page Policy: what is shown is the answer for the sum that the address names."""

import re
from dataclasses import replace
from pathlib import Path

import made_up_policies
import pytest
from made_up_decisions import decisions_of, with_decisions
from published_run import SPEECH, publish_run
from streamlit.testing.v1 import AppTest

from dashboard.cache import cached_chart, cached_run
from dashboard.next_sum import spending_table, spent_either_way, sum_facts, unspent_sentence, why_no_sum
from dashboard.scenario import cached_factors
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.messages.earlier import EarlierReason

APP = Path(__file__).resolve().parents[2] / "streamlit_app.py"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cached_run.clear()
    cached_chart.clear()
    cached_factors.clear()
    spent_either_way.clear()


def opened(page, **query):
    app = AppTest.from_file(APP, default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    return app.switch_page(f"dashboard/app_pages/{page}.py").run()


def said(app):
    read = (re.sub(r"\\(.)", r"\1", e.value) for e in (*app.header, *app.subheader, *app.markdown, *app.caption))
    return " ".join([*read, *(element.proto.body for element in app.get("html"))])


def test_the_usual_sum_answers_everyone_and_gives_everyone_half(published):
    """1,200 a year: an hour's promise costs 1 each, half of the loss 12 each; neither needs all of 100,000."""
    app = opened("policy")
    assert not app.exception
    assert app.number_input(key="sum").value == 100_000
    text = said(app)
    assert "The next sum: people or offers?" in text
    assert "for €\u202f1,200" in text
    assert "for €\u202f14,000" in text
    assert "1,200 a year" in text


def test_the_sum_in_the_address_is_the_sum_shown(published):
    app = opened("policy", sum="600")
    assert app.number_input(key="sum").value == 600
    assert "answered within an hour, 50\u202f% of the incidents, for €\u202f600" in said(app)
    app.number_input(key="sum").set_value(300).run()
    assert "25\u202f% of the incidents, for €\u202f300" in said(app)


@pytest.mark.parametrize("asked", ["0", "-5", "plenty", ""])
def test_an_address_that_names_no_sum_asks_for_the_usual_one(published, asked):
    app = opened("policy", sum=asked)
    assert not app.exception
    assert app.number_input(key="sum").value == 100_000


def test_where_nothing_was_tried_often_enough_only_the_reason_is_said(tmp_path, monkeypatch):
    untried = [replace(c, supported=c.minutes is None and c.share is None) for c in made_up_policies.scenario_cells()]
    monkeypatch.setattr(made_up_policies, "scenario_cells", lambda: untried)
    publish_run(tmp_path)
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    text = said(opened("policy", sum="600"))
    assert "People or offers? Can't be told yet" in text
    assert "Test them first" in text
    assert "incidents behind it" not in text


@pytest.mark.parametrize("page", ["speed_and_compensation"])
def test_other_pages_lead_to_the_question(published, page):
    app = opened(page)
    links = " ".join(e.proto.body for e in app.get("html"))
    assert re.search(
        r'href="policy\?run=[\w-]+#the-next-sum-people-or-offers"[^>]*>The next €\u202f100,000: people', links
    )


def test_every_way_is_listed_and_no_unclear_net_is_set_large(run):
    found, every = spent_either_way(run, 600.0)
    rows = spending_table(every, "guests", SPEECH)
    assert [r["Spent on"] for r in rows] == ["Answered within an hour", "Given 50\u202f% of the loss"]
    assert [r["Costs a year"] for r in rows] == ["€\u202f600", "€\u202f600"]
    assert {r["For"] for r in rows} == {"everyone"}
    assert unspent_sentence(every, 600.0, SPEECH) == ""
    most = unspent_sentence(spent_either_way(run, 2000.0)[1], 2000.0, SPEECH)
    assert most == "Faster answers can use at most €\u202f1,200 of €\u202f2,000 a year"
    part = replace(every[0], outside=("severity=grave",))
    assert spending_table([part], "guests", SPEECH)[0]["For"] == "all but 1 segment"
    facts = sum_facts(found, "guests", SPEECH)
    assert [f.value for f in facts] == ["People: €\u202f4,800 a year", "Offers: −€\u202f450 a year"]
    assert all("grade B" in f.says for f in facts)
    cached_factors.clear()
    spent_either_way.clear()
    wide = tuple(replace(r, loading=4 * r.loading) for r in run.scenario_factors)
    unsure, _ = spent_either_way(replace(run, scenario_factors=wide), 600.0)
    assert sum_facts(unsure, "guests", SPEECH)[1].value == "Offers: net not clear"


def test_without_a_price_people_are_not_priced(tmp_path, monkeypatch):
    cells = made_up_policies.scenario_cells()
    free = [replace(c, price_per_hour=None, cost=8.0 if c.share is None else 20.0) for c in cells]
    monkeypatch.setattr(made_up_policies, "scenario_cells", lambda: free)
    publish_run(tmp_path)
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    text = said(opened("policy"))
    assert "set speed_cost_per_hour in [profile]" in text
    assert "while an hour sooner costs less than €" in text
    assert "People: " not in text


def test_what_can_not_be_asked_says_why(run):
    refused = replace(
        run.scenario_cells[0], verdict=Verdict.NOT_ESTIMABLE, reasons=(EarlierReason("Add loss_amount."),)
    )
    assert why_no_sum(replace(run, scenario_cells=(refused,))) == "Add loss_amount."
    assert "Publish a new one" in why_no_sum(with_decisions(run, ()))
    why = (EarlierReason("Fewer than 10 cases: too few to show."),)
    unseen = {"verdict": Verdict.SUPPRESSED, "estimate": None, "reasons": why}
    few = [replace(d, **unseen) if d.measure == "incidents_a_year" else d for d in decisions_of(run)]
    assert "too few" in why_no_sum(with_decisions(run, few))
    assert why_no_sum(run) == ""

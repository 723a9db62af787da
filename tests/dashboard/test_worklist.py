from dataclasses import replace

from made_up_decisions import decision, decisions_of, with_decisions

from dashboard.stakes import beside_won_back, stake_headline, stake_refusal, stake_table
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.messages.earlier import EarlierReason


def test_the_headline_counts_cases_and_what_they_spent(run):
    said = stake_headline(run)
    assert said.text == (
        "Of 1,500 closed cases, 300 are known not to be won back and 500 show no new order yet "
        "(180 of them within 365 days of the failure); "
        "their guests, each counted once, spent €\u202f5.1 million in the year before."
    )
    assert (said.mood, said.badge) == ("uncertain", "To follow up")


def test_what_is_not_known_is_never_called_lost(run):
    alone = tuple(r for r in decisions_of(run) if r.measure == "closed_not_restored")
    said = stake_headline(with_decisions(run, alone))
    assert said.text == "900 of 1,500 closed cases aren't known to be won back."


def test_what_became_of_closed_cases_adds_up(run):
    assert sum(int(line["Cases"]) for line in stake_table(run)) == 1500
    assert stake_table(run)[0]["Of closed cases"] == "20\u202f% (15 to 25)"


def test_the_share_won_back_is_told_apart_from_the_counts(run):
    assert beside_won_back(run) == ""
    matured = decision("standards", "restored", 0.16, 197, period="2024-07-09/2025-01-06", clock="matured",
                       population="customers with a later score, 540 days after the failure")  # fmt: skip
    said = beside_won_back(with_decisions(run, (matured,)))
    assert said.startswith("This week's 16\u202f% (11 to 21) won back is a share of fewer: 197 customers with a later")


def test_without_closing_the_reason_is_given(run):
    row = next(r for r in decisions_of(run) if r.measure == "closed_not_restored")
    refused = replace(
        row, estimate=None, verdict=Verdict.NOT_ESTIMABLE, reasons=(EarlierReason("Map closed_at in incidents."),)
    )
    without = with_decisions(run, (refused,))
    assert stake_headline(without) is None
    assert stake_refusal(without) == "Map closed_at in incidents."

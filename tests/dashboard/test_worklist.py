from dataclasses import replace

from made_up_decisions import decision, decisions_of, with_decisions

from dashboard.stakes import beside_won_back, stake_headline, stake_refusal, stake_table
from dashboard.worklist import Chosen, capped, file_notes, levels_of, listed, narrowed, worklist_table
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.vocabulary import OneKind
from pipelines.contracts.messages.earlier import EarlierReason
from pipelines.contracts.messages.steps import Give, ShareWorth


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


def test_each_case_has_its_next_step_and_no_name(run):
    first = worklist_table(run, run.worklist)[0]
    assert first == {
        "Case": "507254",
        "Next step": "Apologise in person",
        "Spent in the year before": "€\u202f11,000",
        "What happened": "missed port, spoiled",
        "Site": "S2",
        "Closed": "1 Apr 2026",
        "Won back": "no new order yet",
    }


def test_choices_narrow_the_list_and_keep_its_order(run):
    cases = narrowed(run, Chosen({"severity": ("spoiled",)}))
    assert [r.incident_id for r in cases] == ["507254", "503874"]
    assert listed(run, cases) == (
        "2 of 2 shown, most at stake first; 3 are on the list. The list and its data hold 3 of 900 cases, those "
        "with most at stake; amends worklist --to worklist.csv writes all 900."
    )
    assert narrowed(run, Chosen({"severity": ("spoiled",), "site_id": ("S9",)})) == ()
    assert narrowed(run, Chosen({})) == run.worklist
    assert levels_of(run.worklist, "severity") == ["nuisance", "spoiled"]


def test_a_list_that_holds_every_case_promises_no_more(run):
    row = next(r for r in decisions_of(run) if r.measure == "closed_not_restored")
    whole = with_decisions(run, (replace(row, estimate=float(len(run.worklist))),))
    assert capped(whole) == ""
    assert (
        listed(whole, whole.worklist)
        == "3 of 3 shown, most at stake first. amends worklist --to worklist.csv writes them all."
    )


def test_a_list_cut_short_says_of_how_many_and_where_the_rest_is(run):
    said = listed(run, run.worklist)
    assert said.startswith("3 of 3 shown, most at stake first.")
    assert "hold 3 of 900 cases" in said
    assert "writes all 900" in said


def test_a_file_says_what_its_columns_mean_and_how_often_a_customer_counts(run):
    notes = " ".join(file_notes(run))
    assert "answered_in_time: a person answered within the minutes" in notes
    assert "count once in the sum on the page" in notes
    assert "below" not in notes


def test_an_amount_in_a_step_reads_as_everywhere_on_the_page(run):
    case = replace(run.worklist[0], next_step=Give(ShareWorth(OneKind.REFUND, 0.5, 40.0)))
    assert "(€\u202f40.00)" in worklist_table(run, [case])[0]["Next step"]

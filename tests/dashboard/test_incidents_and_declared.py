from dataclasses import replace

from made_up_decisions import decision, decisions_of, with_decisions
from made_up_rows import effect
from published_run import SPEECH

from dashboard.causes import cause_table, empowerment_sentence, fixes_sentence, front_line_table, limits_table
from dashboard.declared import known_table, margin_table, match_table, target_table
from dashboard.figures.registry import CHARTS
from dashboard.figures.theme import LIGHT
from dashboard.filters import View
from dashboard.lookup import described
from dashboard.mass_events import event_ids, event_name, event_rows, event_table, live_events, step_table
from dashboard.spending import form_table, leak_table, spent_table
from pipelines.contracts.catalog.estimation import Band, Series
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.manifest import Target
from pipelines.contracts.tables.curve import CurvePoint


def test_only_mass_incidents_of_the_last_four_weeks_are_live(run):
    assert event_ids(run) == ("storm-2026-10", "power_cut-2025-04")
    assert live_events(run) == ("storm-2026-10",)
    assert event_name("power_cut-2025-04") == "Power cut 2025-04"


def test_a_mass_incident_stands_beside_single_ones_alike(run):
    (line,) = event_table(event_rows(run, "storm-2026-10"), SPEECH)
    assert line["Share of its incidents"] == "Answered by a person within an hour"
    assert (line["Here"], line["Single incidents alike"]) == ("52\u202f% (48 to 57)", "64\u202f%")
    assert line["Times as often"] == "0.81 (0.75 to 0.88)"


def test_steps_of_a_mass_incident_are_a_table_of_their_own(run):
    row = replace(run.events[2], measure="returned_by_share_given", level="nothing", estimate=0.31)
    (line,) = step_table((row, replace(row, level=None)), SPEECH)
    assert (line["Step"], line["By"]) == ("nothing", "given, of the loss")
    assert event_table((row,), SPEECH) == []


def test_causes_show_their_rate_and_without_exposure_the_reason(run):
    (line,), why = cause_table(run)
    assert (line["Root cause"], line["Per 10,000"], why) == ("Boiler", "0.40 (0.35 to 0.45)", "")
    refused = decision(
        "learning", "occasions_per_10000_units", None, None, verdict="not_estimable", reason="Add exposure."
    )
    assert cause_table(with_decisions(run, [refused])) == ([], "Add exposure.")


def test_which_fix_failed_and_who_owns_it_is_one_sentence(run):
    def fix(cause, ratio, low, high, **more):
        limits = {"ci_low": low, "ci_high": high, "segment": f"root_cause={cause}", "unit": "ratio"}
        return decision("learning", "rate_ratio_after_fix", ratio, 60, **limits, **more)

    held = with_decisions(run, [fix("boiler", 0.4, 0.2, 0.8)])
    assert fixes_sentence(held) == (
        "A fix that can be judged is on record for 1 of 1 root causes; none is known to have failed. "
        "Who owns a cause isn't recorded."
    )
    failed = with_decisions(
        run, [fix("boiler", 0.4, 0.2, 0.8), fix("rota", 2.0, 1.4, 3.0, owner="Head of housekeeping")]
    )
    assert "these failed, for the cause came more often: rota. Owners: Head of housekeeping." in fixes_sentence(failed)
    assert fixes_sentence(with_decisions(run, [])) == ""


def test_the_front_line_is_silent_where_nothing_is_recorded(run):
    assert front_line_table(described(run), View(), SPEECH) == []
    assert limits_table(run) == []
    assert empowerment_sentence(run) == ""


def test_solving_it_at_once_is_only_said_to_help_where_it_clearly_does(run):
    def said(low, high, grade="C"):
        row = decision("front_line", "resolved_at_first_contact_effect_on_return", 2.0, 900, unit="per 100 customers",
                       ci_low=low, ci_high=high, grade=grade)  # fmt: skip
        return empowerment_sentence(with_decisions(run, [row]))

    assert said(0.5, 3.5).startswith("Solving it at the first contact goes with +2.0 returning guests per 100")
    assert "no clear change" in said(-1.0, 5.0)
    assert "no clear change" in said(0.5, 3.5, grade="D")


def test_money_given_says_what_it_showed(run):
    spent = decision("front_line", "compensation_spent", 128_445.0, 992, segment="severity=spoiled", unit="EUR",
                     verdict="counted", observed=0.431, standing="below_cost", grade="C")  # fmt: skip
    (line,) = spent_table(with_decisions(run, [spent]))
    assert (line["Spent"], line["Of all"], line["It showed"]) == ("€\u202f128,000", "43\u202f%", "gain below its cost")
    forms, why = form_table(run)
    call = decision("money", "compensation_cost", 4.0, 99, segment="compensation_kind=gesture", unit="EUR per incident")
    assert form_table(with_decisions(run, (*decisions_of(run), call)))[0][-1]["Per incident"] == "A manager's call"
    assert (forms[0]["Cost so far"], why) == ("€\u202f37 (29 to 45)", "")
    assert form_table(with_decisions(run, []))[0] == []


def test_money_of_which_nothing_can_be_told_says_why(run):
    common = {"unit": "EUR", "verdict": "counted", "observed": 0.2}
    clear = decision(
        "front_line", "compensation_spent", 900.0, 99, segment="severity=spoiled", standing="pays", **common
    )
    open_ = decision("front_line", "compensation_spent", 700.0, 99, segment="severity=nuisance", standing="cannot_say",
                     reason="Its interval holds what it costs.", **common)  # fmt: skip
    first, second = spent_table(with_decisions(run, [clear, open_]))
    assert (first["It showed"], first["Why"]) == ("can't be told", "Its interval holds what it costs.")
    assert (second["It showed"], second["Why"]) == ("earned more than it cost", "")
    assert "Why" not in spent_table(with_decisions(run, [clear]))[0]


def test_sums_without_a_gain_stand_with_their_reason_beside(run):
    total = decision("front_line", "spent_without_shown_gain", 700.0, 99, unit="EUR", verdict="counted", observed=0.2,
                     reason="Some severities are left out.")  # fmt: skip
    stop = decision("front_line", "spent_beyond_the_stopping_point", None, None, unit="EUR", verdict="not_estimable",
                    reason="No share shows a clear gain.")  # fmt: skip
    first, second = leak_table(with_decisions(run, [total, stop]))
    assert first["Grade"] == "–"
    part = decision(
        "front_line", "compensation_spent", 700.0, 99, segment="severity=a", standing="not_shown", grade="C"
    )
    assert leak_table(with_decisions(run, [total, part]))[0]["Grade"] == "C"
    assert (first["Spent"], first["Of all"]) == ("€\u202f700", "20\u202f%")
    assert first["Note"] == "Some severities are left out."
    assert (second["Spent"], second["Note"]) == ("can't be told", "No share shows a clear gain.")


def test_what_was_declared_and_matched_is_on_a_page(run):
    targets = (Target("answered_within_60_minutes", 0.6, "Head of guest relations"),)
    declared = replace(run, manifest=replace(run.manifest, profile=replace(run.profile, targets=targets)))
    assert target_table(declared)[0] == {
        "Target": "Answered by a person within an hour", "Value": "60\u202f%", "Owner": "Head of guest relations",
    }  # fmt: skip
    assert match_table(run) == [{"Channel": "survey", "Matched to a customer": "79\u202f%", "At least": "85\u202f%"}]
    earned = {"within_days": 90.0, "unit": Unit.MONEY_PER_CUSTOMER, "ci_low": 144.6, "ci_high": 181.8}
    margin = decision("money", "margin_of_returning_customer", 163.2, 543, **earned)
    assert margin_table(with_decisions(run, [margin]))[0]["Margin"] == "€\u202f163 (145 to 182)"
    assert known_table(run)[0]["Known in"]


def test_the_surface_leaves_cells_without_support_empty(run):
    row = effect(
        "speed_and_compensation", "60", "adjusted", estimate=0.3, ci_low=0.1, ci_high=0.6, unit="share of the loss"
    )
    cells = [(60.0, 0.0, 1.0, True), (60.0, 0.5, 4.0, True), (240.0, 0.0, 0.0, True), (240.0, 0.5, 9.0, False)]
    points = [
        CurvePoint(
            effect_id=row.effect_id,
            series=Series.SURFACE,
            x=x,
            x_unit="minutes",
            x2=x2,
            estimate=y,
            x2_unit="share of the loss",
            ci_low=y - 2,
            ci_high=y + 2,
            band=Band.POINTWISE,
            supported=ok,
            n_near=100 if ok else 3,
        )
        for x, x2, y, ok in cells
    ]
    with_surface = replace(run, effects=(*run.effects, row), curves=(*run.curves, *points))
    chart = CHARTS["surface"]
    drawn = chart.draw(with_surface, chart.leads(with_surface), LIGHT)
    heat = drawn.figure.data[0]
    assert [list(line) for line in heat.z] == [[1.0, 0.0], [4.0, None]]
    assert heat.text[1][1] == ""
    assert (
        drawn.title == "The least that clearly goes with more returning guests: within 1 hour and 50\u202f% of the loss"
    )
    assert "1 of 4 cells" in drawn.caveats[0]
    assert chart.leads(run) is None

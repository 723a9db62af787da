"""The tables around the charts of a review, as the pages show them: this week, who gets what, what is at stake."""

from collections.abc import Mapping, Sequence

from dashboard.cohort import cohort_table
from dashboard.event_returns import event_returns, returns_defined
from dashboard.exports.listing import listing_of
from dashboard.exports.review import Table
from dashboard.mass_events import event_ids, events_table
from dashboard.offers import leading_policy, offer_table, unproposed_note, unvalued_note
from dashboard.speech import speech_of
from dashboard.stakes import stake_headline, stake_table
from dashboard.trust import checks_of, grade_table
from dashboard.week import known_now
from dashboard.worth import delay_table
from pipelines.contracts.tables.effect import Effect
from pipelines.publish.store import Run
from words.policies import policy_headline, standard_caution

DATED = "Each with its days of failure; the latest weeks can't be judged yet."
COUNTED = "Counted, not adjusted, with 95 % intervals."
HELD_OUT = "Chosen on one half of the incidents, valued on the other."
OF_DELAY = (
    "Margin, against answering everyone in time. Hours count to the response cap; a year holds as many incidents of "
    "customers on file as the last one."
)
WEAKEST = "The grade is the worst of its components, never an average."


def tables_of(run: Run, row: Effect | None) -> tuple[Table, ...]:
    """Every table that the run can fill; ``row`` is the effect the review leads with."""
    lost = stake_headline(run)
    grades = grade_table(checks_of(run, row), speech_of(run)) if row else []
    found = (
        _table("this_week", "Known at the data cut", COUNTED, known_now(run)),
        _table("cohort", "Cohorts whose time has passed", DATED, cohort_table(run)),
        _table("at_stake", lost.text.rstrip(".") if lost else "Not yet won back", COUNTED, stake_table(run)),
        _table("delay", "What waiting costs", OF_DELAY, delay_table(run)[0]),
        _policy(run),
        _table("events", "Mass incidents", "Each as it happened.", events_table(run, event_ids(run))),
        _table("event_returns", "Who came back after each", returns_defined(run), event_returns(run, event_ids(run))),
        _table("grade", "What the grade rests on", WEAKEST, grades),
    )
    return tuple(table for table in found if table.shown.lines)


def _policy(run: Run) -> Table:
    speech = speech_of(run)
    leading = leading_policy(run)
    if leading is None or leading.value is None:
        return _table("policy", "", "", [])
    title = policy_headline(leading, speech).rstrip(".")
    grade = f"Grade {leading.grade}." if leading.grade else ""
    note = " ".join(
        filter(
            None,
            (
                standard_caution(leading, speech),
                unproposed_note(run, leading.policy),
                HELD_OUT,
                grade,
                unvalued_note(run, leading.policy),
                speech.all(leading.caveats),
            ),
        )
    )
    return _table("policy", title, note, offer_table(run, leading.policy))


def _table(table_id: str, title: str, note: str, rows: Sequence[Mapping[str, object]]) -> Table:
    return Table(table_id, title, note, listing_of(rows))

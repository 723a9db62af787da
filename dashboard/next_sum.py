"""The next sum of money a year, people or offers: its answer as figures and as a table of every way to spend it."""

from collections.abc import Sequence

import streamlit as st

from dashboard.cells import NOTHING, Fact, letter, share_or_nothing
from dashboard.lookup import answered, measured, why_not
from dashboard.scenario import cached_factors, row_of, segment_names
from dashboard.speech import speech_of
from pipelines.contracts.answers import NextSum, Spending
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.messages.plans import OlderRun
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.policy.plans.next_sum import next_sum, spendings
from pipelines.publish.store import Run
from words.next_sums import spending_name
from words.speech import Speech

USUAL_SUM, ANSWERS_KEPT = 100_000, 256
COUNTED = "those that a person answered, of customers on file, severity and loss known"


def a_year(run: Run) -> Measured | None:
    """The row of how many incidents a year scenarios speak of."""
    return measured(run, Measure.INCIDENTS_A_YEAR)


def why_no_sum(run: Run) -> str:
    """Why the question can't be asked of this run, and what to add; "" where it can."""
    row, speech = a_year(run), speech_of(run)
    if row is None:
        return speech.say(OlderRun())
    if row_of(run) is None:
        return why_not(next((c for c in run.scenario_cells if c.reasons), None) or row, speech)
    return "" if answered(row) and told(row.estimate) > 0 else why_not(row, speech)


@st.cache_resource(max_entries=ANSWERS_KEPT, show_spinner=False, hash_funcs={Run: lambda run: run.run_id})
def spent_either_way(run: Run, total: float) -> tuple[NextSum, tuple[Spending, ...]]:
    """The answer for a sum a year, and every way to spend it; only where :func:`why_no_sum` says nothing."""
    row, factors = a_year(run), cached_factors(run)
    yearly = told(row.estimate) if row else 0.0
    found = next_sum(run.scenario_cells, factors, total, yearly)
    return found, spendings(run.scenario_cells, factors, total, yearly) if found.more else ()


def sum_facts(found: NextSum, who: str, speech: Speech) -> list[Fact]:
    """Each way's net money and customers of a year, as figures in large type; what isn't clear isn't set large."""
    pairs = (("People", found.faster), ("Offers", found.more))
    return [_fact(name, way, who, speech) for name, way in pairs if way is not None]


def _fact(name: str, way: Spending, who: str, speech: Speech) -> Fact:
    what = f"{_lower(spending_name(way, speech))}, {speech.percent(way.reached or 0.0)} of the incidents"
    if way.net is None or way.spent is None:
        return Fact(f"{name}: no conclusion", f"{what}. {speech.all(way.reasons)}", None)
    clear = not way.net.low <= 0 <= way.net.high
    large = f"{name}: {speech.money(way.net.value)} a year" if clear else f"{name}: net not clear"
    says = (
        f"{what}, for {speech.money(way.spent)}: {_net(way, speech)} net "
        f"a year, {_customers(way, speech)} more {who} back"
    )
    return Fact(large, f"{says}, grade {way.grade}", None)


def _customers(way: Spending, speech: Speech) -> str:
    found = way.customers
    return NOTHING if found is None else f"{speech.decimal(found.value)} ({speech.span(found.low, found.high)})"


def spending_table(found: Sequence[Spending], who: str, speech: Speech) -> list[dict[str, str]]:
    """One line per way to spend the sum, as shown, promises first."""
    return [
        {
            "Spent on": spending_name(way, speech),
            "For": _left(way),
            "Reaches": share_or_nothing(way.reached, speech),
            "Costs a year": NOTHING if way.spent is None else speech.money(way.spent),
            f"More {who} back a year": _customers(way, speech),
            "Net a year": _net(way, speech),
            "Grade": letter(way.grade),
            "Fewest so in a segment": speech.count(way.n_near),
        }
        for way in found
    ]


def unspent_sentence(found: Sequence[Spending], total: float, speech: Speech) -> str:
    """How much of a sum each kind of way can use at most, where all the data can tell of needs less; else ""."""
    kinds = (("Faster answers", [w for w in found if w.minutes is not None]),
             ("larger offers", [w for w in found if w.minutes is None]))  # fmt: skip
    most = {name: max((w.spent for w in kind if w.spent is not None), default=None) for name, kind in kinds}
    short = [f"{name} can use at most {speech.money(m)}" for name, m in most.items() if m and m < total]
    text = ", ".join(short)
    return f"{text[:1].upper()}{text[1:]} of {speech.money(total)} a year" if short else ""


def _left(way: Spending) -> str:
    number = len(way.outside)
    return f"all but {number} segment{'' if number == 1 else 's'}" if number else "everyone"


def _net(way: Spending, speech: Speech) -> str:
    if way.net is None:
        return "no conclusion" if way.grade is Grade.D else "not tried often enough"
    return f"{speech.money(way.net.value)} ({speech.money_span(way.net.low, way.net.high)})"


def sum_support(found: NextSum, run: Run) -> str:
    """How many incidents stand behind the answer and how many a year it is reckoned for, and whom it leaves out."""
    speech = speech_of(run)
    row = a_year(run)
    named = segment_names(run, speech)
    outside = ", ".join(named[s] for s in found.outside)
    parts = [
        (
            f"{speech.count(found.n)} incidents behind it, reckoned for "
            f"{speech.decimal(found.incidents)} a year: {COUNTED}."
        ),
        speech.all(row.caveats) if row else "",
        "What the sum isn't needed for stays unspent.",
        speech.all(found.caveats),
        f"Left as they are, for want of cases: {outside}." if outside else "",
    ]
    return " ".join(part for part in parts if part)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]

"""Scenarios: reach so many within so long and give so much. Pure arithmetic on published cells."""

from collections.abc import Mapping

import streamlit as st

from dashboard.cells import Fact, graded
from dashboard.speech import speech_of
from pipelines.contracts.answers import Answer
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.plans import Held
from pipelines.contracts.tables.scenario import ScenarioCell
from pipelines.policy.plans.scenario import Choices, Factors, Request, answer, choices, factors_of
from pipelines.publish.store import Run
from words.policies import whom
from words.speech import Speech

AS_TODAY = "as today"


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Run: lambda run: run.run_id})
def cached_factors(run: Run) -> Factors:
    """How the cells of a run move together, read once."""
    return factors_of(run.scenario_factors, len(run.scenario_cells))


def possible(run: Run) -> Choices | None:
    """What can be asked of this run; None where no cell was published."""
    return choices(run.scenario_cells) if row_of(run) else None


def why_none(run: Run) -> str:
    """Why there is no scenario, and what to add."""
    reasons = next((c.reasons for c in run.scenario_cells if c.reasons), ())
    return speech_of(run).all(reasons) or "This run holds no scenarios. Publish a new one."


ANSWERED_ONLY = (
    "These figures hold only cases that a person answered anyway and whose loss is known. What a promise brings to "
    "those never answered isn't in them: the page Speed counts everyone, so their figures differ."
)


def ask(run: Run, asked: Choices, speech: Speech) -> Request:
    """The controls, each bound to the address."""
    minutes_of = {AS_TODAY: None} | {speech.duration(m): m for m in asked.minutes}
    share_of = {AS_TODAY: None} | {speech.percent(s): s for s in asked.shares}
    first, second, third = st.columns(3, gap="large")
    promise = first.select_slider("Answered within", list(minutes_of), key="promise", bind="query-params")
    offer = second.select_slider("Given, of the loss", list(share_of), key="offer", bind="query-params")
    reached = third.slider("For so many of 100", 0, 100, 100, step=5, key="reached", bind="query-params")
    named = segment_names(run, speech)
    parts = st.multiselect(
        "Only for",
        asked.segments,
        format_func=named.__getitem__,
        placeholder="everyone",
        key="only",
        bind="query-params",
    )
    return Request(frozenset(parts) or None, minutes_of[promise], share_of[offer], reached / 100)


def segment_names(run: Run, speech: Speech) -> Mapping[str, str]:
    """``severity=stay_spoiled;brand=Alba`` → ``stay spoiled, Alba``, for every segment of a run's scenarios."""
    return {c.segment: whom(c, speech) for c in run.scenario_cells}


def answered_by(run: Run, request: Request) -> Answer:
    """The scenario's answer, with interval and support."""
    return answer(run.scenario_cells, cached_factors(run), request)


def scenario_facts(found: Answer, who: str, speech: Speech, price: float | None = None) -> list[Fact]:
    """The answer in three figures, each with its interval; outside support no number is shown.

    ``price``: the declared one of an hour sooner, None if none is.
    """
    if found.gain is None or found.low is None or found.high is None:
        return [Fact("No answer", speech.all(found.reasons), None)]
    if found.grade is Grade.D:
        none = Fact("No conclusion", "on returns and on what it is worth, grade D: keep the current standard", None)
        return [none] if found.cost is None else [none, _cost(found.held, found.cost, price, speech)]
    clear = not found.low <= 0 <= found.high
    direction = "more" if found.gain >= 0 else "fewer"
    gain = (
        f"{speech.decimal(abs(found.gain), 1)} {direction} {who} back per 100"
        if clear
        else "No clear change in returns"
    )
    facts = [
        Fact(
            gain,
            f"{speech.decimal(found.gain, 1)} per 100 ({speech.span(found.low, found.high, 1)}){graded(found.grade)}",
            None,
        )
    ]
    if found.value is not None and found.value_low is not None and found.value_high is not None:
        sure = found.value_low > 0 or found.value_high < 0
        worth = speech.money(found.value) if sure else "Worth not clear"
        limits = speech.money_span(found.value_low, found.value_high)
        facts.append(Fact(worth, f"per incident, net of what it costs: {speech.money(found.value)} ({limits})", None))
    if found.cost is not None:
        facts.append(_cost(found.held, found.cost, price, speech))
    return facts


def _cost(held: Held, cost: float, price: float | None, speech: Speech) -> Fact:
    """What the scenario costs per incident against today: what is given, faster answers at their declared price."""
    if held is Held.SPEED:
        return Fact(speech.money(abs(cost)), f"given {'more' if cost >= 0 else 'less'} per incident than today", None)
    if price is None:
        unpriced = "Faster answers have no declared price: set speed_cost_per_hour in [profile]."
        if held is Held.COMPENSATION:
            return Fact("Cost not known", unpriced, None)
        return Fact(speech.money(abs(cost)), f"{_change(cost)}, what is given alone. {unpriced}", None)
    declared = f"the declared price of faster answers, {speech.money(price)} for an hour sooner"
    says = declared if held is Held.COMPENSATION else f"what is given, and {declared}"
    return Fact(f"Costs {speech.money(abs(cost))}", f"{_change(cost)}: {says}", None)


def _change(cost: float) -> str:
    return f"{'more' if cost >= 0 else 'less'} per incident than today"


def support_sentence(found: Answer, run: Run) -> str:
    """What is held, how many cases it speaks of, and whom it leaves out."""
    speech = speech_of(run)
    named = segment_names(run, speech)
    treated = f"{speech.count(found.n)} incidents asked about; at least {speech.count(found.n_near)} were treated so"
    text = f"{speech.capital(speech.label(found.held))}. {treated}."
    outside = ", ".join(named[s] for s in found.outside)
    return f"{text} Left as they are, for want of cases: {outside}." if outside else text


def row_of(run: Run) -> ScenarioCell | None:
    """A cell that carries the outcome and horizon that scenarios speak of."""
    return next((c for c in run.scenario_cells if c.verdict is Verdict.ESTIMATED), None)

"""From findings of one question to the plate of its card: at most six marks in one unit, the one spoken of named."""

from collections.abc import Callable, Sequence

from dashboard.charts.plate import Mark, Plate
from pipelines.contracts.catalog.estimation import At
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.treatments import COMPENSATION, SPEED
from pipelines.contracts.ledger.codes import Question
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.tables.row import told
from words.changes import timeless
from words.effects import form_name
from words.findings import as_effect, headline, in_brief
from words.speech import Speech

MOST_MARKS = 6
_FIRM = (Grade.A, Grade.B)
LADDERS = (Question.HOW_FAST, Question.HOW_MUCH)


def plate_of(lead: Finding, rows: Sequence[Finding], speech: Speech) -> Plate | None:
    """The picture of a question's answers; None where nothing can be drawn.

    In money a year where the finding spoken of has it, net before gross, else in its outcome's own unit; answers that
    have no number in that unit, or that nothing follows from, aren't drawn.
    """
    inside = [r for r in rows if (r.question, r.aspect) == (lead.question, lead.aspect)]
    unit = _unit_of(lead)
    if unit is None:
        return None
    value, text, name = unit
    drawn = [r for r in inside if value(r) is not None and r.grade not in (None, Grade.D) and _alike(r, lead)]
    if not drawn:
        return None
    ladder = lead.question in LADDERS and len(drawn) > 2
    shown = sorted(drawn, key=lambda r: r.place)[:MOST_MARKS]
    if ladder:
        shown.sort(key=lambda r: float(r.level))
    marks = tuple(_mark(r, told(value(r)), text, lead, speech) for r in shown)
    zero = speech.text("place.chart.today" if lead.rather == At.TODAY else "place.chart.without")
    return Plate(marks, name(lead, speech), zero, headline(lead, speech), ladder)


Limits = tuple[float, float, float]
_Value = Callable[[Finding], Limits | None]
_Text = Callable[[float, Speech], str]
_Name = Callable[[Finding, Speech], str]


def _unit_of(lead: Finding) -> tuple[_Value, _Text, _Name] | None:
    if lead.net is not None:
        return _net, _money, lambda _, speech: speech.text("place.chart.net")
    if lead.gain is not None and lead.cost is None:
        return _gain, _money, lambda _, speech: speech.text("place.chart.gain")
    if lead.estimate is not None and lead.outcome is not None:
        return _estimate, lambda v, speech: speech.signed(v, 1), lambda row, speech: timeless(as_effect(row), speech)
    return None


def _money(value: float, speech: Speech) -> str:
    return speech.money(value)


def _net(row: Finding) -> Limits | None:
    return _limits(row.net, row.net_low, row.net_high)


def _gain(row: Finding) -> Limits | None:
    return _limits(row.gain, row.gain_low, row.gain_high) if row.cost is None else None


def _estimate(row: Finding) -> Limits | None:
    return _limits(row.estimate, row.ci_low, row.ci_high)


def _limits(value: float | None, low: float | None, high: float | None) -> Limits | None:
    return None if value is None or low is None or high is None else (value, low, high)


def _alike(row: Finding, lead: Finding) -> bool:
    """Whether two findings count the same outcome, against the same."""
    return row.outcome == lead.outcome and (row.rather == At.TODAY) is (lead.rather == At.TODAY)


def _mark(row: Finding, limits: Limits, text: _Text, lead: Finding, speech: Speech) -> Mark:
    value, low, high = limits
    return Mark(_label(row, speech), value, low, high, text(value, speech), row.grade in _FIRM, row is lead)


def _label(row: Finding, speech: Speech) -> str:
    if row.question in LADDERS and row.action == SPEED:
        return speech.duration(float(row.level))
    if row.question in LADDERS and row.action == COMPENSATION:
        return speech.percent(float(row.level))
    if row.question is Question.WHICH_FORM:
        return speech.capital(form_name(row.level, speech))
    if row.plan is None and row.question in (Question.WHAT_ELSE, Question.WHAT_THEY_TELL):
        return speech.label(f"treatment.{row.action}", row.action or "")
    return in_brief(row, speech)

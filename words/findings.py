"""What a finding comes to, in the words of a colleague: each text from one row, its grade and its call."""

from dataclasses import dataclass, replace

from pipelines.contracts.catalog.estimation import At, OutcomeId, TreatmentId
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.contracts.catalog.plans import Plan
from pipelines.contracts.catalog.treatments import ASSIGNMENT, COMPENSATION, SPEED, SPEED_AND_COMPENSATION
from pipelines.contracts.ledger.codes import Aspect, Call, Decides, Question
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.messages.grounds import Limited
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.row import told
from words.changes import change, digits, holds_zero, limits, limits_in_words, outcome_counted
from words.effects import promised_time, what_is_done
from words.speech import Speech

GRADES = {
    Grade.A: "ledger.grade.a",
    Grade.B: "ledger.grade.b",
    Grade.C: "ledger.grade.c",
    Grade.D: "ledger.grade.d",
}
_NETS = {Grade.A: "ledger.nets.proven", Grade.B: "ledger.nets.estimated"}
_LOSES = {Grade.A: "ledger.loses.proven", Grade.B: "ledger.loses.estimated"}
_PLANS = {Plan.BEST: "ledger.plan.best", Plan.WITHIN_STANDARD: "ledger.plan.within_standard"}
_COMPARED = (Question.FASTER_OR_MORE, Question.NEXT_SUM)
# Half of a 95 % interval in standard errors.
_HALF = 1.96


@dataclass(frozen=True)
class Figure:
    """The one yearly figure of a finding: a number that is read alone, and what stands small beside it."""

    large: str
    small: str


def asked(row: Finding, speech: Speech) -> str:
    """The question as people ask it."""
    return speech.label(row.question)


def call_name(row: Finding, speech: Speech) -> str:
    """Do, don't, test or can't tell."""
    return speech.label(row.call)


def how_sure(grade: Grade | None, speech: Speech) -> str:
    """Proven, good evidence, a hint, or can't tell."""
    return speech.text(GRADES[grade or Grade.D])


def what(row: Finding, speech: Speech) -> str:
    """What a finding is about, as it stands in a sentence: "answering everyone within an hour"."""
    if row.plan is not None:
        return speech.text(_PLANS[row.plan])
    if row.question in _COMPARED:
        return _compared(row, speech)
    if row.action == ASSIGNMENT and row.level and row.estimate is not None:
        arm, base = row.level.replace("_", " "), row.rather.replace("_", " ")
        return speech.text("ledger.done.arm", arm=arm, base=base)
    if row.action == COMPENSATION and row.rather == At.TODAY:
        share = float(row.level)
        return (
            speech.text("ledger.done.nothing_given")
            if share == 0
            else speech.text("ledger.done.share", share=speech.percent(share))
        )
    return what_is_done(as_effect(row), speech) if row.level else _unlevelled(row, speech)


def title(row: Finding, speech: Speech) -> str:
    """What a finding is about, as a heading."""
    return speech.capital(what(row, speech))


def in_brief(row: Finding, speech: Speech) -> str:
    """A finding as the heading of a card; of two choices the one that nets more."""
    if row.question in _COMPARED and row.action == SPEED:
        return speech.text("ledger.brief.faster", time=promised_time(float(row.level), speech))
    if row.question in _COMPARED and row.action == COMPENSATION:
        return speech.text("ledger.brief.more", share=speech.percent(float(row.level)))
    if row.plan is Plan.WITHIN_STANDARD:
        return speech.text("ledger.brief.within_standard")
    return title(row, speech)


def headline(row: Finding, speech: Speech) -> str:
    """One sentence that may be repeated: what follows, and from how much; the verb follows call and grade."""
    return speech.sentence(speech.capital(_HEADLINES[row.call](row, speech)))


def figure(row: Finding, speech: Speech) -> Figure | None:
    """Money a year; before cost where that isn't declared; without a margin customers; None where nothing is known."""
    if row.grade is None or row.grade is Grade.D:
        return None
    if row.net is not None:
        return _money("ledger.figure.net", row.net, row.net_low, row.net_high, speech)
    if row.gain is not None and row.cost is None:
        found = _money("ledger.figure.gain", row.gain, row.gain_low, row.gain_high, speech)
        if row.call is not Call.DO:
            return found
        price = speech.money(told(row.gain_low))
        return Figure(found.large, speech.text("ledger.figure.price", figure=found.small, price=price))
    if row.change is not None and row.outcome is not None:
        span = speech.span(told(row.change_low), told(row.change_high))
        noun = outcome_counted(row.outcome, speech)
        return Figure(speech.signed(row.change), speech.text("ledger.figure.change", noun=noun, limits=span))
    return None


def _money(code: str, value: float, low: float | None, high: float | None, speech: Speech) -> Figure:
    return Figure(speech.money(value), speech.text(code, limits=speech.money_span(told(low), told(high))))


def effect_line(row: Finding, speech: Speech) -> str:
    """What changes per 100 customers, or in the outcome's own unit, with its limits; "" where nothing is told."""
    if row.estimate is None or row.outcome is None or row.grade in (None, Grade.D):
        return ""
    effect = as_effect(row)
    if holds_zero(effect):
        return speech.capital(limits_in_words(effect, speech))
    return speech.capital(speech.text("ledger.per_100", change=change(effect, speech), limits=limits(effect, speech)))


def they_say(row: Finding | None, speech: Speech) -> str:
    """What customers say afterwards, beside what they do; that it can't be told where it can't."""
    if row is None or row.estimate is None or row.grade in (None, Grade.D) or holds_zero(as_effect(row)):
        return speech.text("ledger.they_say.cant_tell")
    effect = as_effect(replace(row, horizon_days=None))
    return speech.text("ledger.they_say", change=change(effect, speech), limits=limits(effect, speech))


def in_short(row: Finding, speech: Speech) -> str:
    """The change and its limits as figures alone: "+5 (2 to 8)"; "" where nothing is told or zero isn't ruled out."""
    if row.estimate is None or row.grade in (None, Grade.D) or holds_zero(as_effect(row)):
        return ""
    places = digits(as_effect(row))
    span = speech.span(told(row.ci_low), told(row.ci_high), places)
    return speech.text("ledger.in_short", size=speech.signed(row.estimate, places), limits=span)


def doubt(row: Finding, speech: Speech) -> str:
    """The doubt that would overturn it, or what is missing for an answer."""
    return speech.maybe(row.doubt)


def short_doubt(row: Finding, speech: Speech) -> str:
    """The doubt in as few words as a card has room for: of several weaknesses the first."""
    first = row.doubt.by[0] if isinstance(row.doubt, Limited) and row.doubt.by else row.doubt
    said = speech.capital(speech.maybe(first))
    return said if not said or said.endswith(".") else speech.sentence(said)


def smallest(row: Finding, speech: Speech) -> str:
    """The smallest change that these data would have shown; "" where there is no estimate."""
    if row.smallest_gain is None or row.outcome is None:
        return ""
    entry = OUTCOMES.get(row.outcome)
    size = row.smallest_gain if entry is None or entry.higher_is_better else -row.smallest_gain
    seen = Effect(row.outcome, row.action or SPEED, estimate=size, horizon_days=row.horizon_days,
                  std_error=row.smallest_gain / 2.8, unit=row.unit)  # fmt: skip
    return speech.text("ledger.smallest", change=change(seen, speech))


def test_line(row: Finding, speech: Speech) -> str:
    """The test that could decide it; "" where none can be sized."""
    if row.test_per_arm is None:
        return ""
    if row.test_weeks is None:
        return speech.text("ledger.test.size", n=row.test_per_arm)
    return speech.text("ledger.test", n=row.test_per_arm, weeks=speech.count(round(row.test_weeks)))


def as_effect(row: Finding) -> Effect:
    """The row's own numbers as an effect, for whatever is said of effects."""
    error = None if row.ci_low is None or row.ci_high is None else (row.ci_high - row.ci_low) / (2 * _HALF)
    return Effect(
        row.outcome or OutcomeId(""), row.action or TreatmentId(""), horizon_days=row.horizon_days,
        level_from=row.rather or None, level_to=row.level or None, population=row.whom, estimate=row.estimate,
        std_error=error, ci_low=row.ci_low, ci_high=row.ci_high, unit=row.unit, n_incidents=row.n, grade=row.grade,
    )  # fmt: skip


def _compared(row: Finding, speech: Speech) -> str:
    if row.action == SPEED:
        promise, share = promised_time(float(row.level), speech), speech.percent(float(row.rather))
        return speech.text("ledger.done.faster", time=promise, share=share)
    if row.action == COMPENSATION:
        promise, share = promised_time(float(row.rather), speech), speech.percent(float(row.level))
        return speech.text("ledger.done.more", time=promise, share=share)
    return speech.text("ledger.done.faster_or_more")


def _unlevelled(row: Finding, speech: Speech) -> str:
    if row.action == SPEED_AND_COMPENSATION or row.action is None:
        return speech.text("ledger.done.faster_or_more")
    return speech.label(f"treatment.{row.action}", row.action)


def _do(row: Finding, speech: Speech) -> str:
    if row.decides is Decides.MONEY:
        return speech.text(_NETS[row.grade or Grade.B], what=what(row, speech), size=speech.money(told(row.net)))
    if row.decides is Decides.MONEY_BEFORE_COST:
        return speech.text("ledger.pays_below", what=what(row, speech), price=speech.money(told(row.gain_low)))
    return _changes(row, speech)


def _dont(row: Finding, speech: Speech) -> str:
    if row.decides is Decides.NO_DIFFERENCE:
        return speech.text("ledger.no_difference", what=what(row, speech))
    if row.decides is Decides.MONEY:
        return speech.text(_LOSES[row.grade or Grade.B], what=what(row, speech), size=speech.money(-told(row.net)))
    return _changes(row, speech)


def _changes(row: Finding, speech: Speech) -> str:
    effect = as_effect(row)
    code = "ledger.changes.proven" if row.grade is Grade.A else "ledger.changes.estimated"
    return speech.text(code, what=what(row, speech), change=change(effect, speech))


def _test(row: Finding, speech: Speech) -> str:
    if saved := _saving(row, speech):
        return saved
    if row.net is not None and not told(row.net_low) <= 0 <= told(row.net_high):
        code = "ledger.test.gains" if row.net > 0 else "ledger.test.loses"
        return speech.text(code, what=what(row, speech), size=speech.money(abs(row.net)))
    if row.estimate is None or row.outcome is None or holds_zero(as_effect(row)):
        return speech.text("ledger.test.open", what=what(row, speech))
    return speech.text("ledger.test.hint", what=what(row, speech), change=change(as_effect(row), speech))


def _saving(row: Finding, speech: Speech) -> str:
    """What is spent less is sure, what it does to customers isn't; "" where it is no such case."""
    if row.outcome is None or row.estimate is None or not (row.cost or 0.0) < 0 or not holds_zero(as_effect(row)):
        return ""
    noun, size = outcome_counted(row.outcome, speech), speech.money(-(row.cost or 0.0))
    return speech.text("ledger.saves", what=what(row, speech), size=size, noun=noun)


def _cant_tell(row: Finding, speech: Speech) -> str:
    if row.decides is Decides.NO_DIFFERENCE:
        return speech.text("ledger.no_difference", what=what(row, speech))
    if row.question in _COMPARED:
        return speech.text("ledger.cant_tell.compared")
    if saved := _saving(row, speech):
        return saved
    if row.decides is Decides.NOTHING:
        return speech.text("ledger.cant_tell.nothing", what=what(row, speech))
    if row.grade in _NETS and row.net is not None and row.outcome and not holds_zero(as_effect(row)):
        return speech.text("ledger.cant_tell.pays", what=what(row, speech), change=change(as_effect(row), speech))
    return speech.text("ledger.cant_tell", what=what(row, speech))


_HEADLINES = {Call.DO: _do, Call.DONT: _dont, Call.TEST: _test, Call.CANT_TELL: _cant_tell}


def speaking(rows: tuple[Finding, ...], aspect: Aspect = Aspect.DEEDS) -> tuple[Finding, ...]:
    """The finding that speaks for each question, in the order of their rank; what they tell others speaks in words."""
    return tuple(r for r in rows if r.place == 1 and (r.aspect is aspect or r.question is Question.WHAT_THEY_TELL))


def beside(row: Finding, rows: tuple[Finding, ...]) -> Finding | None:
    """What customers say where the same is done."""
    key = (row.question, row.action, row.level, row.plan)
    return next((r for r in rows if r.aspect is Aspect.WORDS and (r.question, r.action, r.level, r.plan) == key), None)

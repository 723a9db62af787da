"""What it is worth in money: the hour, what is spent without a gain, and whether faster goes before more."""

from dataclasses import replace

from dashboard.cells import NOTHING, Fact, cases, graded, letter
from dashboard.effects import exchanged
from dashboard.lookup import answered, measured, valuations_of, valued, why_not
from dashboard.speech import speech_of
from dashboard.spending import SPENT, UNSHOWN, grade_of_sum
from pipelines.contracts.catalog.counting import Standing
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Measure, Worth
from pipelines.contracts.catalog.thresholds import USUAL_PROMISE_MINUTES
from pipelines.contracts.mart import Col
from pipelines.contracts.tables.row import told
from pipelines.contracts.tables.valuation import Valuation
from pipelines.policy.money.yearly import in_a_year
from pipelines.publish.store import Run
from words.speech import Speech

DELAY, HOURLY, YEARLY = Worth.COST_OF_DELAY, Worth.COST_OF_ONE_HOUR_OF_DELAY, Worth.COST_OF_DELAY_A_YEAR
ON_FILE = Measure.INCIDENTS_ON_FILE_A_YEAR
# The promise that pages speak of where none is chosen, in minutes.
USUAL_PROMISE = f"{USUAL_PROMISE_MINUTES:.0f}"
NO_CONCLUSION = "no conclusion, keep the current standard"
CHOICES = {Worth.FASTER_OR_MORE: "Faster or more", Worth.BEST_FORM: "Which form"}


def facts(run: Run, level: str) -> list[Fact]:
    """What stands below the decision sentence; ``level`` is the promise in minutes that it speaks of."""
    return [fact for fact in (worth_of_speed(run, level), _unshown(run), _faster_or_more(run)) if fact]


def worth_of_speed(run: Run, level: str) -> Fact | None:
    """What answering everyone within ``level`` minutes would earn more, and what it costs, both from published rows.

    In a year where that is known, else each.
    """
    speech = speech_of(run)
    row, yearly = valued(run, DELAY, level=level), valued(run, YEARLY, level=level)
    row = yearly if answered(yearly) else row
    if row is None:
        return None
    what = f"worth of answering within {speech.duration(float(level))}" if level.isdigit() else "worth of speed"
    if not answered(row):
        return Fact("Not known", f"{what}. {why_not(row, speech)}", row)
    per = "a year" if row is yearly else "per incident"
    if row.grade is Grade.D:
        return Fact("Worth not known yet", f"{what[0].upper()}{what[1:]}: {NO_CONCLUSION}, grade D", row)
    says = f"{what}, in margin {per} ({_limits(row, speech)}){graded(row.grade)}"
    if told(row.ci_low) <= 0 <= told(row.ci_high):
        return Fact("Worth not known yet", f"{says[0].upper()}{says[1:]}", row)
    large = f"{speech.money(told(row.estimate))} {per}, before its cost"
    return Fact(large, f"{says}. {_cost_of_speed(run, level)}", row)


def of_everyone(fact: Fact) -> Fact:
    """The same figure on a page narrowed to a part: it says that it isn't of that part."""
    return replace(fact, says=f"For everyone, not this part alone: {fact.says[:1].lower()}{fact.says[1:]}")


def _cost_of_speed(run: Run, level: str) -> str:
    """What a promise costs per incident and what each unit spent on it earns; else why it can't be priced."""
    speech = speech_of(run)
    cost = valued(run, Worth.COST_OF_PROMISE, level=level)
    earns = valued(run, Worth.MARGIN_PER_1_OF_SPEED, level=level)
    if not answered(cost):
        return f"What it costs isn't known. {why_not(cost, speech)}"
    limits = "" if cost.ci_low is None else f" ({_limits(cost, speech)})"
    says = f"It costs {speech.money(told(cost.estimate))} per incident{limits}{_yearly(run, cost)}"
    if not answered(earns) or earns.grade is Grade.D:
        return f"{says}; whether that comes back: {NO_CONCLUSION}."
    low, high = told(earns.ci_low), told(earns.ci_high)
    back = "more than it costs" if low > 1 else "less than it costs" if high < 1 else "whether it pays can't be told"
    ratio = f"{speech.decimal(told(earns.estimate), 2)} ({speech.span(low, high, 2)}){graded(earns.grade)}"
    return f"{says}. Earned per {speech.money(1, whole=True)} spent so: {ratio}: {back}."


def _yearly(run: Run, cost: Valuation) -> str:
    """What a promise costs in the year that its worth is said of; "" where worth is said per incident."""
    speech = speech_of(run)
    year, worth = measured(run, ON_FILE), valued(run, YEARLY, level=cost.level)
    if not answered(year) or not answered(worth):
        return ""
    value, low, high = in_a_year(cost, year)
    limits = "" if low is None or high is None else f" ({speech.money_span(low, high)})"
    return f", {speech.money(value)}{limits} a year"


def _unshown(run: Run) -> Fact | None:
    """Money given where no gain above its cost was shown, which is no proof of waste, and what can't be told at all."""
    speech = speech_of(run)
    row = valued(run, UNSHOWN)
    if not answered(row):
        return None
    share = f", {speech.percent(row.observed)} of all" if row.observed is not None else ""
    says = f"given out so far, to {speech.day(run.data_cut)}, where no gain above its cost was shown{share}"
    grade = graded(grade_of_sum(run, UNSHOWN))
    return Fact(speech.money(told(row.estimate)), f"{says}{grade}. {_open(run)}", row)


def _open(run: Run) -> str:
    """That not shown isn't wasted, and the share of all spent of which nothing can be told."""
    parts = [r for r in valuations_of(run, SPENT) if answered(r)]
    open_ = sum(r.observed or 0.0 for r in parts if r.standing in (None, Standing.CANNOT_SAY))
    rest = f" Of another {speech_of(run).percent(open_)} it can't be told." if open_ else ""
    return f"Not shown isn't the same as wasted.{rest}"


def _faster_or_more(run: Run) -> Fact | None:
    """How much of the loss one hour of delay is worth; "faster, before more" only where the interval leaves out 0."""
    speech = speech_of(run)
    rows = exchanged(run, "")
    if not rows:
        return None
    row = rows[0]
    if row.estimate is None:
        return Fact("Faster or more?", speech.lines(("Not known.", speech.all(row.reasons))), row)
    promise = f"a promise of {speech.duration(float(row.level_to or 0))}"
    if row.grade is Grade.D:
        return Fact(
            "Worth of a promise: open", f"how much of the loss {promise} is worth: {NO_CONCLUSION}, grade D", row
        )
    low, high = told(row.ci_low), told(row.ci_high)
    clear, rate = low > 0, f"{speech.percent(row.estimate)} of the loss ({speech.span(100 * low, 100 * high)} %)"
    says = f"{promise} is worth as much as giving {rate}{graded(row.grade)}"
    return Fact("Faster, before more" if clear else "Worth of a promise: open", says, row)


def _limits(row: Valuation, speech: Speech) -> str:
    return speech.money_span(told(row.ci_low), told(row.ci_high))


def delay_table(run: Run) -> tuple[list[dict[str, str]], str]:
    """One line per promise, as shown: margin per incident and per hour of delay, with grade; else why there is none."""
    speech = speech_of(run)
    rows = {(r.measure, r.level): r for r in valuations_of(run, DELAY, HOURLY, YEARLY)}
    known = [level for measure, level in rows if measure == DELAY and answered(rows[measure, level])]
    if not known:
        return [], why_not(next(iter(rows.values()), None), speech)
    return [
        {
            "Promise": speech.duration(float(level)),
            "Per incident": _with_limits(rows[DELAY, level], speech),
            "Per hour and incident": _with_limits(rows.get((HOURLY, level)), speech),
            "A year": _with_limits(rows.get((YEARLY, level)), speech),
            "Grade": letter(rows[DELAY, level].grade),
            "Cases": cases(rows[DELAY, level].n, speech),
        }
        for level in sorted(known, key=float)
    ], ""


def delay_notes(run: Run) -> tuple[str, ...]:
    """What the table of delay takes for granted a year, and why it holds no severity."""
    speech, year = speech_of(run), measured(run, ON_FILE)
    counted: tuple[str, ...] = ()
    if answered(year):
        many = speech.count(round(told(year.estimate)))
        counted = (f"A year: {many} {speech.maybe(year.population)}. {speech.all(year.caveats)}",)
    alone = valued(run, HOURLY, segment=Col.SEVERITY)
    return (*counted, *((speech.all(alone.reasons),) if alone is not None and alone.reasons else ()))


def _with_limits(row: Valuation | None, speech: Speech) -> str:
    if row is None or row.estimate is None:
        return NOTHING
    return f"{speech.money(row.estimate)} ({_limits(row, speech)})"


def choices(run: Run) -> list[Valuation]:
    """What to do if only one thing can be done: the answers of the decision layer, faster or more first."""
    return sorted(valuations_of(run, *CHOICES), key=lambda r: list(CHOICES).index(r.measure))

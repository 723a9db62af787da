"""What it is worth in money: the hour, what is spent without a gain, and whether faster goes before more."""

from dataclasses import dataclass, replace

from dashboard.decisions import answered, decided, rows_of, why_not
from dashboard.effects import Aim
from dashboard.speech import speech_of
from dashboard.spending import SPENT, UNSHOWN, grade_of_sum
from pipelines.contracts.tables.row import told
from pipelines.policy.money.yearly import in_a_year
from pipelines.publish.store import Row, Run
from words.speech import Speech

DELAY, HOURLY, EXCHANGE = "cost_of_delay", "cost_of_one_hour_of_delay", "speed_and_compensation"
YEARLY, ON_FILE = "cost_of_delay_a_year", "incidents_on_file_a_year"
PROMISE, EARNS = "cost_of_promise", "margin_per_1_of_speed"
NO_CONCLUSION = "no conclusion, keep the current standard"
CHOICES = {"faster_or_more": "Faster or more", "best_form": "Which form"}


@dataclass(frozen=True)
class Fact:
    """One figure in large type with what it says below, its interval and grade included; from one row."""

    value: str
    says: str
    row: Row | None


def facts(run: Run, level: str) -> list[Fact]:
    """What stands below the decision sentence; ``level`` is the promise in minutes that it speaks of."""
    return [fact for fact in (worth_of_speed(run, level), _unshown(run), _faster_or_more(run)) if fact]


def worth_of_speed(run: Run, level: str) -> Fact | None:
    """What answering everyone within ``level`` minutes would earn more, and what it costs, both from published rows.

    In a year where that is known, else each.
    """
    speech = speech_of(run)
    row, yearly = decided(run, DELAY, level=level), decided(run, YEARLY, level=level)
    row = yearly if answered(yearly) else row
    if row is None:
        return None
    what = f"worth of answering within {speech.duration(float(level))}" if level.isdigit() else "worth of speed"
    if not answered(row):
        return Fact("Not known", f"{what}. {why_not(row)}", row)
    per = "a year" if row is yearly else "per incident"
    if row.grade == "D":
        return Fact("Worth not known yet", f"{what[0].upper()}{what[1:]}: {NO_CONCLUSION}, grade D", row)
    says = f"{what}, in margin {per} ({_limits(row, speech)}){_grade(row)}"
    if row.ci_low <= 0 <= row.ci_high:
        return Fact("Worth not known yet", f"{says[0].upper()}{says[1:]}", row)
    large = f"{speech.money(row.estimate)} {per}, before its cost"
    return Fact(large, f"{says}. {_cost_of_speed(run, level)}", row)


def of_everyone(fact: Fact) -> Fact:
    """The same figure on a page narrowed to a part: it says that it isn't of that part."""
    return replace(fact, says=f"For everyone, not this part alone: {fact.says[:1].lower()}{fact.says[1:]}")


def _cost_of_speed(run: Run, level: str) -> str:
    """What a promise costs per incident and what each unit spent on it earns; else why it can't be priced."""
    speech = speech_of(run)
    cost, earns = decided(run, PROMISE, level=level), decided(run, EARNS, level=level)
    if cost is None or not answered(cost):
        return f"What it costs isn't known. {why_not(cost)}"
    limits = "" if cost.ci_low is None else f" ({_limits(cost, speech)})"
    says = f"It costs {speech.money(cost.estimate)} per incident{limits}{_yearly(run, cost)}"
    if earns is None or not answered(earns) or earns.grade == "D":
        return f"{says}; whether that comes back: {NO_CONCLUSION}."
    low, high = earns.ci_low, earns.ci_high
    back = "more than it costs" if low > 1 else "less than it costs" if high < 1 else "whether it pays can't be told"
    ratio = f"{speech.decimal(earns.estimate, 2)} ({speech.span(low, high, 2)}){_grade(earns)}"
    return f"{says}. Earned per {speech.money(1, whole=True)} spent so: {ratio}: {back}."


def _yearly(run: Run, cost: Row) -> str:
    """What a promise costs in the year that its worth is said of; "" where worth is said per incident."""
    speech = speech_of(run)
    year, worth = decided(run, ON_FILE), decided(run, YEARLY, level=cost.level)
    if year is None or not answered(year) or not answered(worth):
        return ""
    value, low, high = in_a_year(cost, year)
    limits = "" if low is None or high is None else f" ({speech.money_span(low, high)})"
    return f", {speech.money(value)}{limits} a year"


def _unshown(run: Run) -> Fact | None:
    """Money given where no gain above its cost was shown, which is no proof of waste, and what can't be told at all."""
    speech = speech_of(run)
    row = decided(run, UNSHOWN)
    if row is None or not answered(row):
        return None
    share = f", {speech.percent(row.observed)} of all" if row.observed is not None else ""
    says = f"given out so far, to {speech.day(run.data_cut)}, where no gain above its cost was shown{share}"
    letter = grade_of_sum(run, UNSHOWN)
    grade = f", grade {letter}" if letter else ""
    return Fact(speech.money(row.estimate), f"{says}{grade}. {_open(run)}", row)


def _open(run: Run) -> str:
    """That not shown isn't wasted, and the share of all spent of which nothing can be told."""
    parts = [r for r in rows_of(run, SPENT) if answered(r)]
    open_ = sum(r.observed or 0.0 for r in parts if r.standing in (None, "cannot_say"))
    rest = f" Of another {speech_of(run).percent(open_)} it can't be told." if open_ else ""
    return f"Not shown isn't the same as wasted.{rest}"


def _faster_or_more(run: Run) -> Fact | None:
    """How much of the loss one hour of delay is worth; "faster, before more" only where the interval leaves out 0."""
    speech = speech_of(run)
    rows = [r for r in run.effects if r.treatment == EXCHANGE and r.spec == "adjusted" and r.segment == ""]
    row = rows[0] if rows else None
    if row is None:
        return None
    if row.estimate is None:
        return Fact("Faster or more?", f"Not known. {row['reason'] or ''}".strip(), row)
    promise = f"a promise of {speech.duration(float(row.level_to or 0))}"
    if row.grade == "D":
        return Fact(
            "Worth of a promise: open", f"how much of the loss {promise} is worth: {NO_CONCLUSION}, grade D", row
        )
    low, high = told(row.ci_low), told(row.ci_high)
    clear, rate = low > 0, f"{speech.percent(row.estimate)} of the loss ({speech.span(100 * low, 100 * high)} %)"
    says = f"{promise} is worth as much as giving {rate}{_grade(row)}"
    return Fact("Faster, before more" if clear else "Worth of a promise: open", says, row)


def exchange_aim(run: Run) -> Aim | None:
    """The question behind the surface of speed and compensation; None where the run never asked."""
    rows = [r for r in run.effects if r.treatment == EXCHANGE and r.spec == "adjusted"]
    return Aim(EXCHANGE, rows[0].outcome, rows[0].horizon_days) if rows else None


def _limits(row: Row, speech: Speech) -> str:
    return speech.money_span(row.ci_low, row.ci_high)


def _grade(row: Row) -> str:
    return f", grade {row.grade}" if row.grade else ""


def delay_table(run: Run) -> tuple[list[dict[str, str]], str]:
    """One line per promise, as shown: margin per incident and per hour of delay, with grade; else why there is none."""
    speech = speech_of(run)
    rows = {(r.measure, r.level): r for r in (*rows_of(run, DELAY), *rows_of(run, HOURLY), *rows_of(run, YEARLY))}
    told = [level for measure, level in rows if measure == DELAY and answered(rows[measure, level])]
    if not told:
        return [], why_not(next(iter(rows.values()), None))
    return [
        {
            "Promise": speech.duration(float(level)),
            "Per incident": _with_limits(rows[DELAY, level], speech),
            "Per hour and incident": _with_limits(rows.get((HOURLY, level)), speech),
            "A year": _with_limits(rows.get((YEARLY, level)), speech),
            "Grade": rows[DELAY, level].grade or "–",
            "Cases": speech.count(rows[DELAY, level].n),
        }
        for level in sorted(told, key=float)
    ], ""


def delay_notes(run: Run) -> tuple[str, ...]:
    """What the table of delay takes for granted a year, and why it holds no severity."""
    speech, year = speech_of(run), decided(run, ON_FILE)
    counted: tuple[str, ...] = ()
    if year is not None and answered(year):
        many = speech.count(round(year.estimate))
        counted = (f"A year: {many} {speech.maybe(year.population)}. {speech.all(year.caveats)}",)
    alone = decided(run, HOURLY, segment="severity")
    return (*counted, *((alone["reason"],) if alone is not None and alone["reason"] else ()))


def _with_limits(row: Row | None, speech: Speech) -> str:
    if row is None or row.estimate is None:
        return "–"
    return f"{speech.money(row.estimate)} ({_limits(row, speech)})"


def choices(run: Run) -> list[Row]:
    """What to do if only one thing can be done: the answers of the decision layer, faster or more first."""
    rows = [r for r in run.decisions if r["part"] == "choice" and r.measure in CHOICES]
    return sorted(rows, key=lambda r: list(CHOICES).index(r.measure))

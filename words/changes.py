"""How much more or fewer of what: the numbers of one effect row, rounded as its error allows."""

from dataclasses import replace

from pipelines.contracts.catalog.outcomes import DAYS_TO_RETURN, OUTCOMES, OutcomeKind
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.tables.effect import Effect
from words.rounding import rounded
from words.speech import Speech

MOST_DIGITS = 3
YEAR_DAYS = 365


def change(row: Effect, speech: Speech) -> str:
    """The estimate with direction and unit: "3 more returning guests per 100"."""
    estimate = told(row.estimate)
    code = "finding.change.more" if estimate >= 0 else _fewer(row)
    return speech.text(code, size=_size(abs(estimate), row, speech), noun=noun(row, speech))


def _fewer(row: Effect) -> str:
    return "finding.change.fewer" if is_per_100(row) or row.unit == Unit.DAYS else "finding.change.less"


def limits(row: Effect, speech: Speech) -> str:
    """The interval in the direction of the estimate: "1 to 5"."""
    low, high = sorted((told(row.ci_low), told(row.ci_high)))
    if told(row.estimate) < 0:
        low, high = -high, -low
    return speech.span(low, high, digits(row))


def limits_in_words(row: Effect, speech: Speech) -> str:
    """An interval that holds zero: "between 2 fewer and 4 more returning guests per 100"."""
    code = "finding.change.between_fewer" if is_per_100(row) else "finding.change.between_less"
    low, high = _size(-told(row.ci_low), row, speech), number(told(row.ci_high), row, speech)
    return speech.text(code, low=low, high=high, noun=noun(row, speech))


def is_per_100(row: Effect) -> bool:
    """Whether its numbers are points per 100 customers."""
    return row.unit == Unit.PER_100_CUSTOMERS


def holds_zero(row: Effect) -> bool:
    """Whether the interval leaves open in which direction the change goes."""
    return told(row.ci_low) <= 0 <= told(row.ci_high)


def told(value: float | None) -> float:
    """A number that a row with an estimate has."""
    if value is None:
        raise ValueError("a row without an estimate has no number to say")
    return value


def digits(row: Effect) -> int:
    """Decimals that the error allows: none from one point of error on, else one, else two.

    An interval that leaves out zero never rounds to one that reaches it: up to ``MOST_DIGITS`` are added for that.
    """
    error = row.std_error or 0.0
    allowed = 0 if error >= 1.0 else 1 if error >= 0.1 else 2
    low, high = row.ci_low, row.ci_high
    if low is None or high is None or low <= 0 <= high:
        return allowed
    nearest = min(abs(low), abs(high))
    return next((n for n in range(allowed, MOST_DIGITS) if float(rounded(nearest, n))), MOST_DIGITS)


def number(value: float, row: Effect, speech: Speech) -> str:
    """A value of the row as text, rounded as its error allows."""
    return speech.decimal(value, digits(row))


def _size(value: float, row: Effect, speech: Speech) -> str:
    return speech.exactly(value, digits(row)) if _is_money(row) and speech.currency else number(value, row, speech)


def _is_money(row: Effect) -> bool:
    known = OUTCOMES.get(row.outcome)
    return known is not None and known.kind is OutcomeKind.AMOUNT


def noun(row: Effect, speech: Speech) -> str:
    """What the outcome counts, with its scale and horizon: "returning guests per 100 within a year"."""
    if row.outcome == DAYS_TO_RETURN and not is_per_100(row):
        return speech.text("finding.noun.days_until_return")
    words = counted(row, speech)
    if is_per_100(row):
        words = speech.text("finding.noun.per_100", counted=words)
    elif _is_money(row):
        words = speech.text("finding.noun.per_customer", counted=words)
    return within(words, row, speech)


def timeless(row: Effect, speech: Speech) -> str:
    """What the outcome counts, with its scale alone: the unit of an axis."""
    return noun(replace(row, horizon_days=None), speech)


def counted(row: Effect, speech: Speech) -> str:
    """What there is more or fewer of: "returning guests"."""
    if row.outcome == DAYS_TO_RETURN:
        return speech.label("outcome.returned.counted")
    return outcome_counted(row.outcome, speech)


def outcome_counted(outcome: str, speech: Speech) -> str:
    """What an outcome counts, inside a sentence; one of the company's own by its name."""
    return speech.label(f"outcome.{outcome}.counted", outcome.replace("_", " "))


def within(words: str, row: Effect, speech: Speech) -> str:
    """Words with the horizon that they speak of."""
    if row.horizon_days is None:
        return words
    return speech.text("finding.noun.within", counted=words, horizon=horizon_words(row.horizon_days, speech))


def horizon_words(days: int, speech: Speech) -> str:
    """``within a year``, ``within 90 days``."""
    if days == YEAR_DAYS:
        return speech.text("finding.time.within_a_year")
    return speech.text("finding.time.within", days=speech.days(days))

"""Everything a company declares about its data that no column says, frozen."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pipelines.contracts.catalog.company import (
    DEFAULT_LOCALE,
    LOCALES,
    AnswersRecorded,
    BlankAnswer,
    Drawn,
    DrawnBy,
    Retention,
    SampledBy,
)
from pipelines.contracts.catalog.outcomes import SEGMENT_FAMILIES
from pipelines.contracts.experiments.draw import Draw
from pipelines.contracts.manifest import DeclaredOutcome, Target
from pipelines.settings.declared import (
    ANY_TEXT,
    COST,
    DAY,
    YES_NO,
    Wanted,
    code,
    frozen,
    is_list_of,
    is_number,
    one_of,
    wanted,
)
from pipelines.settings.entries import QuestionEntry, Rate
from pipelines.settings.faults import MustBePairs, Wants
from pipelines.settings.sources import Sources


def _are_pairs(value: Any) -> bool:
    """A list of pairs of different families, no pair twice in any order."""
    if not (isinstance(value, list) and all(is_list_of(pair, str) and len(pair) == 2 for pair in value)):
        return False
    pairs = [frozenset(pair) for pair in value]
    return all(len(p) == 2 and p <= set(SEGMENT_FAMILIES) for p in pairs) and len(set(pairs)) == len(pairs)


_HORIZONS = wanted(Wants.LIST_OF_DAYS, lambda v: is_list_of(v, int) and min(v) > 0)
_DAYS = wanted(Wants.DAYS_ABOVE_0, lambda v: is_number(v) and v > 0)
_SHARE = wanted(Wants.SHARE, lambda v: is_number(v) and 0 <= v <= 1)
_LABELS = wanted(Wants.LIST_OF_LABELS, lambda v: is_list_of(v, str))
_PAIRS = Wanted(_are_pairs, lambda at: MustBePairs(at, tuple(map(str, SEGMENT_FAMILIES))), frozen)


@dataclass(frozen=True)
class Profile:
    """Everything a company declares about its data that no column says: annotated fields are the keys of ``[profile]``.

    Times of day are read in ``time_zone``; amounts end in ``currency``, and ``currency_said`` tells whether the
    profile names it. ``draw``: how lots were drawn; ``questions``: what a draft left
    open; ``sources``: what it says of files and tables.
    """

    name: str
    folder: Path
    title: Annotated[str, ANY_TEXT] = ""
    simulated: Annotated[bool, YES_NO] = False
    note: Annotated[str, ANY_TEXT] = ""
    customers_word: Annotated[str, ANY_TEXT] = "customers"
    currency: Annotated[str, ANY_TEXT] = "EUR"
    locale: Annotated[str, one_of(LOCALES)] = DEFAULT_LOCALE
    time_zone: Annotated[str, ANY_TEXT] = "UTC"
    data_cut: Annotated[date | None, DAY] = None
    severity_order: Annotated[tuple[str, ...], _LABELS] = ()
    horizons_days: Annotated[tuple[int, ...], _HORIZONS] = (90, 365)
    response_cap_days: Annotated[float, _DAYS] = 14.0
    margin_rate: Annotated[float | None, _SHARE] = None
    handling_cost_per_contact: Annotated[float | None, COST] = None
    speed_cost_per_hour: Annotated[float | None, COST] = None
    retention: Annotated[Retention, code(Retention)] = Retention.TRANSACTIONAL
    sampled_by: Annotated[SampledBy, code(SampledBy)] = SampledBy.CUSTOMER
    closed_without_contact: Annotated[BlankAnswer, code(BlankAnswer)] = BlankAnswer.UNANSWERED
    answers_recorded: Annotated[AnswersRecorded, code(AnswersRecorded)] = AnswersRecorded.ALL
    randomised: Annotated[Drawn, code(Drawn)] = Drawn.NOTHING
    randomised_unit: Annotated[DrawnBy | None, code(DrawnBy)] = None
    crossed_segments: Annotated[tuple[tuple[str, str], ...], _PAIRS] = ()
    largest_customer_share: Annotated[float | None, _SHARE] = None
    id_key_file: Annotated[str, ANY_TEXT] = ""
    currency_said: bool = False
    rates: tuple[Rate, ...] = ()
    targets: tuple[Target, ...] = ()
    outcomes: tuple[DeclaredOutcome, ...] = ()
    covariates: tuple[tuple[str, Literal["number", "label"]], ...] = ()
    draw: Draw | None = None
    questions: tuple[QuestionEntry, ...] = ()
    sources: Sources = field(default_factory=Sources, repr=False, compare=False)

    @property
    def path(self) -> Path:
        """The file that declares it."""
        return self.folder / "source.toml"

    @property
    def response_cap_minutes(self) -> float:
        """Where speed is capped: unanswered at the cap is a level of its own."""
        return self.response_cap_days * 1440.0


def cut_instant(day: date) -> datetime:
    """The data cut as an instant: the end of that day, UTC (exclusive)."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)

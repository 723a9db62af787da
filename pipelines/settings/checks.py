"""What no single key of a profile shows to be wrong."""

from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.contracts.catalog.company import Retention, SampledBy
from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.contracts.manifest import Target
from pipelines.contracts.sources import TABLES
from pipelines.contracts.targets import AMOUNTS, COUNTS, share_measures
from pipelines.errors import SourceError
from pipelines.settings.declared import check_known
from pipelines.settings.faults import (
    CatalogueOutcomeDeclared,
    NoLots,
    NoTimeZone,
    Noun,
    OrdersUnderContracts,
    QuestionIsSettled,
    TargetAmountIsNegative,
    TargetIsNegative,
    TargetIsNoShare,
    TargetIsPercent,
)
from pipelines.settings.profile import Profile


def check_profile(profile: Profile, path: Path) -> None:
    """Raise :class:`SourceError` for declarations that contradict each other, or mean nothing."""
    try:
        ZoneInfo(profile.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SourceError(NoTimeZone(path, profile.time_zone)) from error
    for position, target in enumerate(profile.targets, start=1):
        _check_target(target, profile, f"{path}: [[targets]] {position}")
    for position, outcome in enumerate(profile.outcomes, start=1):
        if outcome.id in OUTCOMES:
            raise SourceError(CatalogueOutcomeDeclared(f"{path}: [[declared_outcomes]] {position}", outcome.id))
    if profile.randomised_unit and not profile.randomised:
        raise SourceError(NoLots(path))
    if profile.retention is Retention.CONTRACTUAL and profile.sampled_by is SampledBy.ORDER:
        raise SourceError(OrdersUnderContracts(path))
    _check_questions(profile, path)


def _check_questions(profile: Profile, path: Path) -> None:
    """A question is open or answered: what waits for it isn't mapped, and what is mapped doesn't wait."""
    tables = profile.sources.tables
    for position, question in enumerate(profile.questions, start=1):
        at = f"{path}: [[questions]] {position}"
        if question.column:
            check_known([question.column], TABLES[question.table].by_name, at, Noun.COLUMN)
        spec = tables.get(question.table)
        if spec and (not question.column or question.column in spec.columns):
            raise SourceError(QuestionIsSettled(at, question.waits))


def _check_target(target: Target, profile: Profile, at: str) -> None:
    """The measure is one that rows are made of, and the value on its scale."""
    shares = share_measures(profile.horizons_days, profile.retention)
    check_known([target.measure], (*shares, *COUNTS, *AMOUNTS), at, Noun.MEASURE)
    if target.measure in shares and not 0 <= target.value <= 1:
        if 1 < target.value <= 100:
            raise SourceError(TargetIsPercent(at, target.measure, f"{target.value / 100:.2f}", f"{target.value:g}"))
        raise SourceError(TargetIsNoShare(at, target.measure))
    if target.value < 0:
        negative = TargetAmountIsNegative if target.measure in AMOUNTS else TargetIsNegative
        raise SourceError(negative(at, target.measure))

"""Is a well recovered customer worth more than one who never met a failure? Published effects, read and named.

Recovered, unrecovered and never-failed customers are compared under the same covariates from the same index dates by
the models; nothing is estimated again here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipelines.contracts.catalog.counting import Standing
from pipelines.contracts.catalog.estimation import At, Estimand, Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import NeverFailing
from pipelines.contracts.catalog.thresholds import PARADOX_GRADES
from pipelines.contracts.catalog.treatments import FAILURE
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Population
from pipelines.contracts.messages.caveats import UnrecordedFailure
from pipelines.contracts.messages.money import NoNeverFailed
from pipelines.contracts.messages.populations import AsIfAllRecovered, AsIfNoneRecovered, RecoveredAndNot
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.effect import Effect
from pipelines.policy.cells import refused, shown
from pipelines.policy.company import Company
from pipelines.policy.mart import lacking_return

AGAINST: Mapping[str, NeverFailing] = {
    At.NOT_RECOVERED: NeverFailing.UNRECOVERED_AGAINST_NEVER_FAILED,
    At.RECOVERED: NeverFailing.RECOVERED_AGAINST_NEVER_FAILED,
}
POPULATION: Mapping[NeverFailing, Population] = {
    NeverFailing.WON_BACK_SHARE: RecoveredAndNot(),
    NeverFailing.UNRECOVERED_AGAINST_NEVER_FAILED: AsIfNoneRecovered(),
    NeverFailing.RECOVERED_AGAINST_NEVER_FAILED: AsIfAllRecovered(),
}


def paradox_rows(effects: Sequence[Effect], company: Company) -> list[Contrasted]:
    """Per outcome: the share of what the failure costs that recovery wins back, and both groups against never-failed.

    ``level`` is the outcome; ``standing`` of the share: paradox, more_than_all, not_all or cannot_say. Its grade is the
    weakest of the three rows'.
    """
    asked = [r for r in effects if r.treatment == FAILURE and r.spec is Spec.ADJUSTED and not r.segment]
    if not asked:
        row = Contrasted(
            NeverFailing.WON_BACK_SHARE, population=POPULATION[NeverFailing.WON_BACK_SHARE], unit=Unit.SHARE
        )
        return [refused(row, lacking_return(company.facts) or NoNeverFailed())]
    outcomes = dict.fromkeys((r.outcome, r.horizon_days) for r in asked)
    return [row for key in outcomes for row in _outcome([r for r in asked if (r.outcome, r.horizon_days) == key])]


def _outcome(rows: Sequence[Effect]) -> Iterator[Contrasted]:
    """The share, then both groups; where nothing could be estimated the share's reason speaks for all three."""
    groups = [r for r in rows if r.estimand is not Estimand.WON_BACK_SHARE and r.level_to in AGAINST]
    share = next((r for r in rows if r.estimand is Estimand.WON_BACK_SHARE), None)
    if share is None:
        yield _row(NeverFailing.WON_BACK_SHARE, replace(rows[0], estimate=None, unit=Unit.SHARE), None)
    else:
        weakest = replace(share, grade=max((r.grade for r in (share, *groups) if r.grade), default=None))
        yield _row(NeverFailing.WON_BACK_SHARE, weakest, standing(weakest))
    yield from (_row(AGAINST[r.level_to or ""], r, None) for r in groups if share or r.estimate is not None)


def standing(share: Effect) -> Standing | None:
    """Whether recovered customers do better than if nothing had failed: said only where the whole interval says so."""
    if share.estimate is None or share.ci_low is None or share.ci_high is None or share.grade is Grade.D:
        return None
    if share.ci_low > 1:
        return Standing.PARADOX if share.grade in PARADOX_GRADES else Standing.MORE_THAN_ALL
    return Standing.NOT_ALL if share.ci_high < 1 else Standing.CANNOT_SAY


def _row(measure: NeverFailing, effect: Effect, stands: Standing | None) -> Contrasted:
    row = Contrasted(
        measure, level=effect.outcome, population=POPULATION[measure], unit=effect.unit,
        within_days=None if effect.horizon_days is None else float(effect.horizon_days),
    )  # fmt: skip
    if effect.estimate is None:
        return refused(row, *(effect.reasons or (NoNeverFailed(),)))
    beside = effect.baseline_estimate if measure is not NeverFailing.WON_BACK_SHARE else None
    return shown(
        replace(
            row, estimate=effect.estimate, ci_low=effect.ci_low, ci_high=effect.ci_high, n=effect.n_incidents,
            expected=beside, standing=stands, effect_id=effect.effect_id, grade=effect.grade,
            caveats=(UnrecordedFailure(),), reasons=effect.reasons,
        )
    )  # fmt: skip

"""What cases are made alike in before they are compared: columns known before the first contact, once and for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipelines.contracts.catalog.estimation import Covariate
from pipelines.contracts.mart import Col, ColumnName, Named


class CovariateKind(StrEnum):
    """How a column is read. ``amount``: on a log scale; ``month``: as a trend with a season."""

    LABEL = "label"
    FLAG = "flag"
    AMOUNT = "amount"
    NUMBER = "number"
    MONTH = "month"


class CovariateGroup(StrEnum):
    """What a column tells of; the ladder of specifications adds one after the other."""

    FAILURE = "failure"
    CHANNEL = "channel"
    PLACE = "place"
    CUSTOMER = "customer"
    HISTORY = "history"
    TREATMENT = "treatment"


@dataclass(frozen=True)
class Held:
    """One column to hold equal; a profile's own is named by its ``x_…``.

    ``filled``: a blank stands for a value that nobody wrote down, so it may be filled in; elsewhere it says that there
    was nothing. ``precise``: it sharpens an experiment, where nothing needs holding. ``strata``: its labels make kinds
    of incident in which a treatment may never happen.
    """

    column: ColumnName
    kind: CovariateKind
    group: CovariateGroup
    filled: bool = False
    precise: bool = False
    strata: bool = False


# How the column of a design is called that marks where a covariate isn't known.
UNKNOWN = " unknown"

_BY_NAME = {covariate.value: covariate for covariate in Covariate}
_K, _G = CovariateKind, CovariateGroup
COVARIATES: tuple[Held, ...] = (
    Held(Col.SEVERITY, _K.LABEL, _G.FAILURE, filled=True, precise=True, strata=True),
    Held(Col.LOSS_AMOUNT, _K.AMOUNT, _G.FAILURE, filled=True, precise=True),
    Held(Col.CATEGORY, _K.LABEL, _G.FAILURE, filled=True, strata=True),
    Held(Col.FAULT, _K.LABEL, _G.FAILURE, filled=True, strata=True),
    Held(Col.DETECTED_BY, _K.LABEL, _G.FAILURE, filled=True, strata=True),
    Held(Col.MASS_EVENT, _K.FLAG, _G.FAILURE),
    Held(Col.DAYS_TO_DEPARTURE, _K.NUMBER, _G.FAILURE),
    Held(Col.CHANNEL, _K.LABEL, _G.CHANNEL, filled=True, strata=True),
    Held(Col.PUBLIC_COMPLAINT, _K.FLAG, _G.CHANNEL),
    Held(Col.OPENED_AT_NIGHT, _K.FLAG, _G.CHANNEL),
    Held(Col.OPENED_ON_WEEKEND, _K.FLAG, _G.CHANNEL),
    Held(Col.OPENED_MONTH, _K.MONTH, _G.CHANNEL),
    Held(Col.SITE_LOAD_24H, _K.AMOUNT, _G.CHANNEL),
    Held(Col.REGION, _K.LABEL, _G.PLACE, filled=True),
    Held(Col.BRAND, _K.LABEL, _G.PLACE, filled=True, strata=True),
    Held(Col.SITE_ID, _K.LABEL, _G.PLACE),
    Held(Col.SEGMENT, _K.LABEL, _G.CUSTOMER, filled=True, precise=True, strata=True),
    Held(Col.LOYALTY_TIER, _K.LABEL, _G.CUSTOMER, filled=True, precise=True, strata=True),
    Held(Col.TENURE_DAYS, _K.AMOUNT, _G.CUSTOMER, filled=True),
    Held(Col.EARLIER_INCIDENTS, _K.AMOUNT, _G.CUSTOMER),
    Held(Col.DAYS_SINCE_EARLIER_INCIDENT, _K.AMOUNT, _G.CUSTOMER),
    Held(Col.EARLIER_APOLOGIES, _K.AMOUNT, _G.CUSTOMER),
    Held(Col.EARLIER_SCORE, _K.NUMBER, _G.CUSTOMER),
    Held(Col.ORDERS_365D, _K.AMOUNT, _G.HISTORY, precise=True),
    Held(Col.EARLIER_SPEND_365D, _K.AMOUNT, _G.HISTORY),
)


def declared_covariates(own: Sequence[tuple[str, str]]) -> tuple[Held, ...]:
    """The columns held for a profile: the standard ones, then its own ``x_…`` columns with their kind."""
    return (
        *COVARIATES,
        *(Held(Named(name), _own_kind(kind), _G.FAILURE, filled=True, strata=kind == "label") for name, kind in own),
    )


def _own_kind(kind: str) -> CovariateKind:
    return _K.NUMBER if kind == "number" else _K.LABEL


@dataclass(frozen=True)
class DesignColumn:
    """A column of a design by its name: which covariate it belongs to, at which level, or that it isn't known."""

    covariate: Covariate | str
    level: str = ""
    unknown: bool = False


def design_column(name: str) -> DesignColumn:
    """What ``severity=high``, ``tenure_days~1`` or ``fault unknown`` stand for; other names are the company's."""
    known, unknown = name.removesuffix(UNKNOWN), name.endswith(UNKNOWN)
    source, _, level = known.partition("~")[0].partition("=")
    return DesignColumn(_BY_NAME.get(source, source), level, unknown)

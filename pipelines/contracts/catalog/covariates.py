"""What cases are made alike in before they are compared: columns known before the first contact, once and for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipelines.contracts.mart import Col, ColumnName, Named


class Covariate(StrEnum):
    """A column of a design: what is held equal or carries the treatment; declared ``x_…`` columns stand beside it."""

    SEVERITY = "severity"
    LOSS_AMOUNT = "loss_amount"
    CATEGORY = "category"
    FAULT = "fault"
    DETECTED_BY = "detected_by"
    MASS_EVENT = "mass_event"
    DAYS_TO_DEPARTURE = "days_to_departure"
    CHANNEL = "channel"
    PUBLIC_COMPLAINT = "public_complaint"
    OPENED_AT_NIGHT = "opened_at_night"
    OPENED_ON_WEEKEND = "opened_on_weekend"
    OPENED_MONTH = "opened_month"
    OPENED_MONTH_SIN = "opened_month_sin"
    OPENED_MONTH_COS = "opened_month_cos"
    SITE_LOAD_24H = "site_load_24h"
    REGION = "region"
    BRAND = "brand"
    SITE_ID = "site_id"
    SEGMENT = "segment"
    LOYALTY_TIER = "loyalty_tier"
    TENURE_DAYS = "tenure_days"
    EARLIER_INCIDENTS = "earlier_incidents"
    DAYS_SINCE_EARLIER_INCIDENT = "days_since_earlier_incident"
    EARLIER_APOLOGIES = "earlier_apologies"
    EARLIER_SCORE = "earlier_score"
    ORDERS_365D = "orders_365d"
    EARLIER_SPEND_365D = "earlier_spend_365d"
    LOG_MINUTES = "log_minutes"
    UNANSWERED = "unanswered"
    THREAT = "threat"
    SHARE = "share"
    KIND = "kind"
    GIVEN = "given"
    GROUP = "group"
    PERIOD = "period"
    APOLOGY = "apology"
    EMPATHY = "empathy"
    ACCOUNTABILITY = "accountability"
    EXPLANATION = "explanation"
    COMMITMENT = "commitment"
    OLIVE_BRANCH = "olive_branch"
    REPAIR = "repair"


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

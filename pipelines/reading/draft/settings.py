"""What a draft says for the company as a whole: currency, time zone, horizons, retention, order of severities."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.contracts.catalog.company import AnswersRecorded, BlankAnswer, Drawn, Retention
from pipelines.contracts.message import Remark
from pipelines.contracts.shapes import Shape
from pipelines.contracts.sources import Incidents, Interactions, Orders, Outcomes, Subscriptions
from pipelines.reading.draft.guess import Draft
from pipelines.reading.draft.looking.currency import guess_currency
from pipelines.reading.draft.matching.readings import traits_of
from pipelines.reading.draft.matching.vocabulary import severity_order
from pipelines.reading.draft.notes import (
    BlankMayBeUnknown,
    CapOf,
    FirstAnswerAlone,
    FlagsShow,
    HorizonsOf,
    LeastSevereFirst,
    NothingShows,
    OrdersShow,
    SubscriptionsShow,
    WereLotsDrawn,
    WhichIsLeastSevere,
    ZoneUnsaid,
)

STAYS_HORIZONS, SHOP_HORIZONS = [90, 365], [30, 90, 180]
_RETENTION: Mapping[str, tuple[Retention, Remark]] = {
    Orders.NAME: (Retention.TRANSACTIONAL, OrdersShow()),
    Subscriptions.NAME: (Retention.CONTRACTUAL, SubscriptionsShow()),
    Outcomes.NAME: (Retention.FLAG, FlagsShow()),
}


@dataclass(frozen=True)
class Setting:
    """One key of ``[profile]``: its value as TOML, why, and whether it can stand without anybody's word."""

    key: str
    value: str
    why: Remark
    settled: bool = True


def settings_of(draft: Draft, whole: Draft) -> tuple[Setting, ...]:
    """Every setting of what is certain of a draft, in the order they are written; the whole says the currency."""
    currency = guess_currency(whole.guesses, whole.samples)
    shown = (said for table, said in _RETENTION.items() if table in draft.tables())
    retention, why = next(shown, (Retention.NONE, NothingShows()))
    shapes = {found.shape for found in draft.shapes}
    if Shape.SNAPSHOT in shapes:
        retention, why = _RETENTION[Outcomes.NAME]
    lots = [Setting("randomised", toml_text(Drawn.ASSIGNMENT), WereLotsDrawn(), settled=False)]
    stays = any(g.column in (Orders.service_date, Incidents.service_start) for g in draft.guesses)
    horizons = str(STAYS_HORIZONS if stays else SHOP_HORIZONS)
    return (
        Setting(Incidents.currency, toml_text(currency.code), currency.why),
        Setting("time_zone", toml_text("UTC"), ZoneUnsaid()),
        Setting("horizons_days", horizons, HorizonsOf()),
        Setting("response_cap_days", "14", CapOf()),
        Setting("retention", toml_text(retention), why),
        *(lots if Shape.EXPERIMENT in shapes else []),
        *_blank_answers(draft),
        *_severity(draft),
    )


def _blank_answers(draft: Draft) -> list[Setting]:
    """Help desks leave the first answer blank both where nobody answered and where nobody recorded it."""
    files = {table: {g.file for g in draft.of_table(table)} for table in (Incidents.NAME, Interactions.NAME)}
    if not files[Incidents.NAME] & files[Interactions.NAME]:
        return []
    return [
        Setting("closed_without_contact", toml_text(BlankAnswer.UNKNOWN), BlankMayBeUnknown()),
        Setting("answers_recorded", toml_text(AnswersRecorded.FIRST), FirstAnswerAlone()),
    ]


def _severity(draft: Draft) -> list[Setting]:
    labels = [t.labels for g in draft.guesses if g.column == Incidents.severity and (t := traits_of(draft, g))]
    if not labels:
        return []
    if order := severity_order(labels[0]):
        return [Setting("severity_order", toml_texts(order), LeastSevereFirst())]
    return [Setting("severity_order", toml_texts(labels[0]), WhichIsLeastSevere(), settled=False)]


def toml_text(value: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_texts(values: Sequence[str]) -> str:
    """A list of texts as TOML writes it."""
    return f"[{', '.join(map(toml_text, values))}]"

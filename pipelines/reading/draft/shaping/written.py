"""A found shape as the text of source.toml, with what it needs besides: its own outcomes and features."""

import re
from collections.abc import Callable, Iterable, Mapping

from pipelines.contracts.catalog.outcomes import OutcomeKind
from pipelines.contracts.message import Message
from pipelines.contracts.shapes import MOMENTS, Role
from pipelines.contracts.sources import Incidents
from pipelines.reading.draft.guess import Draft
from pipelines.reading.draft.looking.currency import guess_currency
from pipelines.reading.draft.notes import FeaturesHeld, OwnOutcomeSaid, ShapeFound, StepsNotKnown
from pipelines.reading.draft.settings import toml_text, toml_texts
from pipelines.reading.draft.shaping.found import FoundShape, OwnOutcome

Say = Callable[[Message], str]


def shape_text(draft: Draft, shape: FoundShape, say: Say) -> str:
    """``[shape.<file>]`` and its parts."""
    path = draft.samples[shape.alias].spec.path
    lines = [f"# {say(ShapeFound(path, shape.shape))}", f"[shape.{shape.alias}]", f"kind = {toml_text(shape.shape)}"]
    lines += [f"fields = {toml_texts(shape.fields)}"] if shape.fields else []
    lines += _section(f"shape.{shape.alias}.columns", shape.columns)
    lines += _section(f"shape.{shape.alias}.steps", shape.steps)
    if shape.unknown:
        column = shape.columns.get(Role.STATE) or shape.columns[Role.EVENT]
        lines += [f"# {say(StepsNotKnown(path, column, shape.unknown))}"]
        lines += [f"# {toml_text(label)} = " for label in shape.unknown]
    lines += _section(f"shape.{shape.alias}.actors", shape.actors)
    lines += _section(f"shape.{shape.alias}.outcomes", shape.outcomes)
    for outcome, values in shape.values.items():
        lines += _section(f"shape.{shape.alias}.values.{outcome}", values)
    lines += _formats(draft, shape)
    for own in shape.own:
        lines += ["", f"# {say(OwnOutcomeSaid())}", *_declared(own, guess_currency(draft.guesses, draft.samples).code)]
    if shape.features:
        lines += ["", f"# {say(FeaturesHeld())}", *_features(shape)]
    return "\n".join(lines) + "\n"


def _section(name: str, pairs: Mapping[Role, str] | Mapping[str, str]) -> list[str]:
    lines = [f"{_key(str(key))} = {toml_text(str(value))}" for key, value in pairs.items()]
    return ["", f"[{name}]", *lines] if lines else []


def _key(key: str) -> str:
    return key if re.fullmatch("[A-Za-z0-9_-]+", key) else toml_text(key)


def _formats(draft: Draft, shape: FoundShape) -> list[str]:
    """Formats of moments whose order of day and month their own values show."""
    found = {}
    for role in MOMENTS:
        if role in shape.columns:
            dates = draft.samples[shape.alias].by_name[shape.columns[role]].dates
            if dates.formats and dates.order != "either":
                found[role] = toml_texts(dates.formats)
    lines = [f"{role} = {formats}" for role, formats in found.items()]
    return ["", f"[shape.{shape.alias}.formats]", *lines] if lines else []


def _declared(own: OwnOutcome, currency: str) -> Iterable[str]:
    kind = OutcomeKind.AMOUNT if own.amount else OutcomeKind.BINARY
    yield "[[declared_outcomes]]"
    yield f"id = {toml_text(own.id)}"
    yield f"label = {toml_text(own.column)}"
    yield f"unit = {toml_text(currency if own.amount else 'share')}"
    yield f"kind = {toml_text(kind)}"
    yield f"higher_is_better = {str(own.higher_is_better).lower()}"


def _features(shape: FoundShape) -> Iterable[str]:
    for covariate, (_, number) in shape.features.items():
        kind = "number" if number else "label"
        yield from ("[[covariates]]", f"name = {toml_text(covariate)}", f"kind = {toml_text(kind)}", "")
    yield from (f"[tables.{Incidents.NAME}]", f"file = {toml_text(shape.alias)}", "")
    yield f"[tables.{Incidents.NAME}.columns]"
    yield from (f"{covariate} = {toml_text(column)}" for covariate, (column, _) in shape.features.items())

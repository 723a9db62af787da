"""What other ways of making amends go with: the actions, and the forms of compensation, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.effects import Aim, ladder_rows, raw_estimates
from dashboard.figures.drawn import Drawn
from dashboard.figures.effects import ladder_caveats, rung_of, sample_size
from dashboard.figures.ladder import ladder
from dashboard.figures.theme import Palette
from dashboard.speech import speech_of
from pipelines.contracts.catalog.estimation import At, Spec
from pipelines.contracts.catalog.treatments import ACTIONS, COMPENSATION_KIND
from pipelines.contracts.catalog.vocabulary import Form
from pipelines.contracts.tables.effect import Effect
from pipelines.publish.store import Run
from words.changes import counted, noun, timeless
from words.effects import form_name
from words.ladders import side_by_side_finding


@dataclass(frozen=True)
class Compared:
    """One of several things: its name as in a sentence, its effect, and the unadjusted estimate."""

    name: str
    row: Effect
    raw: float | None


def actions_chart(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """Each action done against left undone, the others and speed held; for the outcome and horizon of ``aim``."""
    found: list[Compared] = []
    for treatment in ACTIONS:
        question = Aim(treatment, aim.outcome, aim.horizon_days)
        rows = [r for r in ladder_rows(run, question, Spec.ADJUSTED) if r.level_to == At.YES]
        name, raw = speech_of(run).label(f"action.{treatment}"), raw_estimates(run, question).get(At.YES)
        found += [Compared(name, row, raw) for row in rows]
    return _side_by_side(run, found, colours, "action", "Done against left undone, speed and the other actions held")


def kinds_chart(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """Each form of compensation against nothing, speed and the other actions held."""
    question = Aim(COMPENSATION_KIND, aim.outcome, aim.horizon_days)
    raw = raw_estimates(run, question)
    rows = {r.level_to: r for r in ladder_rows(run, question, Spec.ADJUSTED)}
    found = [Compared(form_name(kind, speech_of(run)), rows[kind], raw.get(kind)) for kind in Form if kind in rows]
    return _side_by_side(run, found, colours, "form", "Each form against giving nothing, speed and other actions held")


def _side_by_side(run: Run, found: Sequence[Compared], colours: Palette, thing: str, subtitle: str) -> Drawn | None:
    speech = speech_of(run)
    rows = tuple(one.row for one in found)
    if all(row.estimate is None for row in rows):
        return None
    unit, measure = timeless(rows[0], speech), noun(rows[0], speech)
    rungs = [rung_of(one.row, speech.capital(one.name), speech, raw=one.raw, grade=one.row.grade) for one in found]
    named = [(one.name, one.row) for one in found]
    title = side_by_side_finding(named, counted(rows[0], speech), thing, speech)
    return Drawn(
        title,
        f"{subtitle}. {measure.capitalize()}, 95 % interval",
        ladder(rungs, colours, f"change in {unit}"),
        rows,
        sample_size(rows, speech),
        f"{title}. Change in {measure}: {'; '.join(f'{r.label} {r.reading}' for r in rungs)}.",
        ladder_caveats(rungs, rows, speech),
    )

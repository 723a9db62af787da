"""What other ways of making amends go with: the actions, and the forms of compensation, side by side."""

from collections.abc import Sequence

from dashboard.effects import YES, Aim, ladder_rows
from dashboard.figures.drawn import Drawn
from dashboard.figures.effects import ladder_caveats, rung_of, sample_size
from dashboard.figures.ladder import ladder
from dashboard.figures.theme import Palette
from dashboard.speech import speech_of
from pipelines.publish.store import Row, Run
from words.changes import counted, noun, timeless
from words.effects import form_name
from words.ladders import side_by_side_finding

ACTIONS = ("apology", "empathy", "accountability", "explanation", "commitment", "olive_branch", "repair")
KINDS = ("cash", "future_credit", "in_kind", "gesture", "mixed")


def actions_chart(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """Each action done against left undone, the others and speed held; for the outcome and horizon of ``aim``."""
    found: list[tuple[str, Row, float | None]] = []
    for treatment in ACTIONS:
        question = Aim(treatment, aim.outcome, aim.horizon_days)
        rows = [r for r in ladder_rows(run, question, "adjusted") if r.level_to == YES]
        raw = next((r.estimate for r in ladder_rows(run, question, "raw") if r.level_to == YES), None)
        found += [(speech_of(run).label(f"action.{treatment}"), row, raw) for row in rows]
    return _side_by_side(run, found, colours, "action", "Done against left undone, speed and the other actions held")


def kinds_chart(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """Each form of compensation against nothing, speed and the other actions held."""
    question = Aim("compensation_kind", aim.outcome, aim.horizon_days)
    raw = {r.level_to: r.estimate for r in ladder_rows(run, question, "raw")}
    rows = {r.level_to: r for r in ladder_rows(run, question, "adjusted")}
    found = [(form_name(kind, speech_of(run)), rows[kind], raw.get(kind)) for kind in KINDS if kind in rows]
    return _side_by_side(run, found, colours, "form", "Each form against giving nothing, speed and other actions held")


def _side_by_side(
    run: Run, found: Sequence[tuple[str, Row, float | None]], colours: Palette, thing: str, subtitle: str
) -> Drawn | None:
    speech = speech_of(run)
    rows = tuple(row for _, row, _ in found)
    if all(row.estimate is None for row in rows):
        return None
    unit, measure = timeless(rows[0], speech), noun(rows[0], speech)
    rungs = [rung_of(row, speech.capital(label), speech, raw=raw, grade=row.grade) for label, row, raw in found]
    title = side_by_side_finding([(label, row) for label, row, _ in found], counted(rows[0], speech), thing, speech)
    return Drawn(
        title,
        f"{subtitle}. {measure.capitalize()}, 95 % interval",
        ladder(rungs, colours, f"change in {unit}"),
        rows,
        sample_size(rows, speech),
        f"{title}. Change in {measure}: {'; '.join(f'{r.label} {r.reading}' for r in rungs)}.",
        tuple(ladder_caveats(rungs, rows)),
    )

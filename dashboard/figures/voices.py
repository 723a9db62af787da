"""What people say afterwards: the change in promoters, posts, stories and referrals, side by side."""

from dashboard.effects import Aim, headline_row, raw_estimates
from dashboard.figures.drawn import Drawn
from dashboard.figures.effects import ladder_caveats, rung_of, sample_size
from dashboard.figures.ladder import ladder
from dashboard.figures.theme import Palette
from dashboard.speech import speech_of
from dashboard.words import outcome_label
from pipelines.contracts.catalog.outcomes import NEGATIVE_POST, OUTCOMES, POSITIVE_STORY, PROMOTER, REFERRALS
from pipelines.contracts.tables.effect import Effect
from pipelines.publish.store import Run
from words.changes import counted, is_per_100
from words.effects import deed
from words.ladders import voices_finding

VOICES = (PROMOTER, NEGATIVE_POST, POSITIVE_STORY, REFERRALS)
RESPONDERS = "Promoters are known only of those who answered a survey."


def voices_chart(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """The headline contrast of a treatment on every way of speaking that is counted per 100 customers."""
    speech = speech_of(run)
    found: list[tuple[Effect, float | None]] = []
    for outcome in VOICES:
        question = Aim(aim.treatment, outcome, None)
        row = headline_row(run, question)
        if row is not None and row.estimate is not None and is_per_100(row):
            found.append((row, raw_estimates(run, question).get(row.level_to)))
    if not found:
        return None
    rows, who = tuple(row for row, _ in found), run.profile.customers_word
    rungs = [rung_of(row, outcome_label(row.outcome, speech), speech, raw=raw, grade=row.grade) for row, raw in found]
    title = voices_finding([(counted(row, speech), row) for row in rows], speech)
    subtitle = f"{deed(rows[0], speech)}: change per 100 {who}, 95 % interval"
    asked_only = any(OUTCOMES[row.outcome].responders_only for row in rows)
    return Drawn(
        title,
        subtitle,
        ladder(rungs, colours, f"change per 100 {who}"),
        rows,
        sample_size(rows, speech),
        f"{title}. {subtitle}: {'; '.join(f'{r.label} {r.reading}' for r in rungs)}.",
        (*ladder_caveats(rungs, rows, speech), *([RESPONDERS] if asked_only else [])),
    )

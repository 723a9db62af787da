"""What changed since the last named review: the leading effects of two runs side by side, in sentences."""

from dashboard.effects import headline_row, leading_aim
from dashboard.moved import apart, reading, reads_differently
from dashboard.speech import speech_of
from pipelines.contracts.catalog.treatments import LEADING
from pipelines.contracts.tables.effect import Effect
from pipelines.publish.store import Run
from words.effects import deed
from words.speech import Speech

NOTHING = "No leading number changed as shown."


def since_last_review(run: Run, earlier: tuple[str, Run]) -> tuple[str, ...]:
    """One sentence per leading effect that reads differently now than in ``earlier``, given as (name, run).

    The question is today's; an effect that the earlier run didn't ask about is said to be new.
    """
    name, before = earlier
    found = []
    for treatment in LEADING:
        aim = leading_aim(run, treatment)
        row = headline_row(run, aim) if aim else None
        if row is None or row.estimate is None:
            continue
        past = next((r for r in before.effects if r.effect_id == row.effect_id), None)
        if sentence := _change(row, past, name, speech_of(run)):
            found.append(sentence)
    return tuple(found) or (f"Since {name}: {NOTHING}",)


def _change(row: Effect, past: Effect | None, name: str, speech: Speech) -> str:
    what = deed(row, speech)
    if past is None or past.estimate is None:
        return f"{what}: {reading(row, speech)}; not known in {name}."
    if not reads_differently(past, row, speech):
        return ""
    crossed = " The intervals don't overlap." if apart(past, row) else ""
    return f"{what}: {reading(past, speech)} in {name}, now {reading(row, speech)}.{crossed}"

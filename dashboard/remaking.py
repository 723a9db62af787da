"""How a run was made and how to make it again: who, how long, the command, and what it could say."""

import shlex
from pathlib import Path

from dashboard.speech import speech_of
from dashboard.states import MAKE_YOUR_RUN
from dashboard.zones import zone
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.manifest import Made, Manifest
from pipelines.publish.store import Run
from words.effects import grade_meaning
from words.speech import Speech

DEFAULT_FOLDER = "published"
WITHOUT = {
    "estimated": "Estimated, without a grade",
    "not_estimable": "Not estimable, with the reason",
    "not_implemented": "Not asked yet",
}


def command(run: Run, published: Path) -> str:
    """The command that made the run, to make it again over what the exports hold now."""
    made = run.manifest.made
    if made is None:
        return MAKE_YOUR_RUN
    words = ["amends", "run", "--data", made.data, "--profile", made.profile]
    words += ["--data-cut", made.data_cut.isoformat()] if made.data_cut else []
    words += ["--published", str(published)] if str(published) != DEFAULT_FOLDER else []
    return shlex.join(words)


def made_sentence(run: Run) -> str:
    """When, by whom, how long and by which version."""
    speech = speech_of(run)
    made = run.manifest.made
    by = f" by {made.by}" if made and made.by else ""
    took = f" in {seconds(made, speech)}" if made else ""
    return f"Published {published_at(run.manifest, speech)}{by}{took}, with Amends {run.manifest.code_version}."


def published_at(manifest: Manifest, speech: Speech) -> str:
    """The moment of publishing in the company's own zone."""
    return speech.moment(manifest.created_at.astimezone(zone(manifest.profile.time_zone)))


def seconds(made: Made, speech: Speech) -> str:
    """``48 s``, ``3 min 5 s``."""
    minutes, rest = divmod(round(made.seconds), 60)
    return f"{speech.count(minutes)} min {rest} s" if minutes else f"{rest} s"


def graded(made: Made, speech: Speech) -> str:
    """``A 2, B 31, C 120, D 300``: how many effects have which grade."""
    return ", ".join(f"{grade} {speech.count(n)}" for grade in Grade if (n := made.verdicts.get(grade))) or "none"


def verdict_lines(run: Run) -> list[dict[str, str]]:
    """How many effects have which grade, the surest first, and how many have none, as shown."""
    speech = speech_of(run)
    made = run.manifest.made
    found = made.verdicts if made else {}
    words = {str(grade): f"{grade}: {grade_meaning(grade, speech)}" for grade in Grade} | WITHOUT
    return [{"Verdict": said, "Effects": speech.count(found[name])} for name, said in words.items() if name in found]

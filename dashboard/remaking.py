"""How a run was made and how to make it again: who, how long, the command, and what it could say."""

import shlex
from pathlib import Path

from dashboard.formats import count, moment, zone
from dashboard.states import MAKE_YOUR_RUN
from pipelines.contracts.findings import GRADE_MEANING
from pipelines.contracts.manifest import Made, Manifest
from pipelines.contracts.results import GRADES
from pipelines.publish.store import Run

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
    made = run.manifest.made
    by = f" by {made.by}" if made and made.by else ""
    took = f" in {seconds(made)}" if made else ""
    return f"Published {published_at(run.manifest)}{by}{took}, with Amends {run.manifest['code_version']}."


def published_at(manifest: Manifest) -> str:
    """The moment of publishing in the company's own zone."""
    return moment(manifest.created_at.astimezone(zone(manifest.profile.time_zone)))


def seconds(made: Made) -> str:
    """``48 s``, ``3 min 5 s``."""
    minutes, rest = divmod(round(made.seconds), 60)
    return f"{count(minutes)} min {rest} s" if minutes else f"{rest} s"


def graded(made: Made) -> str:
    """``A 2, B 31, C 120, D 300``: how many effects have which grade."""
    return ", ".join(f"{grade} {count(n)}" for grade in GRADES if (n := made.verdicts.get(grade))) or "none"


def verdict_lines(run: Run) -> list[dict[str, str]]:
    """How many effects have which grade, the surest first, and how many have none, as shown."""
    made = run.manifest.made
    found = made.verdicts if made else {}
    words = {grade: f"{grade}: {GRADE_MEANING[grade]}" for grade in GRADES} | WITHOUT
    return [{"Verdict": said, "Effects": count(found[name])} for name, said in words.items() if name in found]

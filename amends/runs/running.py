"""What a run or a check of the exports came to: rows in and kept, warnings, effects, refusals."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from amends.answer import Answer
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.messages.doing import HeldBack, Progress
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.intake import RowsCounted
from pipelines.publish.store import Store
from pipelines.settings.profile import Profile
from words.cautions import caution, consequence
from words.speech import Speech

# Of a check with many subjects the first few are told.
FEW = 3


@dataclass(frozen=True)
class Published:
    """A published run: where it is, how many rows it holds, what could be estimated, and why the rest could not."""

    run_id: str
    folder: Path
    data_cut: date
    rows: Mapping[str, int]
    quality: Sequence[RowsCounted]
    effects_estimated: int
    effects_not_estimable: int
    reasons: Sequence[str]
    current: bool
    questions: Sequence[str]


@dataclass(frozen=True)
class Valid:
    """Exports that can be run: the incidents left, rows by file, and the checks that were made."""

    incidents: int
    data_cut: date
    quality: Sequence[RowsCounted]
    warnings: Sequence[Diagnostic]


def validated(found: Valid, speech: Speech) -> Answer:
    """What a check of the exports found, in the company's words."""
    lines = [
        speech.text("cli.valid.head", incidents=found.incidents, data_cut=found.data_cut.isoformat()),
        *_quality_lines(found.quality, speech),
        *warning_lines(found.warnings, speech),
    ]
    return Answer("\n".join(lines), found)


def published(store: Store, manifest: Manifest, profile: Profile, progress: Progress) -> Answer:
    """What a published run holds, and at the end what its profile leaves open."""
    if manifest.held_back:
        current = store.manifest(store.current_id())
        progress(HeldBack(manifest.run_id, manifest.data_cut, current.run_id, current.data_cut))
    run, folder = store.run(manifest.run_id), store.folder(manifest.run_id)
    speech = company_speech(run.profile.currency, run.profile.customers_word)
    estimated = sum(e.verdict is Verdict.ESTIMATED for e in run.effects)
    refused = [e for e in run.effects if e.verdict is Verdict.NOT_ESTIMABLE and e.reasons]
    lines = [
        speech.text("cli.run.head", run=run.run_id, folder=str(folder)),
        speech.text(
            "cli.run.rows",
            data_cut=run.data_cut.isoformat(),
            incidents=speech.count(manifest.incidents),
            baseline=speech.count(manifest.rows["baseline_mart"]),
        ),
        *_quality_lines(run.quality, speech),
        *warning_lines([check for check in run.diagnostics if not check.effect_id], speech),
        speech.text("cli.run.effects", estimated=estimated, others=len(run.effects) - estimated),
        *_refusal_lines(refused, speech),
        *_question_lines(profile, speech),
    ]
    questions = [speech.say(question.reason()) for question in profile.questions]
    reasons = sorted({speech.all(e.reasons) for e in refused})
    said = Published(
        run.run_id, folder, run.data_cut, manifest.rows, run.quality, estimated, len(run.effects) - estimated, reasons,
        not manifest.held_back, questions,
    )  # fmt: skip
    return Answer("\n".join(lines), said)


def company_speech(currency: str, customers_word: str) -> Speech:
    """English as everywhere on the command line, in the company's currency and with its word for customers."""
    return Speech(currency=currency, customers_word=customers_word)


def _refusal_lines(refused: Sequence[Effect], speech: Speech) -> list[str]:
    """Per treatment the commonest reason why something about it has no estimate."""
    lines = []
    for treatment in sorted({e.treatment for e in refused}):
        asked = [e for e in refused if e.treatment == treatment]
        reasons, rows = Counter(e.reasons for e in asked).most_common(1)[0]
        code = "cli.run.refused_of" if rows < len(asked) else "cli.run.refused"
        label = speech.label(f"treatment.{treatment}", speech.capital(treatment.replace("_", " ")))
        many = {"all": len(asked)} if rows < len(asked) else {}
        lines.append(speech.text(code, treatment=label, rows=rows, reason=speech.all(reasons), **many))
    return [*lines, speech.text("cli.run.every_reason")] if lines else []


def _question_lines(profile: Profile, speech: Speech) -> list[str]:
    """What the profile leaves open, each with what waits for it."""
    if not profile.questions:
        return []
    open_ = [speech.text("cli.run.open_question", question=question.reason()) for question in profile.questions]
    return [speech.text("cli.run.open", file=str(profile.folder / "answers.toml")), *open_]


def warning_lines(checks: Sequence[Diagnostic], speech: Speech) -> list[str]:
    """The checks of the exports that didn't pass; of checks with many subjects the first few."""
    told: Counter[str] = Counter()
    lines, more = [], 0
    for row in checks:
        if row.passed is not False:
            continue
        told[row.check] += 1
        if told[row.check] <= FEW:
            lines.append(speech.text("cli.run.warning", caution=caution(row, speech)))
            lines += [speech.text("cli.run.held", why=why)] if (why := consequence(row, speech)) else []
        else:
            more += 1
    return [*lines, *([speech.text("cli.run.more_warnings", more=more)] if more else [])]


def _quality_lines(quality: Sequence[RowsCounted], speech: Speech) -> list[str]:
    """Per file the rows that came in and were kept, and the commonest reasons why others weren't."""
    lines = []
    for table, file in dict.fromkeys((row.table, row.file) for row in quality):
        counts = {row.reason: row.rows for row in quality if (row.table, row.file) == (table, file)}
        aside_for = {why: n for why, n in counts.items() if why not in (RowReason.ROWS_IN, RowReason.KEPT) and n}
        others = sorted(((n, why) for why, n in aside_for.items()), reverse=True)
        aside = [speech.text("cli.run.set_aside", rows=n, reason=why) for n, why in others[:FEW]]
        shape = next((row.shape for row in quality if (row.table, row.file) == (table, file)), None)
        if shape and table.startswith("files."):
            aside.append(speech.text("cli.run.shape", shape=speech.label(shape)))
        lines.append(
            speech.text(
                "cli.run.file",
                table=f"{table:<16}",
                file=file,
                rows=speech.count(counts[RowReason.ROWS_IN]),
                kept=speech.count(counts[RowReason.KEPT]),
                aside="".join(aside),
            )
        )
    return lines

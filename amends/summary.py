"""What a command says at its end: plain lines for people, the same facts as data for machines."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from amends.guesses import guess_table
from pipelines.contracts.catalog.outcomes import TREATMENTS
from pipelines.contracts.cautions import caution
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.results import KEPT, ROWS_IN
from pipelines.publish.store import Listed, Store
from pipelines.reading.draft import Draft
from pipelines.run import Checked

Result = dict[str, Any]
Row = Any


def of_run(store: Store, manifest: Manifest) -> Result:
    """A published run: where, how many rows, what could be estimated and what not."""
    run, folder = store.run(manifest.run_id), store.folder(manifest.run_id)
    effects = run.effects
    quality = run.quality
    checks = [row for row in run.diagnostics if not row.effect_id]
    estimated = [e for e in effects if e["verdict"] == "estimated"]
    refused = [e for e in effects if e["verdict"] == "not_estimable" and e["reason"]]
    lines = [
        f"Run {manifest.run_id} published in {folder}",
        f"  data cut {manifest.data_cut} · {manifest.rows['incident_mart']:,} incidents · "
        f"{manifest.rows['baseline_mart']:,} moments without failure",
        *_quality_lines(quality),
        *_warning_lines(checks),
        f"  {len(estimated):,} effects estimated, {len(effects) - len(estimated):,} not",
        *_refusal_lines(refused),
    ]
    data = {
        "run_id": manifest.run_id,
        "folder": str(folder),
        "data_cut": manifest.data_cut,
        "rows": manifest.rows,
        "quality": [dict(row) for row in quality],
        "effects_estimated": len(estimated),
        "effects_not_estimable": len(effects) - len(estimated),
        "reasons": sorted({e["reason"] for e in refused}),
    }
    return {"data": data, "text": "\n".join(lines)}


def _refusal_lines(refused: Sequence[Row]) -> list[str]:
    """Per treatment the commonest reason why something about it has no estimate."""
    lines = []
    for treatment in sorted({e["treatment"] for e in refused}):
        asked = [e for e in refused if e["treatment"] == treatment]
        reason, rows = Counter(e["reason"] for e in asked).most_common(1)[0]
        label = TREATMENTS[treatment].label if treatment in TREATMENTS else treatment.replace("_", " ").capitalize()
        most = f"{len(asked):,}, of which {rows:,}" if rows < len(asked) else f"{rows:,}"
        lines.append(f"  without estimate: {label}, {most}: {reason}")
    return [*lines, "  every reason: Data page"] if lines else []


def of_validation(checked: Checked) -> Result:
    """A validation: rows in, kept and quarantined per file, warnings, incidents left."""
    loaded = checked.loaded
    lines = [
        f"Valid: {checked.incidents:,} incidents, data cut {loaded.data_cut.isoformat()}",
        *_quality_lines(loaded.quality),
        *_warning_lines(loaded.warnings),
    ]
    data = {
        "incidents": checked.incidents,
        "data_cut": loaded.data_cut.isoformat(),
        "quality": loaded.quality,
        "warnings": loaded.warnings,
    }
    return {"data": data, "text": "\n".join(lines)}


def of_draft(draft: Draft) -> Result:
    """A drafted profile: every guess with its reason, and what to do next."""
    nexts = f"Next: correct {draft.folder / 'source.toml'}, then `amends validate --data DIR --profile {draft.folder}`"
    guesses = [{k: v for k, v in asdict(guess).items() if v} for guess in draft.guesses]
    unmapped = {alias: dict(columns) for alias, columns in draft.unmapped.items()}
    data = {"folder": str(draft.folder), "guesses": guesses, "unmapped": unmapped, "notes": list(draft.notes)}
    return {"data": data, "text": f"{guess_table(draft)}\n\nProfile drafted in {draft.folder}. {nexts}"}


def of_runs(listed: Sequence[Listed], names: Mapping[str, str]) -> Result:
    """The published runs, newest first, with their names."""
    rows = [
        {
            "run_id": m.run_id,
            "profile": m.profile.name,
            "data_cut": m.data_cut.isoformat(),
            "incidents": m.rows["incident_mart"],
            "label": names.get(m.run_id, ""),
        }
        for m in (one.manifest for one in listed)
        if m is not None
    ]
    text = "\n".join(
        f"{r['run_id']}  {r['profile']:<18} cut {r['data_cut']}  {r['incidents']:>9,} incidents  {r['label']}".rstrip()
        for r in rows
    )
    return {"data": rows, "text": text or "No run yet. Make one with `amends run --data DIR --profile NAME`."}


def _warning_lines(checks: Sequence[Row]) -> list[str]:
    """The checks of the exports that didn't pass; of checks with many subjects the first few."""
    failed = [row for row in checks if row["passed"] is False]
    shown = [row for row in failed if sum(r["check"] == row["check"] for r in failed[: failed.index(row)]) < 3]
    more = len(failed) - len(shown)
    return [f"  warning: {caution(row)}" for row in shown] + ([f"  and {more} more on the Data page"] if more else [])


def _quality_lines(quality: Sequence[Row]) -> list[str]:
    lines = []
    for table, file in dict.fromkeys((q["table"], q["file"]) for q in quality):
        counts = {q["reason"]: q["rows"] for q in quality if (q["table"], q["file"]) == (table, file)}
        reasons = {r: n for r, n in counts.items() if r not in (ROWS_IN, KEPT) and n}
        aside = "".join(f"; {n:,} {reason}" for reason, n in sorted(reasons.items(), key=lambda item: -item[1])[:3])
        lines.append(f"  {table:<16} {file}: {counts[ROWS_IN]:,} rows in, {counts[KEPT]:,} kept{aside}")
    return lines

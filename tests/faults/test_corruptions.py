"""Anything in a published folder broken at random: found, or without consequence; no traceback, and a run is shown."""

import json
import os
import random
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from folder import LONG
from made_up_rows import speed_effects
from published_run import publish_run
from streamlit.testing.v1 import AppTest

from amends.cli import main
from dashboard.cache import cached_chart, cached_run
from pipelines.contracts.decided import decision
from pipelines.publish import journal
from pipelines.publish.check import check
from pipelines.publish.journal import Note, Pin
from pipelines.publish.store import local_store

ROOT = Path(__file__).resolve().parents[2]
# So many in one test, and of the long form so many tests; a page is opened for one of so many.
NUMBER, SLICES = (65, 8) if LONG else (13, 1)
EVERY_PAGE = 4 if LONG else 13
COMMANDS = (["runs"], ["decisions"], ["check", "--only-look"], ["prune", "--keep", "1", "--dry-run"])
PAGES = ("monday", "decide", "policy", "runs", "trust")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Two runs, a name, a note and a decision that rests on an effect."""
    published = tmp_path_factory.mktemp("whole") / "published"
    few = speed_effects(365)
    publish_run(published, effects=few[:-1], diagnostics=[])
    run_id = publish_run(published, effects=few, diagnostics=[]).run_id
    store = local_store(published)
    journal.append(store, Pin(run_id, "Q3 review"))
    journal.append(store, Note(run_id, "speed_ladder", "The storm is in here."))
    effect = next(e for e in store.run(run_id).effects if e.spec == "adjusted" and e.estimate and e.estimand)
    taken = decision(
        what="Answer within an hour", owner="Desk", decided=date(2026, 11, 1), due=date(2026, 12, 1), run_id=run_id,
        data_cut=date(2026, 10, 31), effect=effect,
    )  # fmt: skip
    journal.append(store, taken)
    journal.append(store, Note(run_id, "", "Read again."))
    return published


def a_file(published, chance):
    """A file of either run (every other time), the pointer or the journal and what stands beside it."""
    runs = sorted(p for p in (published / "runs").rglob("*") if p.is_file())
    manifests = [p for p in runs if p.name == "manifest.json"]
    beside = sorted(p for p in published.iterdir() if p.is_file())
    return chance.choice(chance.choice((runs, manifests, beside, [published / "journal.jsonl"])))


def root_of(path):
    """The published folder that a file lies in."""
    return next(folder for folder in path.parents if (folder / "runs").is_dir())


def bytes_changed(path, chance):
    content = bytearray(path.read_bytes() or b"\0")
    for _ in range(chance.choice((1, 1, 4, 64))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def cut_short(path, chance):
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(len(content) + 1)])


def garbage(path, chance):
    path.write_bytes(chance.choice((b"", b"null", b"[]", b"{}", b"\xff" * 99, b"[" * 9999, chance.randbytes(500))))


def gone(path, chance):
    path.unlink()


def another_thing(path, chance):
    path.unlink()
    chance.choice((Path.mkdir, os.mkfifo, lambda p: p.symlink_to(p), lambda p: p.symlink_to("/dev/null")))(path)


def doubled(path, chance):
    path.write_bytes(path.read_bytes() * 2)


def swapped(path, chance):
    other = chance.choice([p for p in path.parent.iterdir() if p.is_file()])
    path.write_bytes(other.read_bytes())


def of_the_other_run(path, chance):
    runs = sorted((root_of(path) / "runs").iterdir())
    first, second = (folder / "effects.parquet" for folder in runs[:2])
    first.write_bytes(second.read_bytes()[::-1])
    if chance.random() < 0.5:
        runs[0].rename(runs[0].with_name("0003-" + runs[0].name[5:]))


def rows_changed(path, chance):
    if path.suffix != ".parquet":
        return bytes_changed(path, chance)
    table = pq.read_table(path)
    if len(table) < 2 or chance.random() < 0.5:
        return pq.write_table(table.slice(0, len(table) // 2), path)
    return pq.write_table(table.take([0] * len(table)), path)


def json_changed(path, chance):
    """A value of a manifest or of a line of the journal that is null, of another type, renamed, or another number."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    place = chance.randrange(len(lines)) if path.suffix == ".jsonl" and lines else None
    try:
        found = json.loads(path.read_text(encoding="utf-8") if place is None else lines[place])
    except ValueError:
        return bytes_changed(path, chance)
    if not isinstance(found, dict):
        return bytes_changed(path, chance)
    inner = chance.choice([found, *(v for v in found.values() if isinstance(v, dict) and v)])
    key = chance.choice(list(inner))
    value = chance.choice((None, [], {}, 0, -1, 10**30, 1e308, True, "\ud800", "x" * 9999, "9999-12-31", [[]], ...))
    if value is ...:
        inner[f"{key}2"] = inner.pop(key)
    else:
        inner[key] = value
    text = json.dumps(found)
    path.write_text(text if place is None else "\n".join([*lines[:place], text, *lines[place + 1 :]]) + "\n")
    return None


def stray_names(path, chance):
    root = root_of(path)
    for name in ("²-a", "00x", "0009-zzzzzzzz", "0010-deadbeef", ".incoming", ".gone-0001-deadbeef", "a\nb"):
        (root / "runs" / name).mkdir()


def pointer_elsewhere(path, chance):
    root = root_of(path)
    names = [*(p.name for p in (root / "runs").iterdir()), "0009-deadbeef", "../..", "\0", "0001"]
    (root / "current").write_text(chance.choice(names))


HARMS = (
    bytes_changed, cut_short, garbage, gone, another_thing, doubled, swapped, of_the_other_run, rows_changed,
    json_changed, json_changed, stray_names, pointer_elsewhere,
)  # fmt: skip


def shown(published):
    """All that readers are shown: the run, its tables, and the journal."""
    store = local_store(published)
    run = store.current()
    return replace(run, lease=None), journal.entries(store)


@pytest.mark.parametrize("part", range(SLICES))
def test_whatever_breaks_is_found_or_harmless_and_a_run_is_shown(whole, tmp_path, monkeypatch, capsys, part):
    before = shown(whole)
    runs = {run_id: replace(local_store(whole).run(run_id), lease=None) for run_id in local_store(whole).run_ids()}
    counted, pages = Counter(), 0
    for number in range(part * NUMBER, (part + 1) * NUMBER):
        chance = random.Random(number)
        published = tmp_path / str(number) / "published"
        shutil.copytree(whole, published)
        for path in published.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        harm, path = HARMS[number % len(HARMS)], a_file(published, chance)
        harm(path, chance)
        told = f"{number}: {harm.__name__} of {path.relative_to(published)}"
        store = local_store(published)
        standing = store.standing()
        run, entries = shown(published)
        assert run == replace(runs[run.run_id]), told
        assert set(entries) <= set(before[1]), told
        found = standing.trouble is not None or bool(check(store, mend=False).left)
        harmless = run == before[0] and entries == before[1]
        assert found or harmless, told
        counted["found" if found else "harmless"] += 1
        monkeypatch.setenv("AMENDS_PUBLISHED", str(published))
        for command in COMMANDS:
            assert main(command) in (0, 2), (told, command)
        assert "Traceback" not in "".join(capsys.readouterr()), told
        if number % EVERY_PAGE == 0:
            pages += 1
            page_shows(PAGES[number // EVERY_PAGE % len(PAGES)], run.run_id, told, damaged=standing.trouble is not None)
        main(["check", "--quiet"])
        assert local_store(published).current_id(), told
        capsys.readouterr()
        shutil.rmtree(tmp_path / str(number))
    with capsys.disabled():
        print(f"\n{NUMBER} corruptions, {dict(counted)}, {pages} pages opened")
    assert counted["found"] > NUMBER / 2


def page_shows(page, run_id, told, *, damaged):
    cached_run.clear()
    cached_chart.clear()
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=60).run()
    app = app if page == "monday" else app.switch_page(f"dashboard/app_pages/{page}.py").run()
    assert not app.exception, told
    html = " ".join(element.proto.body for element in app.get("html"))
    assert f"run {run_id}" in html, told
    assert ("You are reading" in html) is damaged, told

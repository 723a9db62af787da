"""`amends prune`: older runs go, whole and at once, but none that somebody needs."""

import json
import multiprocessing
import signal
from datetime import date

import pytest
from published_run import publish_run
from refusals import refused

from amends.cli import main
from pipelines.contracts.decided import decision
from pipelines.errors import PublishError
from pipelines.publish import journal
from pipelines.publish.journal import Note, Pin, Pruned
from pipelines.publish.lock import writing
from pipelines.publish.prune import Spared, prune
from pipelines.publish.store import UnknownRunError, local_store


@pytest.fixture
def published(tmp_path, monkeypatch):
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path / "published"))
    return tmp_path / "published"


def test_the_newest_stay_and_whatever_somebody_named_noted_or_decided_on(published, capsys):
    ids = [publish_run(published).run_id for _ in range(8)]
    store = local_store(published)
    journal.append(store, Pin(ids[0], "Q3 review"))
    journal.append(store, Note(ids[1], "", "storm"))
    today = date(2026, 11, 1)
    journal.append(store, decision(what="a", owner="b", decided=today, due=today, run_id=ids[2], data_cut=today))
    journal.append(store, Pin(ids[3], "Draft"))
    assert main(["pin", ids[3], "--release"]) == 0
    capsys.readouterr()
    assert main(["prune", "--keep", "2", "--dry-run", "--json"]) == 0
    would = json.loads(capsys.readouterr().out)
    assert len(store.run_ids()) == 8
    assert main(["prune", "--keep", "2", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert done["removed"] == would["removed"] == ids[3:6]
    assert done["freed_bytes"] > 0
    assert store.run_ids() == (*ids[:3], *ids[6:])
    assert [e.said.run_id for e in journal.entries(store) if isinstance(e.said, Pruned)] == ids[3:6]
    assert main(["check"]) == 0
    assert main(["prune", "--keep", "1"]) == 0
    assert f"kept {ids[0]}: it has a name (`amends pin {ids[0]} --release` takes it away)" in capsys.readouterr().out


def test_the_run_that_is_shown_stays_though_it_isn_t_among_the_newest(published):
    ids = [publish_run(published).run_id for _ in range(3)]
    (published / "current").write_text(ids[0])
    fates = prune(local_store(published), 1, dry=False)
    assert [(f.run_id, f.spared) for f in fates] == [(ids[0], Spared.CURRENT), (ids[1], None)]


def test_a_run_that_is_being_read_stays_until_it_is_let_go(published):
    first = publish_run(published).run_id
    publish_run(published)
    store = local_store(published)
    run = store.run(first)
    assert [f.spared for f in prune(store, 1, dry=False)] == [Spared.READ]
    assert run.run_id == first
    del run
    assert [f.spared for f in prune(store, 1, dry=False)] == [None]
    with pytest.raises(UnknownRunError):
        store.run(first)


def test_a_reader_that_died_holds_nothing(published):
    first = publish_run(published).run_id
    publish_run(published)
    context = multiprocessing.get_context("fork")
    reading = context.Queue()

    def read():
        held = local_store(published).run(first)
        reading.put(held.run_id)
        signal.pause()

    process = context.Process(target=read)
    process.start()
    reading.get(timeout=30)
    assert [f.spared for f in prune(local_store(published), 1, dry=False)] == [Spared.READ]
    process.kill()
    process.join()
    assert [f.spared for f in prune(local_store(published), 1, dry=False)] == [None]


def test_who_holds_the_folder_is_named(published, monkeypatch):
    for _ in range(2):
        publish_run(published)
    monkeypatch.setattr("pipelines.publish.lock.PATIENCE_SECONDS", 0.1)
    with writing(published), refused(PublishError, match="has been writing there"):
        prune(local_store(published), 1, dry=False)


@pytest.mark.parametrize("keep", ["0", "-1", "all"])
def test_something_always_stays(published, keep):
    with pytest.raises(SystemExit):
        main(["prune", "--keep", keep])

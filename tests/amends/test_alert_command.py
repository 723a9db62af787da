"""`amends alert`: what somebody should hear of, handed to local servers, each thing once for each way."""

import json
import socketserver
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from made_up_rows import speed_effects
from published_run import publish_run
from sealing import reseal

from amends.cli import main
from amends.runs.alerting import alerts
from amends.runs.alerts import DataStale, FindingsMoved, GradesFell, RunFailed, TooManySilent
from pipelines.publish import journal
from pipelines.publish.journal import Failed
from pipelines.publish.lock import sending
from pipelines.publish.store import local_store

TODAY = date(2026, 11, 2)


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Two runs; in the later every estimate is higher by twenty, and one grade is worse."""
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path / "published"))
    for name in ("AMENDS_ALERT_WEBHOOK", "AMENDS_ALERT_MAIL", "AMENDS_SMTP_HOST", "AMENDS_SMTP_FROM"):
        monkeypatch.delenv(name, raising=False)
    rows = [replace(row, std_error=1.0) for row in speed_effects(365) if row.estimate is not None and row.grade]
    publish_run(tmp_path / "published", effects=rows)
    later = [replace(row, estimate=row.estimate + 20) for row in rows]
    publish_run(tmp_path / "published", effects=[replace(later[0], grade="D"), *later[1:]])
    return tmp_path / "published"


def found(published, **asked):
    store = local_store(published)
    options = {"stale_days": 21, "silent_above": None, "today": TODAY} | asked
    return {type(alert): alert for _, alert in alerts(store, store.current_id(), **options)}


def test_fallen_grades_and_findings_beyond_their_noise_are_told(published):
    told = found(published)
    assert set(told) == {GradesFell, FindingsMoved}
    assert told[GradesFell].n == 1
    assert told[FindingsMoved].n > 1
    assert len(told[FindingsMoved].such_as) == 3


def test_real_data_that_is_old_is_stale_and_a_sample_never(published):
    late = TODAY + timedelta(days=60)
    assert DataStale not in found(published, today=late)
    folder = published / "runs" / local_store(published).current_id()
    reseal(folder, lambda m: m | {"profile": m["profile"] | {"simulated": False}})
    assert found(published, today=late)[DataStale].days == 62
    assert DataStale not in found(published, today=late, stale_days=62)
    assert DataStale not in found(published, today=date(2020, 1, 1))


def test_silent_cases_are_told_above_the_bound_that_was_set(tmp_path):
    publish_run(tmp_path)
    assert TooManySilent not in found(tmp_path)
    assert found(tmp_path, silent_above=111)[TooManySilent].n == 112
    assert TooManySilent not in found(tmp_path, silent_above=112)


def test_a_run_that_failed_is_told_for_a_week(published):
    journal.append(local_store(published), Failed("", "nowhere: no such folder."))
    today = datetime.now(UTC).date()
    assert found(published, today=today)[RunFailed].why == "nowhere: no such folder."
    assert RunFailed not in found(published, today=today + timedelta(days=9))


def test_a_refused_run_is_kept_and_one_that_only_had_to_wait_is_not(published, capsys):
    run = ["run", "--data", "nowhere", "--profile", "two_files"]
    assert main(run) == 2
    (kept,) = [e.said for e in journal.entries(local_store(published)) if isinstance(e.said, Failed)]
    assert "nowhere" in kept.text
    assert kept.text in capsys.readouterr().err


class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.end_headers()

    def log_message(self, *args):
        pass


class Smtp(socketserver.StreamRequestHandler):
    def handle(self):
        def say(line):
            self.wfile.write(line.encode() + b"\r\n")

        say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "DATA":
                say("354 go on")
                body = []
                while (text := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                    body.append(text)
                self.server.taken.append("\n".join(body))
                say("250 taken")
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")


def served(server):
    server.taken, server.answers = [], []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    return thread


@pytest.fixture
def hook(monkeypatch):
    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = served(server)
    monkeypatch.setenv("AMENDS_ALERT_WEBHOOK", f"http://127.0.0.1:{server.server_port}/secret")
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def smtp(monkeypatch):
    server = socketserver.TCPServer(("127.0.0.1", 0), Smtp)
    thread = served(server)
    monkeypatch.setenv("AMENDS_ALERT_MAIL", "desk@example.org")
    monkeypatch.setenv("AMENDS_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("AMENDS_SMTP_PORT", str(server.server_address[1]))
    monkeypatch.setenv("AMENDS_SMTP_FROM", "amends@example.org")
    monkeypatch.setenv("AMENDS_SMTP_SECURITY", "none")
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_nothing_is_sent_unless_it_is_asked_for(published, hook, smtp, capsys):
    assert main(["alert"]) == 0
    assert "grade fell" in capsys.readouterr().out
    assert hook.taken == smtp.taken == []


def test_each_thing_goes_once_by_each_way(published, hook, smtp, capsys):
    for _ in range(3):
        assert main(["alert", "--send", "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [one["sent"] for one in told] == [["mail", "webhook"]] * 2
    assert [one["code"] for one in hook.taken] == ["alert.grades_fell", "alert.findings_moved"]
    assert len(smtp.taken) == 2
    assert "desk@example.org" in smtp.taken[0]
    assert "grade fell" in smtp.taken[0]


def test_what_was_refused_is_tried_again_and_what_was_taken_is_not(published, hook, capsys):
    hook.answers[:] = [204, 500]
    assert main(["alert", "--send"]) == 2
    said = capsys.readouterr().err
    assert "127.0.0.1 did not take one" in said
    assert "secret" not in said
    assert main(["alert", "--send"]) == 0
    codes = [one["code"] for one in hook.taken]
    assert codes == ["alert.grades_fell", "alert.findings_moved", "alert.findings_moved"]


def test_two_that_send_at_once_send_nothing_twice(published, hook, capsys):
    with sending(published):
        assert main(["alert", "--send"]) == 2
    assert hook.taken == []


@pytest.mark.parametrize(("address", "why"), [("", "nowhere to send"), ("file:///etc/passwd", "not an address")])
def test_an_address_that_is_none_is_refused(published, monkeypatch, capsys, address, why):
    monkeypatch.setenv("AMENDS_ALERT_WEBHOOK", address)
    assert main(["alert", "--send"]) == 2
    assert why in capsys.readouterr().err


def test_where_nothing_happened_that_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    publish_run(tmp_path)
    assert main(["alert"]) == 0
    assert "Nothing to hear of" in capsys.readouterr().out

"""What the door lets in and what it refuses, asked of the door alone."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from refusals import refused

from dashboard.door.door import MOST_BODY_BYTES, MOST_READERS, Door, TooMuchSentError
from dashboard.door.headers import headers, inline_hashes
from dashboard.door.rules import Rules, check_bind, host_name, is_loopback, start_rules

RULES = Rules("a token of the tests that is long enough to be taken")
COOKIE = f"{RULES.cookie}={RULES.pass_}"
HERE = "localhost:8501"


def asked(method="GET", path="/", *, query="", host=HERE, cookie=COOKIE, body=(b"",), readers=0, **told):
    """Status and headers of an answer; 200 is what the dashboard itself says."""
    sent, chunks = [], list(body)

    async def app(scope, receive, send):
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-frame-options", b"ALLOWALL")]})
        await send({"type": "http.response.body", "body": b"inside"})

    async def receive():
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    async def send(message):
        sent.append(message)

    fields = {"host": host, "cookie": cookie, **{name.replace("_", "-"): value for name, value in told.items()}}
    scope = {
        "type": "http", "method": method, "path": path, "query_string": query.encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in fields.items() if value is not None],
    }  # fmt: skip
    door = Door(app, RULES, headers([]))
    door.readers = readers
    _through(door(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), sent[-1]["body"]


def _through(coming):
    """In a thread of its own: a browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, coming).result()


def connected(*, host=HERE, origin=f"http://{HERE}", cookie=COOKIE, readers=0):
    """Whether a websocket gets through."""
    reached, sent = [], []

    async def app(scope, receive, send):
        reached.append(scope)

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    fields = {"host": host, "origin": origin, "cookie": cookie}
    scope = {
        "type": "websocket", "path": "/_stcore/stream",
        "headers": [(name.encode(), value.encode()) for name, value in fields.items() if value is not None],
    }  # fmt: skip
    door = Door(app, RULES, headers([]))
    door.readers = readers
    _through(door(scope, receive, send))
    assert bool(reached) != bool(sent)
    assert door.readers == readers
    return bool(reached)


def test_the_token_is_changed_for_a_cookie_and_leaves_the_address():
    status, fields, _ = asked(path="/speed", query=f"run=7&start={RULES.token}&site=A%20b", cookie=None)
    assert status == 303
    assert fields[b"location"] == b"/speed?run=7&site=A+b"
    assert RULES.token.encode() not in fields[b"location"] + fields[b"set-cookie"]
    assert {b" HttpOnly", b" SameSite=Lax"} <= set(fields[b"set-cookie"].split(b";"))


def test_a_path_of_two_slashes_leads_nowhere_else():
    _, fields, _ = asked(path="//elsewhere.example/x", query=f"start={RULES.token}", cookie=None)
    assert fields[b"location"] == b"/elsewhere.example/x"


@pytest.mark.parametrize(
    "cookie", [None, "", f"{RULES.cookie}=", f"{RULES.cookie}={RULES.token}", "other=1", "\x7f;=;;"]
)
def test_nobody_comes_in_without_the_token_or_its_cookie(cookie):
    status, _, body = asked(cookie=cookie)
    assert status == 403
    assert b"its start printed in the terminal" in body
    assert not connected(cookie=cookie)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8501", "localhost.evil.example", "localhost@evil.example", "127.0.0.1.nip.io",
     "10.0.0.1:8501", "[::2]", "localhost:8501:1", "localhost/x", "", "0.0.0.0", None],
)  # fmt: skip
def test_another_host_is_not_answered_whatever_it_brings(host):
    assert asked(host=host)[0] == 421
    assert asked(host=host, cookie=None, query=f"start={RULES.token}")[0] == 421
    assert not connected(host=host, origin=f"http://{host}")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:9000", "127.0.0.1:8501", "[::1]:8501"])
def test_this_machine_is_answered_by_all_its_names_on_any_port(host):
    assert asked(host=host)[0] == 200
    assert connected(host=host, origin=f"http://{host}")


@pytest.mark.parametrize(
    "origin",
    ["http://localhost:9999", "http://localhost", "http://127.0.0.1:8501", "https://evil.example", "null", "", None,
     f"http://{HERE}.evil.example", f"http://user@{HERE}", f"http://{HERE}/x", f"ftp://{HERE}", "http://["],
)  # fmt: skip
def test_only_the_dashboards_own_pages_send_anything(origin):
    assert not connected(origin=origin)
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "QUERY"):
        assert asked(method, origin=origin)[0] == 403
    assert asked("POST", origin=f"http://{HERE}")[0] == 200


def test_a_token_in_something_sent_opens_nothing():
    assert asked("POST", query=f"start={RULES.token}", cookie=None, origin=f"http://{HERE}")[0] == 403


def test_every_answer_carries_the_headers_and_they_are_ours():
    for status, fields, _ in (asked(), asked(cookie=None), asked(query=f"start={RULES.token}")):
        assert status in (200, 403, 303)
        assert fields[b"x-frame-options"] == b"DENY"
        assert b"frame-ancestors 'none'" in fields[b"content-security-policy"]
        assert b"unsafe-eval" not in fields[b"content-security-policy"]
        assert fields[b"referrer-policy"] == b"no-referrer"


def test_an_inline_script_runs_only_as_it_was_shipped(tmp_path):
    page = b"<script>\n a </script><script src='x.js'></script><script type=module> b</script>"
    (tmp_path / "page.html").write_bytes(page)
    assert len(inline_hashes(page)) == 2
    assert inline_hashes(page)[0] != inline_hashes(page.replace(b" a ", b" c "))[0]
    policy = dict(headers([tmp_path / "page.html"]))[b"content-security-policy"].decode()
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert set(inline_hashes(page)) < set(scripts.split())
    assert "unsafe-inline" not in scripts


def test_more_than_is_taken_is_refused():
    own = f"http://{HERE}"
    assert asked("POST", origin=own, content_length=str(MOST_BODY_BYTES + 1))[0] == 413
    assert asked("POST", origin=own, content_length="-5")[0] == 413
    assert asked(query="x" * 20_000)[0] == 413
    with pytest.raises(TooMuchSentError):
        asked("POST", origin=own, body=[b"x" * MOST_BODY_BYTES, b"y"])


def test_a_full_house_says_so_and_lets_in_later():
    status, fields, body = asked(readers=MOST_READERS, accept="text/html,*/*")
    assert status == 503
    assert b"refresh" in fields
    assert b"opens by itself" in body
    assert not connected(readers=MOST_READERS)
    assert asked(readers=MOST_READERS, accept="*/*")[0] == 200
    assert connected(readers=MOST_READERS - 1)


def test_only_this_machine_is_served_and_the_token_cannot_be_guessed(monkeypatch):
    for own in ("localhost", "127.0.0.1", "::1"):
        check_bind(own)
    for other in (None, "", "0.0.0.0", "::", "192.168.1.4", "amends.example"):
        with refused(match="this machine only"):
            check_bind(other)
    monkeypatch.setenv("AMENDS_START_TOKEN", "short")
    with refused(match="could be guessed"):
        start_rules()
    monkeypatch.delenv("AMENDS_START_TOKEN")
    assert start_rules().token != start_rules().token
    assert len(start_rules().token) > 40


def test_names_of_hosts_are_read_strictly():
    assert [host_name(h) for h in ("a:1", "A", "[::1]:2", "a:b", "a@b", "a/b")] == ["a", "a", "::1", "", "", ""]
    assert not any(map(is_loopback, ("", "localhost.", "127.1", "0177.0.0.1", "2130706433")))

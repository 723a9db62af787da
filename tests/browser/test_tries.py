"""Somebody outside tries the real server: other names, other pages, no token, in every mix. Nothing gets through."""

import http.client
import socket
from itertools import product

import pytest
from reader import RULES

KEY = f"{RULES.cookie}={RULES.pass_}"
PATHS = (
    "/", "/speed?run=1", "/_stcore/health", "/_stcore/metrics", "/_stcore/host-config", "/_stcore/stream",
    "/static/js/x.js", "/_stcore/upload_file/a/b", "/media/x.csv", "/_stcore/agent/openapi.json",
)  # fmt: skip
METHODS = ("GET", "POST", "PUT", "DELETE", "WEBSOCKET")
UPGRADE = {
    "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip


@pytest.fixture(scope="module")
def port(address: str) -> int:
    return int(address.rsplit(":", 1)[1])


def status(port: int, method: str, path: str, told: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    upgraded = UPGRADE if method == "WEBSOCKET" else {}
    connection.request("GET" if upgraded else method, path, headers=upgraded | told)
    found = connection.getresponse().status
    connection.close()
    return found


def strangers(port: int) -> list[dict[str, str]]:
    """What somebody who doesn't hold the key, or isn't one of our pages, would send."""
    ours = f"http://127.0.0.1:{port}"
    return [
        {"Host": f"rebound.example:{port}", "Origin": f"http://rebound.example:{port}", "Cookie": KEY},
        {"Host": f"rebound.example:{port}", "Cookie": KEY},
        {"Host": f"localhost:{port}", "Origin": "https://evil.example", "Cookie": KEY},
        {"Host": f"127.0.0.1:{port}", "Origin": "http://127.0.0.1:1", "Cookie": KEY},
        {"Host": f"127.0.0.1:{port}", "Origin": "null", "Cookie": KEY},
        {"Host": f"127.0.0.1:{port}", "Origin": ours},
        {"Host": f"127.0.0.1:{port}", "Origin": ours, "Cookie": f"{RULES.cookie}={'0' * 64}"},
        {"Host": f"127.0.0.1:{port}", "Origin": ours, "X-Forwarded-Host": "localhost", "X-Forwarded-User": "boss"},
    ]


def test_of_four_hundred_tries_none_gets_through(port):
    tries = list(product(METHODS, PATHS, strangers(port)))
    assert len(tries) == 400
    through = [(m, p, told) for m, p, told in tries if status(port, m, p, told) not in (403, 421)]
    assert through == []


def test_our_own_pages_get_in(port):
    own = {"Host": f"127.0.0.1:{port}", "Origin": f"http://127.0.0.1:{port}", "Cookie": KEY}
    assert status(port, "GET", "/", own) == 200
    assert status(port, "WEBSOCKET", "/_stcore/stream", own) == 101


def test_the_key_in_the_address_is_taken_once_and_leads_on(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", f"/speed?start={RULES.token}")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["location"]) == (303, "/speed")
    assert answer.headers["set-cookie"].startswith(KEY)
    connection.close()


def test_two_hosts_in_one_request_are_refused(port):
    request = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: rebound.example\r\nCookie: {KEY}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        raw.sendall(request.encode())
        assert raw.recv(64).split()[1] in (b"400", b"421")

"""The one way in: every request and every websocket passes here first. ASGI, and nothing of Streamlit's.

Order of what is asked: the host that the address names (a page elsewhere can make a browser send ours another one), the
page that asks (only our own may open the websocket or send anything), the token or its cookie, the size.
"""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from html import escape
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from dashboard.door.faults import DashboardFull, FromElsewhere, NoStartToken, NotThisHost, RequestTooLarge
from dashboard.door.headers import Header
from dashboard.door.rules import START, Rules, host_name, is_loopback
from pipelines.contracts.message import Fault
from words.speech import PLAIN

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SAFE_METHODS = ("GET", "HEAD")
MOST_BODY_BYTES = 10_000_000
MOST_ADDRESS_BYTES = 16_000
MOST_READERS = 100
RETRY_SECONDS = 10
_STATUS: Mapping[type[Fault], int] = {
    NotThisHost: 421, FromElsewhere: 403, NoStartToken: 403, RequestTooLarge: 413, DashboardFull: 503,
}  # fmt: skip


class Door:
    """ASGI middleware around the dashboard; ``readers`` counts open websockets."""

    def __init__(self, app: App, rules: Rules, headers: Sequence[Header]) -> None:
        self.app = app
        self.rules = rules
        self.headers = tuple(headers)
        self.readers = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in, or refuse."""
        if scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._refusal(scope, must_be_ours=True) or self.readers >= MOST_READERS:
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        self.readers += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.readers -= 1

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        guarded = self._with_headers(send)
        if scope["method"] in SAFE_METHODS and not self._not_ours(scope) and self._brings_token(scope):
            await self._handed_over(scope, guarded)
            return
        refusal = self._refusal(scope, must_be_ours=scope["method"] not in SAFE_METHODS) or self._excess(scope)
        if refusal:
            await _refused(refusal, guarded)
            return
        await self.app(scope, _measured(receive), guarded)

    def _refusal(self, scope: Scope, *, must_be_ours: bool) -> Fault | None:
        if self._not_ours(scope):
            return NotThisHost()
        origin = _header(scope, b"origin")
        if (must_be_ours or origin) and not _is_same(origin, _header(scope, b"host")):
            return FromElsewhere()
        return None if self.rules.is_pass(_cookie(scope, self.rules.cookie)) else NoStartToken()

    def _not_ours(self, scope: Scope) -> bool:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        return len(hosts) != 1 or not is_loopback(host_name(hosts[0].decode("latin-1")))

    def _excess(self, scope: Scope) -> Fault | None:
        sent = _header(scope, b"content-length") or "0"
        if not sent.isdigit() or int(sent) > MOST_BODY_BYTES:
            return RequestTooLarge()
        if len(scope["path"]) + len(scope.get("query_string", b"")) > MOST_ADDRESS_BYTES:
            return RequestTooLarge()
        is_page = "text/html" in _header(scope, b"accept")
        return DashboardFull() if is_page and self.readers >= MOST_READERS else None

    def _brings_token(self, scope: Scope) -> bool:
        return any(self.rules.is_token(value) for key, value in _query(scope) if key == START)

    async def _handed_over(self, scope: Scope, send: Send) -> None:
        """The cookie instead of the token, which leaves the address before any page sees it."""
        rest = urlencode([(key, value) for key, value in _query(scope) if key != START])
        path = f"/{scope['path'].lstrip('/')}"
        cookie = f"{self.rules.cookie}={self.rules.pass_}; Path=/; HttpOnly; SameSite=Lax"
        fields = [
            (b"location", f"{path}{'?' if rest else ''}{rest}".encode()), (b"set-cookie", cookie.encode()),
            (b"cache-control", b"no-store"), (b"content-length", b"0"),
        ]  # fmt: skip
        await send({"type": "http.response.start", "status": 303, "headers": fields})
        await send({"type": "http.response.body", "body": b""})

    def _with_headers(self, send: Send) -> Send:
        ours = {name for name, _ in self.headers}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = [(name, value) for name, value in message.get("headers", []) if name.lower() not in ours]
                message = {**message, "headers": [*told, *self.headers]}
            await send(message)

        return sending


class TooMuchSentError(Exception):
    """A body that doesn't say how long it is, and is too long."""


def _measured(receive: Receive) -> Receive:
    """What is received, up to the most that is taken."""
    read = 0

    async def receiving() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > MOST_BODY_BYTES:
            raise TooMuchSentError
        return message

    return receiving


async def _refused(fault: Fault, send: Send) -> None:
    body = f'<!doctype html><meta charset="utf-8"><title>Amends</title><p>{escape(PLAIN.say(fault))}</p>'
    fields = [(b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-store")]
    if isinstance(fault, DashboardFull):
        fields += [(b"retry-after", str(RETRY_SECONDS).encode()), (b"refresh", str(RETRY_SECONDS).encode())]
    await send({"type": "http.response.start", "status": _STATUS[type(fault)], "headers": fields})
    await send({"type": "http.response.body", "body": body.encode()})


def _is_same(origin: str, host: str) -> bool:
    """Whether a page's origin is the very host and port that it asks."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower() and origin.count("/") == 2


def _header(scope: Scope, name: bytes) -> str:
    """The value of a header; of one that stands several times nothing, so that nobody reads another than we do."""
    values = [value for key, value in scope["headers"] if key == name]
    return values[0].decode("latin-1") if len(values) == 1 else ""


def _cookie(scope: Scope, name: str) -> str:
    jar: SimpleCookie = SimpleCookie()
    for key, value in scope["headers"]:
        if key == b"cookie":
            try:
                jar.load(value.decode("latin-1"))
            except CookieError:
                continue
    return jar[name].value if name in jar else ""


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)

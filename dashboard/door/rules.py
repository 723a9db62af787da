"""Who may come in: names this server answers to, and the token that its start prints. On this machine only."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from hmac import compare_digest
from ipaddress import ip_address
from urllib.parse import urlsplit

from dashboard.door.faults import BindWantsIdentity, StartTokenTooShort
from pipelines.errors import SourceError

TOKEN_VARIABLE = "AMENDS_START_TOKEN"
LEAST_TOKEN_LETTERS = 32
# The part of an address that carries the token once.
START = "start"


@dataclass(frozen=True)
class Rules:
    """What the door asks of a visitor: the token once, then the cookie that it was given for it."""

    token: str

    @property
    def cookie(self) -> str:
        """Name of the cookie, so that two dashboards of one machine don't take each other's."""
        return f"amends_{_digest('name', self.token)[:8]}"

    @property
    def pass_(self) -> str:
        """Value of the cookie: it opens this server alone, and doesn't tell the token."""
        return _digest("pass", self.token)

    def is_token(self, given: str) -> bool:
        """Whether an address carries the token."""
        return compare_digest(given.encode(), self.token.encode())

    def is_pass(self, given: str) -> bool:
        """Whether a cookie is the one handed out."""
        return compare_digest(given.encode(), self.pass_.encode())


def start_rules() -> Rules:
    """Rules with the token of the environment, else a new one. Raises ``SourceError`` where it could be guessed."""
    token = os.environ.get(TOKEN_VARIABLE) or secrets.token_urlsafe(32)
    if len(token) < LEAST_TOKEN_LETTERS:
        raise SourceError(StartTokenTooShort(TOKEN_VARIABLE, LEAST_TOKEN_LETTERS))
    return Rules(token)


def check_bind(address: str | None) -> None:
    """Raise ``SourceError`` when the server would answer to others than this machine, which nothing guards yet."""
    if not address or not is_loopback(address):
        raise SourceError(BindWantsIdentity(address or "0.0.0.0"))


def address(port: int, rules: Rules) -> str:
    """The address that opens the dashboard on this machine."""
    return f"http://localhost:{port}/?{START}={rules.token}"


def is_loopback(host: str) -> bool:
    """Whether a name or number of a host is this machine's own."""
    try:
        return host.lower() == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def host_name(authority: str) -> str:
    """The host of ``host:port``, in lower case; empty where that is none."""
    try:
        parts = urlsplit(f"//{authority}")
        _ = parts.port
    except ValueError:
        return ""
    plain = parts.netloc == authority and "@" not in authority
    return (parts.hostname or "") if plain else ""


def _digest(use: str, token: str) -> str:
    return hashlib.sha256(f"{use}\0{token}".encode()).hexdigest()

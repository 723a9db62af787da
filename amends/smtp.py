"""The mail server that the environment names: checked before anything is sent, no password over an open line."""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from amends.faults import MailPort, MailSecurity, NoMailServer, PasswordInClear
from pipelines.errors import SourceError

Security = Literal["starttls", "tls", "none"]
PATIENCE_SECONDS = 30.0
# As they are set: the first two always, the others where they differ from what is usual.
SETTINGS = "AMENDS_SMTP_HOST, AMENDS_SMTP_FROM (and AMENDS_SMTP_PORT, _USER, _PASSWORD, _SECURITY)"


@dataclass(frozen=True)
class Server:
    """Where mail is handed over, read from the environment; a password without encryption is refused."""

    host: str
    port: int
    sender: str
    user: str
    password: str
    security: Security


def server_settings(environment: Mapping[str, str]) -> Server:
    """The mail server from ``AMENDS_SMTP_…``. Raises ``SourceError`` for what is missing or unsafe."""
    host, sender = environment.get("AMENDS_SMTP_HOST", ""), environment.get("AMENDS_SMTP_FROM", "")
    security, port = environment.get("AMENDS_SMTP_SECURITY", "starttls"), environment.get("AMENDS_SMTP_PORT", "587")
    user, password = environment.get("AMENDS_SMTP_USER", ""), environment.get("AMENDS_SMTP_PASSWORD", "")
    if not host or not sender:
        raise SourceError(NoMailServer(SETTINGS))
    if security not in ("starttls", "tls", "none"):
        raise SourceError(MailSecurity())
    if not port.isdigit() or not 1 <= int(port) <= 65_535:
        raise SourceError(MailPort())
    if user and security == "none":
        raise SourceError(PasswordInClear())
    return Server(host, int(port), sender, user, password, cast(Security, security))


def connected(server: Server) -> smtplib.SMTP:
    """A connection to hand mails to. Raises ``OSError`` and ``smtplib.SMTPException``."""
    context = ssl.create_default_context()
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_SECONDS, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_SECONDS)
        if server.security == "starttls":
            connection.starttls(context=context)
    if server.user:
        connection.login(server.user, server.password)
    return connection

"""What somebody should hear of: told here, and with ``--send`` handed to a webhook and a mail server, never twice.

Off by default. What was sent is a line of the journal for each way it went, written once the other side has taken it:
an alert that couldn't be handed over is tried again next time.
"""

import json
import os
import smtplib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

from amends.answer import Answer
from amends.faults import MailRefused, NowhereToSend, WebhookRefused, WebhookUnclear
from amends.runs.alerts import DataStale, FindingsMoved, GradesFell, RunFailed, TooManySilent
from amends.runs.running import company_speech
from amends.smtp import connected, server_settings
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.message import Alert
from pipelines.contracts.tables.effect import Effect
from pipelines.errors import SourceError
from pipelines.publish import journal
from pipelines.publish.compare.change import changed_parts, changes
from pipelines.publish.compare.pairs import headlines, regraded
from pipelines.publish.journal import Alerted, Failed
from pipelines.publish.lock import sending
from pipelines.publish.store import Run, Store, UnreadableRunError
from words.changes import noun
from words.effects import deed
from words.speech import PLAIN, Speech

WEBHOOK, MAIL_TO = "AMENDS_ALERT_WEBHOOK", "AMENDS_ALERT_MAIL"
NAMED, PATIENCE_SECONDS, FAILED_DAYS = 3, 10.0, 7


@dataclass(frozen=True)
class Told:
    """One alert: ``key`` names the one thing it is about; ``sent`` by which ways it has gone by now."""

    key: str
    said: str
    alert: Alert
    sent: Sequence[str]


def alerts(
    store: Store, run_id: str, *, stale_days: int, silent_above: int | None, today: date
) -> list[tuple[str, Alert]]:
    """Key and alert of everything to hear of about a run and what failed lately."""
    run = store.run(run_id)
    speech = company_speech(run.profile.currency, run.profile.customers_word)
    found: list[tuple[str, Alert]] = [(f"failed:{e.sequence}", RunFailed(e.said.text)) for e in _failed(store, today)]
    if not run.profile.simulated and (old := (today - run.data_cut).days) > stale_days:
        found.append((f"stale:{run_id}", DataStale(run_id, run.data_cut, old)))
    if silent_above is not None and (silent := _silent(run)) > silent_above:
        found.append((f"silent:{run_id}", TooManySilent(run_id, silent, silent_above)))
    return [*found, *_since(store, run, speech)]


def _failed(store: Store, today: date) -> list[journal.Entry[Failed]]:
    lately = today - timedelta(days=FAILED_DAYS)
    return [
        journal.Entry(e.sequence, e.at, e.actor, e.said)
        for e in journal.entries(store)
        if isinstance(e.said, Failed) and e.at.date() >= lately
    ]


def _silent(run: Run) -> int:
    rows = [r for r in run.measures if r.measure == Measure.SILENT_FOR_A_WEEK_NOW and not r.segment and not r.level]
    return round(max((r.estimate for r in rows if r.estimate is not None), default=0.0))


def _since(store: Store, run: Run, speech: Speech) -> Iterator[tuple[str, Alert]]:
    before = _before(store, run)
    if before is None:
        return
    fell = [now for _, now in regraded(before.effects, run.effects).fell]
    if fell:
        yield f"grades:{run.run_id}", GradesFell(run.run_id, before.run_id, len(fell), _named(fell, speech))
    parts = changed_parts(before.manifest, run.manifest)
    moved = [c.after for c in changes(headlines(before.effects), headlines(run.effects), parts, ()) if c.exceeds_noise]
    if moved:
        yield f"moved:{run.run_id}", FindingsMoved(run.run_id, before.run_id, len(moved), _named(moved, speech))


def _before(store: Store, run: Run) -> Run | None:
    for one in store.listed():
        m = one.manifest
        if m and not m.held_back and m.sequence < run.manifest.sequence and m.profile.name == run.profile.name:
            try:
                return store.run(one.run_id)
            except UnreadableRunError:
                continue
    return None


def _named(effects: Sequence[Effect], speech: Speech) -> tuple[str, ...]:
    return tuple(f"{deed(row, speech)}: {noun(row, speech)}" for row in effects[:NAMED])


def alerted(store: Store, run_id: str, *, stale_days: int, silent_above: int | None, send: bool) -> Answer:
    """Tell every alert; ``send``: hand over those that haven't gone yet. Raises ``SourceError``, ``PublishError``."""
    found = alerts(store, run_id, stale_days=stale_days, silent_above=silent_above, today=date.today())
    if send:
        ways = _ways()
        with sending(store.published):
            _send(store, run_id, found, ways)
    gone = _gone(store)
    told = [Told(key, PLAIN.say(a), a, sorted(way for known, way in gone if known == key)) for key, a in found]
    lines = [PLAIN.text("cli.alert.line", said=one.said, sent=_sent(one)) for one in told]
    return Answer("\n".join(lines) or PLAIN.text("cli.alert.none", run=run_id), told)


def _send(
    store: Store, run_id: str, found: Sequence[tuple[str, Alert]], ways: Mapping[str, Callable[[str, Alert, str], None]]
) -> None:
    """Hand over what hasn't gone yet; what was taken is kept at once, so that a refusal later repeats none of it."""
    gone = _gone(store)
    for key, alert in found:
        for way, hand_over in ways.items():
            if (key, way) not in gone:
                hand_over(key, alert, PLAIN.say(alert))
                journal.append(store, Alerted(run_id, key, way))


def _gone(store: Store) -> set[tuple[str, str]]:
    return {(e.said.key, e.said.way) for e in journal.entries(store) if isinstance(e.said, Alerted)}


def _sent(told: Told) -> str:
    return PLAIN.text("cli.alert.sent", ways=", ".join(told.sent)) if told.sent else ""


def _ways() -> dict[str, Callable[[str, Alert, str], None]]:
    """Where alerts go, as the environment says. Raises ``SourceError`` where it names nothing, or nothing usable."""
    webhook, address = os.environ.get(WEBHOOK, ""), os.environ.get(MAIL_TO, "")
    if not webhook and not address:
        raise SourceError(NowhereToSend((WEBHOOK, MAIL_TO)))
    ways: dict[str, Callable[[str, Alert, str], None]] = {}
    if webhook:
        if urlsplit(webhook).scheme not in ("http", "https") or not urlsplit(webhook).hostname:
            raise SourceError(WebhookUnclear(WEBHOOK))
        ways["webhook"] = lambda key, alert, said: _post(webhook, key, alert, said)
    if address:
        server_settings(os.environ)
        ways["mail"] = lambda key, alert, said: _mail(address, said)
    return ways


def _post(webhook: str, key: str, alert: Alert, said: str) -> None:
    body = json.dumps({"key": key, "code": alert.CODE, "text": said}, ensure_ascii=False).encode()
    request = urllib.request.Request(webhook, body, {"Content-Type": "application/json"}, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS):
            return
    except (OSError, ValueError, urllib.error.HTTPError) as error:
        # The address may hold a secret, so only its host is told.
        raise SourceError(WebhookRefused(str(urlsplit(webhook).hostname), type(error).__name__)) from error


def _mail(address: str, said: str) -> None:
    server, message = server_settings(os.environ), EmailMessage()
    message["Subject"] = PLAIN.text("cli.alert.subject")
    message["From"], message["To"] = server.sender, address
    message.set_content(said)
    try:
        with connected(server) as connection:
            connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise SourceError(MailRefused(f"{server.host}:{server.port}", type(error).__name__)) from error

"""The Monday mail from the command line: files to look at first, sent only when asked and only with SMTP settings."""

import csv
import os
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from amends.answer import Answer
from amends.faults import (
    FileInFolderNotWritten,
    MailRefused,
    NoAddress,
    NobodyToSendTo,
    RecipientsUnreadable,
)
from amends.smtp import SETTINGS, Server, connected, server_settings
from amends.targets import make_folder
from dashboard.exports.mail.html import html, plain
from dashboard.exports.mail.page import page
from dashboard.exports.mail.weekly import Weekly, sites_of, weekly
from dashboard.exports.neutral import file_name, printable
from dashboard.exports.pdf.press import Paper
from pipelines.contracts.message import Count, Doing, Label
from pipelines.contracts.messages.doing import Progress
from pipelines.errors import SourceError
from pipelines.publish.store import Store
from words.speech import PLAIN

SUBJECT_LETTERS = 180


class WritingMail(Doing):
    """One mail of so many is being written."""

    number: Count
    mails: Count
    to: Label


class SendingMail(Doing):
    """One mail is being handed over."""

    to: Label


@dataclass(frozen=True)
class Mailed:
    """The files written, and how many mails were handed over."""

    files: Sequence[str]
    sent: int
    run_id: str


def write_mail(
    store: Store, run_id: str, to: Path, *, per_site: bool, recipients: Path | None, send: bool, paper: Paper,
    progress: Progress,
) -> Answer:  # fmt: skip
    """Write the mail to the company, and with ``per_site`` one to each site, as HTML and PDF; send them if asked.

    ``recipients`` is a CSV file with the columns site (empty: the company) and address.
    """
    make_folder(store.published, to)
    run = store.run(run_id)
    addresses = read_recipients(recipients) if recipients else {}
    if send and not addresses:
        raise SourceError(NobodyToSendTo())
    server = server_settings(os.environ) if send else None
    mails = [weekly(run, site) for site in ("", *(sites_of(run) if per_site else ()))]
    files: list[str] = []
    for number, mail in enumerate(mails, start=1):
        progress(WritingMail(number, len(mails), _to_whom(mail)))
        files += _write(mail, to, paper)
    sent = _send(server, mails, addresses, paper, progress) if server else 0
    code = "cli.mail.sent" if send else "cli.mail.none_sent"
    aside = {"sent": PLAIN.count(sent)} if send else {"settings": SETTINGS}
    text = PLAIN.text(code, n=len(mails), run=run.run_id, folder=str(to), **aside)
    return Answer(text, Mailed(files, sent, run.run_id))


def _to_whom(mail: Weekly) -> str:
    return mail.site or PLAIN.text("cli.mail.company")


def _write(mail: Weekly, to: Path, paper: Paper) -> list[str]:
    stem = f"site_{file_name(mail.site)}" if mail.site else "this_week"
    found = []
    for ending, content in (("html", html(mail).encode()), ("pdf", page(mail, paper))):
        path = to / f"{stem}.{ending}"
        try:
            path.write_bytes(content)
        except OSError as error:
            raise SourceError(FileInFolderNotWritten(path, str(error.strerror))) from error
        found.append(str(path))
    return found


def read_recipients(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Addresses by site; the company's under the empty name. Raises ``SourceError`` without quoting an address."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(RecipientsUnreadable(path)) from error
    found: dict[str, list[str]] = {}
    for number, row in enumerate(rows, start=2):
        address = (row.get("address") or "").strip()
        if address.count("@") != 1 or any(c in address for c in " ,;<>\r\n"):
            raise SourceError(NoAddress(path, number))
        found.setdefault((row.get("site") or "").strip(), []).append(address)
    return {site: tuple(addresses) for site, addresses in found.items()}


def message_of(mail: Weekly, sender: str, addresses: Sequence[str], paper: Paper) -> EmailMessage:
    """The mail with plain text, HTML and the PDF attached."""
    message = EmailMessage()
    message["Subject"] = " ".join(printable(mail.subject).split())[:SUBJECT_LETTERS]
    message["From"], message["To"] = sender, ", ".join(addresses)
    message.set_content(plain(mail))
    message.add_alternative(html(mail), subtype="html")
    name = f"this_week{'_' + file_name(mail.site) if mail.site else ''}.pdf"
    message.add_attachment(page(mail, paper), maintype="application", subtype="pdf", filename=name)
    return message


def _send(
    server: Server, mails: Sequence[Weekly], addresses: Mapping[str, Sequence[str]], paper: Paper, progress: Progress
) -> int:
    wanted = [mail for mail in mails if addresses.get(mail.site)]
    try:
        with connected(server) as connection:
            for mail in wanted:
                progress(SendingMail(_to_whom(mail)))
                connection.send_message(message_of(mail, server.sender, addresses[mail.site], paper))
    except (OSError, smtplib.SMTPException) as error:
        raise SourceError(MailRefused(f"{server.host}:{server.port}", type(error).__name__)) from error
    return len(wanted)

import email
import socket
import threading
from dataclasses import replace
from email.policy import default

import pytest
from published_run import publish_run
from refusals import refused
from test_brief import opened, words

from amends.cli import main
from amends.mail import read_recipients, server_settings
from dashboard.exports.mail.html import html, plain
from dashboard.exports.mail.page import page
from dashboard.exports.mail.weekly import sites_of, weekly
from pipelines.errors import SourceError
from pipelines.publish.store import local_store


class Postbox(threading.Thread):
    """A mail server of one connection on loopback that keeps what it is given."""

    def __init__(self, *, refuse: bool = False):
        super().__init__(daemon=True)
        self.refuse, self.kept = refuse, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def run(self):
        connection, _ = self.socket.accept()
        with self.socket, connection, connection.makefile("rwb") as file:
            self._say(file, "554 no" if self.refuse else "220 here")
            while not self.refuse and (line := file.readline()):
                self._answer(file, line.decode().strip().upper())

    def _answer(self, file, said):
        if said != "DATA":
            self._say(file, "221 bye" if said == "QUIT" else "250 fine")
            return
        self._say(file, "354 go on")
        lines = []
        while (line := file.readline()) != b".\r\n":
            lines.append(line)
        self.kept.append(email.message_from_bytes(b"".join(lines), policy=default))
        self._say(file, "250 kept")

    def _say(self, file, text):
        file.write(f"{text}\r\n".encode())
        file.flush()


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    path = tmp_path_factory.mktemp("mailed")
    publish_run(path)
    return path


@pytest.fixture(scope="module")
def mail(published):
    return weekly(local_store(published).current())


@pytest.fixture
def recipients(tmp_path):
    path = tmp_path / "recipients.csv"
    path.write_text("site,address\n,head@example.org\nNORTH,north@example.org\n", encoding="utf-8")
    return path


def configured(monkeypatch, port):
    for name, value in {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "FROM": "amends@example.org",
        "SECURITY": "none",
    }.items():
        monkeypatch.setenv(f"AMENDS_SMTP_{name}", value)


def test_html_text_and_page_say_the_same(mail):
    written, text, paper = html(mail), plain(mail), words(opened(page(mail)))
    assert mail.headline in text
    assert mail.headline in paper
    for section in mail.sections:
        for item in section.items:
            assert item.value in text
            assert " ".join(item.value.split()) in paper
            assert item.label in paper
    assert written.count("<h1") == 1
    assert len(opened(page(mail)).pages) == 1


def test_the_mail_loads_nothing_and_carries_no_markup_of_its_data(published):
    run = local_store(published).current()
    profile = replace(run.profile, title="<script>alert(1)</script>")
    run = replace(run, manifest=replace(run.manifest, profile=profile))
    written = html(weekly(run))
    assert "<script" not in written
    assert not any(word in written for word in ("http://", "https://", "src=", "url("))


def test_files_are_written_without_any_mail_settings(published, tmp_path, capsys):
    assert main(["mail", "--weekly", "--to", str(tmp_path), "--published", str(published), "--quiet"]) == 0
    assert {p.name for p in tmp_path.iterdir()} == {"this_week.html", "this_week.pdf"}
    assert "none sent" in capsys.readouterr().out


def test_a_mail_is_handed_to_the_server_with_text_html_and_pdf(published, tmp_path, recipients, monkeypatch):
    postbox = Postbox()
    postbox.start()
    configured(monkeypatch, postbox.port)
    out = tmp_path / "out"
    out.mkdir()
    options = ["--to", str(out), "--published", str(published), "--recipients", str(recipients), "--send", "--quiet"]
    assert main(["mail", "--weekly", *options]) == 0
    postbox.join(timeout=10)
    (message,) = postbox.kept
    assert message["To"] == "head@example.org"
    assert message["Subject"].startswith("This week")
    assert [part.get_content_type() for part in message.walk() if not part.is_multipart()] == [
        "text/plain", "text/html", "application/pdf",
    ]  # fmt: skip


def test_a_server_that_refuses_is_a_plain_error(published, tmp_path, recipients, monkeypatch, capsys):
    postbox = Postbox(refuse=True)
    postbox.start()
    configured(monkeypatch, postbox.port)
    options = [
        "--to",
        str(tmp_path),
        "--published",
        str(published),
        "--recipients",
        str(recipients),
        "--send",
        "--quiet",
    ]
    assert main(["mail", "--weekly", *options]) == 2
    assert "refused or did not answer" in capsys.readouterr().err
    assert (tmp_path / "this_week.pdf").exists()


def test_sending_needs_a_server_and_somebody_to_send_to(published, tmp_path, recipients, capsys):
    base = ["mail", "--weekly", "--to", str(tmp_path), "--published", str(published), "--quiet", "--send"]
    assert main(base) == 2
    assert "nobody to send to" in capsys.readouterr().err
    assert main([*base, "--recipients", str(recipients)]) == 2
    assert "no mail server is set" in capsys.readouterr().err


def test_a_password_is_never_sent_in_clear():
    settings = {
        "AMENDS_SMTP_HOST": "h",
        "AMENDS_SMTP_FROM": "f",
        "AMENDS_SMTP_USER": "u",
        "AMENDS_SMTP_SECURITY": "none",
    }
    with refused(SourceError, match="in clear"):
        server_settings(settings)
    assert server_settings(settings | {"AMENDS_SMTP_SECURITY": "tls"}).security == "tls"


@pytest.mark.parametrize("address", ["nobody", "a@b, c@d", "x@y\\nBcc: z@q", "<a@b>"])
def test_an_address_that_is_none_is_named_by_its_line_only(tmp_path, address):
    path = tmp_path / "r.csv"
    path.write_text(f'site,address\n,"{address}"\n', encoding="utf-8")
    with refused(SourceError, match="line 2") as caught:
        read_recipients(path)
    assert address not in caught.said


def test_each_site_gets_its_own_numbers_beside_the_company_s(published):
    run = local_store(published).current()
    assert sites_of(run)
    for site in sites_of(run):
        mail = weekly(run, site)
        assert site in mail.kicker
        assert site in mail.headline

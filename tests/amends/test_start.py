"""A newcomer at the terminal: sees every guess, corrects some, and gets a profile of what was agreed."""

import io

import pytest
from refusals import refused

from amends.drafts import confirmed_profile
from pipelines.errors import SourceError
from words.speech import PLAIN

TICKETS = "Ticket ID,Customer ID,Created at,Closed at,Reason,Region\n"
ORDERS = "Order ID,Customer ID,Order date,Total\n"


class Terminal(io.StringIO):
    """Typed lines, from somebody at a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def exports(tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    tickets = [
        f"T{i},C{i % 40:04d},2024-{i % 12 + 1:02d}-03,2024-{i % 12 + 1:02d}-09,{['late', 'lost'][i % 2]},north"
        for i in range(80)
    ]
    orders = [f"O{i},C{i % 40:04d},2024-{i % 12 + 1:02d}-20,{i}.50" for i in range(200)]
    (folder / "tickets.csv").write_text(TICKETS + "\n".join(tickets))
    (folder / "orders.csv").write_text(ORDERS + "\n".join(orders))
    return folder


def confirm(exports, monkeypatch, typed):
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    profile = confirmed_profile(exports, exports.parent / "profile", ask=True, progress=lambda step: None)
    return profile.sources.tables["incidents"].columns


def test_enter_accepts_everything_that_was_shown(exports, monkeypatch, capsys):
    columns = confirm(exports, monkeypatch, "\n")
    assert columns["category"] == "Reason"
    shown = capsys.readouterr()
    assert shown.out == ""
    for canonical, export in columns.items():
        assert any(f"incidents.{canonical} " in line and export in line for line in shown.err.splitlines())


def test_a_line_is_changed_by_its_number(exports, monkeypatch):
    assert confirm(exports, monkeypatch, "4\nRegion\n\n")["closed_at"] == "Closed at"
    assert confirm_again(exports)["category"] == "Region"


def confirm_again(exports):
    said = []
    profile = confirmed_profile(exports, exports.parent / "profile", ask=True, progress=said.append)
    assert "using the profile that is in" in PLAIN.say(said[0])
    return profile.sources.tables["incidents"].columns


def test_a_dash_leaves_a_column_out_and_enter_keeps_it(exports, monkeypatch):
    columns = confirm(exports, monkeypatch, "5\n-\n4\n\n\n")
    assert "region" not in columns
    assert columns["category"] == "Reason"


def test_a_column_is_added_by_name(exports, monkeypatch):
    assert confirm(exports, monkeypatch, "incidents.brand = region\n\n")["brand"] == "Region"


def test_a_slip_is_answered_and_asked_again(exports, monkeypatch, capsys):
    confirm(exports, monkeypatch, "99\nincidents.brand = Regoin\nwhat?\n\n")
    said = capsys.readouterr().err
    assert "Did you mean 'Region'?" in said
    assert said.count("type a number from 1 to") == 2


def test_day_or_month_first_is_asked_until_it_is_said(exports, monkeypatch):
    lines = [f"T{i},C{i % 40:04d},{i % 9 + 1:02d}/{i % 12 + 1:02d}/2024,,late,north" for i in range(80)]
    (exports / "tickets.csv").write_text(TICKETS + "\n".join(lines))
    confirm(exports, monkeypatch, "?\nm\n\n")
    assert 'opened_at = ["%m/%d/%Y"]' in (exports.parent / "profile" / "source.toml").read_text()


def test_day_or_month_first_stays_open_when_nobody_is_asked(exports):
    lines = [f"T{i},C{i % 40:04d},{i % 9 + 1:02d}/{i % 12 + 1:02d}/2024,,late,north" for i in range(80)]
    (exports / "tickets.csv").write_text(TICKETS + "\n".join(lines))
    with refused(SourceError, match="day or month first"):
        confirmed_profile(exports, exports.parent / "profile", ask=False, progress=lambda step: None)
    assert (exports.parent / "profile" / "source.toml").is_file()


def test_an_input_that_ends_early_writes_nothing(exports, monkeypatch):
    with refused(SourceError, match="nothing is written"):
        confirm(exports, monkeypatch, "4\n")
    assert not (exports.parent / "profile").exists()


def test_nobody_at_the_terminal_needs_yes(exports, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    with refused(SourceError, match="Add --yes"):
        confirmed_profile(exports, exports.parent / "profile", ask=True, progress=lambda step: None)


def test_a_folder_with_something_else_in_it_is_left_alone(exports):
    with refused(SourceError, match="not empty"):
        confirmed_profile(exports, exports, ask=False, progress=lambda step: None)

"""Rooms are small: a folder is read from its list of files."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FULLEST_ROOM = 15


@pytest.mark.parametrize("package", ["amends", "pipelines"])
def test_no_room_holds_more_than_fifteen_modules(package):
    rooms = [ROOT / package, *(folder for folder in (ROOT / package).rglob("*") if folder.is_dir())]
    modules = {room.relative_to(ROOT): sum(f.name != "__init__.py" for f in room.glob("*.py")) for room in rooms}
    assert not {str(room): n for room, n in modules.items() if n > FULLEST_ROOM}

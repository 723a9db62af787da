"""Files go where a folder is, and never among the runs."""

import pytest
from refusals import refused

from amends.targets import check_file, make_folder
from pipelines.errors import SourceError


def test_a_folder_is_made_in_one_that_exists(tmp_path):
    make_folder(tmp_path / "published", tmp_path / "mail")
    make_folder(tmp_path / "published", tmp_path / "mail")
    assert (tmp_path / "mail").is_dir()


@pytest.mark.parametrize("check", [check_file, make_folder])
@pytest.mark.parametrize("place", ["published/x", "nowhere/x"])
def test_other_places_are_refused_by_the_name_that_was_given(tmp_path, check, place):
    with refused(SourceError) as refusal:
        check(tmp_path / "published", tmp_path / place)
    assert str(tmp_path / place) in refusal.said


def test_a_folder_is_no_file_and_a_file_no_folder(tmp_path):
    (tmp_path / "file").touch()
    with refused(SourceError):
        check_file(tmp_path / "published", tmp_path)
    with refused(SourceError):
        make_folder(tmp_path / "published", tmp_path / "file")

"""Declarations that earlier versions took, or took for nothing: what each says now is what to change, in one line."""

import pytest
from refusals import refused

from pipelines.errors import SourceError
from pipelines.settings.load import load_profile
from pipelines.settings.sources import check_sources

PROFILE = '[profile]\n{}\n[files]\nt = {{ path = "t.csv"{} }}\n[tables.incidents]\nfile = "t"\n{}'
OWN = '[[declared_outcomes]]\nid = "{}"\nlabel = "Back"\nunit = "share"\nkind = "binary"\nhigher_is_better = true\n'
OWNER = "[tables.incidents.columns]\nincident_id = 'No'\nowner = 'Desk'\n"


@pytest.mark.parametrize(
    ("said", "of_files", "more", "advice"),
    [
        ('randomised = "assignment"\nrandomised_unit = "hotel"', "", "", "one of 'incident', 'customer', 'site'"),
        ('randomised_unit = "site"', "", "", 'Add randomised = "assignment" .* or remove randomised_unit'),
        ('retention = "contractual"\nsampled_by = "order"', "", "", 'Say what was drawn: "customer" or "incident"'),
        ('crossed_segments = [["severity", "size"]]', "", "", "of severity, value, channel, fault, repeat, mass, site"),
        ('retention = "flag"', "", "", r"Add \[tables\.outcomes\]"),
        ("", ', sheet = "Tickets"', "", "sheet says nothing about a csv file. Remove it"),
        ("", "", OWNER, r"owners stand beside targets, under \[\[targets\]\]. Remove the line"),
        ("", "", OWN.format("returned"), r"supply it through \[tables\.outcomes\], or give your own another id"),
        (
            "",
            "",
            '[[targets]]\nmeasure = "quick"\nvalue = 0.5\n',
            "answered_within_1440_minutes.* standard_met",
        ),
        ("", "", '[[targets]]\nmeasure = "under_a_rug"\nvalue = 0.5\n', "Did you mean 'under_the_rug'"),
    ],
)
def test_what_is_taken_no_more_says_what_to_change(tmp_path, said, of_files, more, advice):
    (tmp_path / "source.toml").write_text(PROFILE.format(said, of_files, more), encoding="utf-8")
    with refused(SourceError, match=advice) as caught:
        profile = load_profile(str(tmp_path))
        check_sources(profile.sources, profile.retention, profile.path)
    assert "\n" not in caught.said

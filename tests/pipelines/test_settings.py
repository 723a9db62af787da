import pytest

from pipelines.errors import SourceError
from pipelines.settings import load_profile, shipped_profiles


def profile_with(tmp_path, line):
    (tmp_path / "source.toml").write_text(f"[profile]\n{line}\n", encoding="utf-8")
    return str(tmp_path)


@pytest.mark.parametrize("name", shipped_profiles())
def test_what_ships_can_be_loaded(name):
    assert load_profile(name).name == name


@pytest.mark.parametrize(
    "line",
    [
        'margin_rate = "35 %"',
        "margin_rate = 35",
        "margin_rate = true",
        "horizons_days = 90",
        "horizons_days = []",
        "horizons_days = [0, 90]",
        'response_cap_days = "x"',
        "response_cap_days = 0",
        "currency = 5",
        'retention = "transaction"',
        'sampled_by = "foo"',
        'randomised = "yes"',
        'severity_order = "P1"',
        'simulated = "no"',
        'data_cut = "2026-10-31"',
        'time_zone = "Paris"',
        'colour = "blue"',
    ],
)
def test_a_value_that_means_nothing_is_refused_by_its_key_on_one_line(tmp_path, line):
    with pytest.raises(SourceError) as refusal:
        load_profile(profile_with(tmp_path, line))
    message = str(refusal.value)
    assert line.split(" ")[0] in message
    assert "\n" not in message


def test_declared_values_arrive_as_they_were_meant(tmp_path):
    profile = load_profile(
        profile_with(tmp_path, "margin_rate = 0.35\nhorizons_days = [30, 180]\ndata_cut = 2026-10-31")
    )
    assert (profile.margin_rate, profile.horizons_days) == (0.35, (30, 180))
    assert profile.data_cut.isoformat() == "2026-10-31"

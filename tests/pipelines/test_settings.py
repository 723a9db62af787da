import pytest
from refusals import refused

from pipelines.errors import SourceError
from pipelines.settings.load import load_profile, shipped_profiles


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
        "handling_cost_per_contact = -1",
        'speed_cost_per_hour = "0.10"',
        "horizons_days = 90",
        "horizons_days = []",
        "horizons_days = [0, 90]",
        'response_cap_days = "x"',
        "response_cap_days = 0",
        'crossed_segments = ["severity", "channel"]',
        'crossed_segments = [["severity", "severity"]]',
        'crossed_segments = [["severity", "weather"]]',
        'crossed_segments = [["severity", "channel"], ["channel", "severity"]]',
        "currency = 5",
        'locale = "klingon"',
        "locale = 5",
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
    with refused(SourceError) as refusal:
        load_profile(profile_with(tmp_path, line))
    message = refusal.said
    assert line.split(" ")[0] in message
    assert "\n" not in message


def test_an_unknown_locale_is_answered_with_those_there_are(tmp_path):
    with refused(SourceError, match="locale must be one of 'en', 'en-US', 'de'"):
        load_profile(profile_with(tmp_path, 'locale = "de_DE"'))
    assert load_profile(profile_with(tmp_path, 'locale = "ko"')).locale == "ko"
    assert load_profile(profile_with(tmp_path, "")).locale == "en"


def test_families_to_cross_arrive_as_pairs(tmp_path):
    profile = load_profile(profile_with(tmp_path, 'crossed_segments = [["severity", "channel"], ["value", "fault"]]'))
    assert profile.crossed_segments == (("severity", "channel"), ("value", "fault"))


def test_declared_values_arrive_as_they_were_meant(tmp_path):
    profile = load_profile(
        profile_with(tmp_path, "margin_rate = 0.35\nhorizons_days = [30, 180]\ndata_cut = 2026-10-31")
    )
    assert (profile.margin_rate, profile.horizons_days) == (0.35, (30, 180))
    assert profile.crossed_segments == ()
    assert profile.data_cut.isoformat() == "2026-10-31"


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ('[[targets]]\nvalue = 0.8', ["[[targets]] 1", "measure"]),
        ('[[targets]]\nmeasure = "standard_met"\nvalue = "80 %"', ["[[targets]] 1", "value", "number"]),
        ('[[targets]]\nmeasure = "standard_met"\nvalue = 0.8\nboss = "x"', ["boss", "owner"]),
        ('[[covariates]]\nname = "nights"\nkind = "number"', ["[[covariates]] 1", "name", "x_"]),
        ('[[covariates]]\nname = "x_nights"', ["[[covariates]] 1", "kind"]),
        (2 * '[[covariates]]\nname = "x_n"\nkind = "number"\n', ["x_n", "twice"]),
        ('[[declared_outcomes]]\nid = "rebooked"\nkind = "binary"', ["label", "unit", "higher_is_better"]),
        ('[[declared_outcomes]]\nid = "a"\nlabel = "A"\nunit = "u"\nkind = "yes"\nhigher_is_better = true', ["kind"]),
        ('[[rates]]\ncurrency = "USD"\nsince = "2024-01-01"\nrate = 0.9', ["[[rates]] 1", "since", "date"]),
        ('[[rates]]\ncurrency = "USD"\nsince = 2024-01-01\nrate = 0', ["rate", "above 0"]),
        ('[targets]\nstandard_met = 0.8', ["[[targets]]"]),
        ('[[declared_outcomes]]\nid = "restored"\nlabel = "A"\nunit = "u"\nkind = "binary"\nhigher_is_better = true',
         ["[[declared_outcomes]] 1", "restored is known already"]),
        ('[profile]\nrandomised_unit = "site"', ["randomised_unit", 'randomised = "assignment"']),
        ('[profile]\nretention = "contractual"\nsampled_by = "order"', ["sampled_by", '"customer" or "incident"']),
        ('[profile]\nrandomised = "assignment"\nrandomised_unit = "moon"', ["randomised_unit", "'incident'"]),
    ],
)  # fmt: skip
def test_a_faulty_entry_of_a_list_is_named_by_list_place_and_key(tmp_path, entry, names):
    (tmp_path / "source.toml").write_text(entry, encoding="utf-8")
    with refused(SourceError) as refusal:
        load_profile(str(tmp_path))
    message = refusal.said
    assert all(name in message for name in names), message
    assert "\n" not in message

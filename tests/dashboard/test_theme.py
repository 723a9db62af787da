import itertools
import tomllib
from pathlib import Path

import numpy as np
import pytest

from dashboard.figures.theme import DARK, LIGHT, MARKERS, Palette, palette, rgb

ROOT = Path(__file__).resolve().parents[2]
ROLES = ("adjusted", "raw", "third", "fourth")
# Full dichromacy in linear RGB: Machado, Oliveira and Fernandes (2009), severity 1.0.
BLINDNESS = {
    "none": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
CLEARLY_APART = 18.0


def linear(colour: str) -> np.ndarray:
    c = np.array(rgb(colour)) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(rgb_linear: np.ndarray) -> np.ndarray:
    t = TO_XYZ @ np.clip(rgb_linear, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one: str, other: str) -> float:
    a, b = sorted((float(TO_XYZ[1] @ linear(c)) for c in (one, other)), reverse=True)
    return (a + 0.05) / (b + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda p: p.name)
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_series_stay_apart_for_colour_blind_readers(colours: Palette, blindness: str):
    seen = {role: lab(BLINDNESS[blindness] @ linear(colours.colour(role))) for role in ROLES}
    for one, other in itertools.combinations(ROLES, 2):
        assert np.linalg.norm(seen[one] - seen[other]) > CLEARLY_APART, (one, other)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda p: p.name)
def test_text_can_be_read_on_its_background(colours: Palette):
    for role in ("ink", "quiet", *ROLES):
        assert contrast(getattr(colours, role), colours.background) >= 4.5, role


def test_colour_is_never_the_only_carrier():
    assert len({MARKERS[role] for role in ROLES}) == len(ROLES)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda p: p.name)
def test_charts_sit_on_the_same_paper_as_the_page(colours: Palette):
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"][colours.name]
    assert theme["backgroundColor"] == colours.background
    assert theme["textColor"] == colours.ink
    assert theme["primaryColor"] == colours.adjusted


def test_the_page_style_uses_the_same_pairs():
    style = (ROOT / "dashboard/assets/look.css").read_text()
    for name, role in (
        ("ink", "ink"),
        ("quiet", "quiet"),
        ("ground", "background"),
        ("accent", "adjusted"),
        ("warning", "raw"),
    ):
        assert f"--{name}: light-dark({getattr(LIGHT, role)}, {getattr(DARK, role)});" in style


def test_an_unknown_theme_reads_as_light():
    assert palette("dark") is DARK
    assert palette(None) is LIGHT


def test_nothing_is_reported_home_and_no_error_is_shown_in_detail():
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"

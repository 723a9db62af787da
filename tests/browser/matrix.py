"""The full matrix, run by `make browser`: every page at three widths in two themes, with axe and screenshots.

Pages with charts are kept a second time as four kinds of colour blindness see them.
"""

from pathlib import Path

import pytest
from pages import PAGES
from playwright.sync_api import expect
from reader import reading

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = Path(__file__).resolve().parents[2] / "artefacts" / "screenshots"
WIDTHS, THEMES = (1440, 1280, 390), ("light", "dark")
HEIGHTS = {1440: 1400, 1280: 1200, 390: 844}
TALLEST = 8000
VISIONS = ("deuteranopia", "protanopia", "tritanopia", "achromatopsia")
CHARTED = [path for path, charts in PAGES.items() if charts]
# Streamlit draws these; the app can't change them.
STREAMLITS_OWN = ("[data-testid=stHeader]", "[data-testid=stSidebarHeader]", "[data-testid=stSidebarNav]")
CHECK = """
    (own) => axe.run({exclude: own.map((part) => [part])}, {
      runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}
    }).then((found) => found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`))
"""


@pytest.fixture(scope="session")
def axe():
    if not AXE.is_file():
        pytest.fail("axe-core is not installed. Run `make browser`.", pytrace=False)
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "monday")
def test_a_page_fits_every_width_and_offends_no_rule_of_accessibility(browser, address, axe, path, theme):
    with reading(browser, address, theme=theme) as reader:
        for width in WIDTHS:
            reader.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            reader.open(path)
            expect(reader.page.get_by_test_id("stException")).to_have_count(0)
            assert reader.sideways_pixels == 0, width
            reader.page.evaluate(axe)
            assert reader.page.evaluate(CHECK, list(STREAMLITS_OWN)) == [], width
            _shoot(reader, f"{path or 'monday'}_{width}_{theme}.png", width)
        assert reader.outside == []
        assert reader.blocked == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("path", CHARTED, ids=lambda path: path or "monday")
def test_charts_are_kept_as_the_colour_blind_see_them(browser, address, path, theme):
    with reading(browser, address, theme=theme) as reader:
        reader.open(path)
        plain = reader.page.screenshot()
        for vision in VISIONS:
            reader.see_as(vision)
            assert reader.page.screenshot() != plain, vision
            _shoot(reader, f"{path or 'monday'}_{vision}_{theme}.png", 1440)


def _shoot(reader, name, width):
    SHOTS.mkdir(parents=True, exist_ok=True)
    height = reader.page.evaluate("document.querySelector('.stMainBlockContainer').scrollHeight")
    reader.page.set_viewport_size({"width": width, "height": min(int(height) + 40, TALLEST)})
    reader.settle()
    reader.page.screenshot(path=SHOTS / name)

"""Every page once in a real browser, and the journeys a reader makes."""

import re
from contextlib import closing

import pytest
from pages import PAGES
from playwright.sync_api import expect
from published_run import publish_run
from reader import DESK, Reader, at_desk, reading, reading_on_phone, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(browser):
    """One reader who goes from page to page."""
    with closing(at_desk(browser)) as context:
        yield context


@pytest.mark.parametrize(("path", "charts"), PAGES.items(), ids=lambda value: str(value) or "monday")
def test_a_page_is_whole_quiet_and_fits_desk_and_phone(desk, address, path, charts):
    with closing(desk.new_page()) as tab:
        reader = Reader(tab, address)
        reader.page.set_viewport_size(DESK)
        reader.open(path)
        expect(reader.page.locator(".amends-runline")).to_contain_text("data to 31 Oct 2026")
        expect(reader.page.locator(".amends-chip")).to_have_text("Simulated data")
        expect(reader.page.get_by_test_id("stPlotlyChart")).to_have_count(charts)
        expect(reader.page.get_by_test_id("stException")).to_have_count(0)
        assert "run=0001-" in reader.page.url
        assert reader.sideways_pixels == 0
        reader.page.set_viewport_size({"width": 390, "height": 844})
        reader.page.wait_for_function("document.querySelector('.stMainBlockContainer').clientWidth <= 390")
        assert reader.sideways_pixels == 0
        assert reader.outside == []
        assert reader.blocked == []


def test_charts_take_the_colours_of_a_dark_page(browser, address):
    with reading(browser, address, theme="dark") as reader:
        reader.open("speed")
        paper = reader.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        chart = reader.page.locator(".js-plotly-plot .main-svg").first
        assert chart.evaluate("svg => getComputedStyle(svg).backgroundColor") == paper == "rgb(18, 24, 27)"


def test_on_a_phone_a_choice_travels_with_the_link(browser, address):
    with reading_on_phone(browser, address) as first:
        first.open("")
        first.page.get_by_test_id("stExpandSidebarButton").click()
        first.page.get_by_test_id("stSidebarNav").get_by_role("link", name="Speed", exact=True).click()
        first.page.wait_for_url(re.compile(r"/speed\?.*run="))
        first.page.get_by_role("radio", name="90 days").click()
        first.page.wait_for_url(re.compile("horizon="))
        first.settle()
        expect(first.page.get_by_text("within 90 days").first).to_be_visible()
        assert first.sideways_pixels == 0
        link = first.page.url
    with reading(browser, address) as second:
        second.open(link.removeprefix(address + "/"))
        expect(second.page.get_by_text("within 90 days").first).to_be_visible()


def test_a_link_to_a_part_of_a_long_page_lands_there_and_leads_back(browser, address):
    with reading(browser, address) as reader:
        reader.page.set_viewport_size({"width": 1440, "height": 500})
        reader.open("speed_and_compensation")
        reader.page.get_by_role("link", name="people or offers?").click()
        reader.page.wait_for_url(re.compile("#the-next-sum"))
        reader.settle()
        expect(reader.page.get_by_role("heading", name="The next sum: people or offers?")).to_be_in_viewport()
        reader.page.go_back()
        expect(reader.page.locator(".amends-runline b")).to_have_text("Speed × compensation")
        assert len(reader.page.context.pages) == 1


def test_on_a_phone_bars_have_most_of_the_width(browser, address):
    with reading_on_phone(browser, address) as reader:
        reader.open("speed")
        plot = reader.page.locator(".js-plotly-plot").first
        drawn = plot.locator(".nsewdrag, .bglayer .bg").first.bounding_box()
        assert drawn["width"] > 0.55 * plot.bounding_box()["width"]


def test_a_link_to_a_missing_run_leads_to_the_current_one(browser, address):
    with reading(browser, address) as reader:
        reader.open("speed?run=0099-deadbeef")
        expect(reader.page.locator("h1")).to_contain_text("isn't here")
        reader.page.get_by_role("button", name="Read the current run").click()
        expect(reader.page.locator(".amends-runline")).to_contain_text("run 0001-")
        assert "run=0001-" in reader.page.url


def test_a_run_published_while_reading_is_offered_and_not_forced(browser, tmp_path):
    publish_run(tmp_path)
    with serving(tmp_path) as address, reading(browser, address) as reader:
        reader.open("data")
        publish_run(tmp_path, title="Hotels and ships, a week later")
        reader.page.reload()
        reader.settle()
        expect(reader.page.locator(".amends-runline")).to_contain_text("run 0001-")
        reader.page.get_by_role("button", name="Read the current run").click()
        expect(reader.page.locator(".amends-runline")).to_contain_text("a week later")
        assert "run=0002-" in reader.page.url


def test_moving_the_budget_travels_with_the_link(browser, address):
    with reading(browser, address) as first:
        first.open("policy")
        first.page.get_by_role("slider", name="Budget per incident").focus()
        first.page.keyboard.press("ArrowLeft")
        first.page.wait_for_url(re.compile("budget="))
        expect(first.page.get_by_text("(0.5 × today)").first).to_be_visible()
        link = first.page.url
    with reading(browser, address) as second:
        second.open(link.removeprefix(address + "/"))
        expect(second.page.get_by_text("(0.5 × today)").first).to_be_visible()


def test_a_list_of_people_narrowed_by_hand_keeps_its_link(browser, address):
    with reading(browser, address) as reader:
        reader.open("people?severity=spoiled")
        expect(reader.page.get_by_text("2 cases listed")).to_be_visible()

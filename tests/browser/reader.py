"""A dashboard of its own on loopback, and a reader's tab in it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from dashboard.door.rules import TOKEN_VARIABLE, Rules

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
RULES = Rules("a-start-token-that-only-tests-know-long-enough")
DESK: ViewportSize = {"width": 1440, "height": 1400}
STILL = """() => !document.querySelector('[data-stale=true]')
    && document.getAnimations().every((animation) => animation.playState !== 'running')"""
PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
)


@contextmanager
def serving(published: Path) -> Iterator[str]:
    """Start the dashboard over a published folder on a free port; stop exactly this process at the end."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "streamlit_app.py")]
    with (published / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"],
            cwd=ROOT,
            env=os.environ | {"AMENDS_PUBLISHED": str(published), TOKEN_VARIABLE: RULES.token},
            stdout=log,
            stderr=log,
        )
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}", server, published / "server.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            asked = urllib.request.Request(f"{url}/_stcore/health", headers={"Cookie": f"{RULES.cookie}={RULES.pass_}"})
            urllib.request.urlopen(asked, timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"The dashboard did not start: {log.read_text()[-1500:]}", pytrace=False)


class Reader:
    """One reader's tab, and every address it asked for."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.requests: list[str] = []
        self.blocked: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda said: self.blocked.append(said.text) if "Content Security" in said.text else None)

    def open(self, path: str) -> None:
        """Open a page and wait until its headline stands and its charts are drawn."""
        self.page.context.add_cookies([{"name": RULES.cookie, "value": RULES.pass_, "url": self.address}])
        self.page.goto(f"{self.address}/{path}")
        self.settle()

    def settle(self) -> None:
        """Wait for the headline, the end of the run, every chart on the page and whatever fades in."""
        self.page.locator("h1").first.wait_for()
        self.page.locator('[data-test-script-state="notRunning"]').wait_for()
        for chart in self.page.get_by_test_id("stPlotlyChart").all():
            chart.locator(".main-svg").first.wait_for()
        self.page.wait_for_function(STILL)

    def see_as(self, vision: str) -> None:
        """From now on, colours as someone with this deficiency sees them ("none" for all of them)."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("Emulation.setEmulatedVisionDeficiency", {"type": vision})

    @property
    def outside(self) -> list[str]:
        """Requests to anywhere but this dashboard."""
        return [url for url in self.requests if not url.startswith((self.address, "data:", "blob:"))]

    @property
    def sideways_pixels(self) -> int:
        """How far the page could be scrolled to the side."""
        main = "document.querySelector('[data-testid=stMain]')"
        whole = "document.documentElement"
        return int(
            self.page.evaluate(
                f"Math.max({main}.scrollWidth - {main}.clientWidth, {whole}.scrollWidth - {whole}.clientWidth)"
            )
        )


@contextmanager
def reading(browser: Browser, address: str, *, theme: str = "light") -> Iterator[Reader]:
    """A fresh tab on a desk, with its own cookies and theme."""
    context = at_desk(browser, theme)
    try:
        yield Reader(context.new_page(), address)
    finally:
        context.close()


def at_desk(browser: Browser, theme: str = "light") -> BrowserContext:
    """A reader of their own on a desk, whose tabs share cookies and what was loaded before."""
    return browser.new_context(viewport=DESK, color_scheme=theme)


@contextmanager
def reading_on_phone(browser: Browser, address: str) -> Iterator[Reader]:
    """A fresh tab on a phone of 390 pixels."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, user_agent=PHONE
    )
    try:
        yield Reader(context.new_page(), address)
    finally:
        context.close()

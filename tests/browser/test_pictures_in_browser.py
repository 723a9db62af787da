"""Pictures through Chromium: the very figures of the screen."""

import io

import pytest
from PIL import Image
from published_run import publish_run

from dashboard.exports.choice import Choice
from dashboard.exports.compose import review_of
from dashboard.exports.manifest import Format
from dashboard.exports.pictures import browser, pictures
from dashboard.figures.drawn import ChartId
from pipelines.publish.store import local_store

pytestmark = pytest.mark.browser


def test_each_chart_comes_as_picture_and_drawing_with_its_finding_and_source(tmp_path):
    assert browser() is not None
    publish_run(tmp_path)
    review = review_of(
        local_store(tmp_path),
        local_store(tmp_path).current_id(),
        Choice(charts=(ChartId.SPEED_LADDER, ChartId.BALANCE)),
    )
    found = dict(pictures(review.findings, (Format.PNG, Format.SVG), lambda step: None))
    assert set(found) == {"speed_ladder.png", "speed_ladder.svg", "balance.png", "balance.svg"}
    assert Image.open(io.BytesIO(found["speed_ladder.png"])).width == 1800
    drawing = found["speed_ladder.svg"].decode()
    assert review.run_id in drawing
    assert review.findings[0].headline.split(" is ")[0] in drawing

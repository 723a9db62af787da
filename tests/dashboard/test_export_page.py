import time
from pathlib import Path

import pytest
from sealing import reseal
from streamlit.testing.v1 import AppTest

from amends.cli import main
from dashboard.cache import cached_chart, cached_run
from pipelines.publish.store import local_store

APP = Path(__file__).resolve().parents[2] / "streamlit_app.py"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cached_run.clear()
    cached_chart.clear()


def opened():
    return AppTest.from_file(APP, default_timeout=60).switch_page("dashboard/app_pages/export.py").run()


def made(app):
    """Press the button and read on until there is a pack or a failure."""
    next(b for b in app.button if b.label == "Make the pack").click()
    app.run()
    deadline = time.monotonic() + 90
    while not app.session_state["export_job"].done and time.monotonic() < deadline:
        time.sleep(0.1)
    return app.run()


def test_a_pack_is_made_and_handed_over(published):
    app = opened()
    assert app.title[0].value == "Take it to the review"
    app.multiselect(key="charts").set_value(["speed_ladder"])
    app = made(app)
    assert not app.exception
    (take,) = [b for b in app.get("download_button") if "Take the pack" in b.proto.label]
    assert "3 files" in take.proto.label
    assert not app.error


def test_a_failed_export_says_so_and_keeps_the_choice(published):
    app = opened()
    app.multiselect(key="charts").set_value(["speed_ladder"])
    folder = published / "runs" / local_store(published).current_id()
    (folder / "curves.parquet").unlink()
    reseal(folder)
    app = made(app)
    assert "No pack was made" in app.error[0].value
    assert "curves.parquet" in app.error[0].value
    assert app.multiselect(key="charts").value == ["speed_ladder"]


def test_names_and_notes_of_the_run_are_shown(published):
    run_id = local_store(published).current_id()
    assert "amends pin" in " ".join(code.value for code in opened().code)
    main(["pin", run_id, "--label", "Q3 review", "--published", str(published)])
    main(["note", run_id, "--chart", "speed_ladder", "--text", "<b>storm</b>", "--published", str(published)])
    app = opened()
    assert any("Q3 review" in m.value for m in app.markdown)
    assert any(text.value.endswith("<b>storm</b>") for text in app.text)


def test_a_note_stands_beside_its_chart_as_it_was_written(published):
    run_id = local_store(published).current_id()
    main(
        [
            "note",
            run_id,
            "--chart",
            "speed_ladder",
            "--text",
            "[The storm](x) *is* in here",
            "--published",
            str(published),
        ]
    )
    app = AppTest.from_file(APP, default_timeout=60).switch_page("dashboard/app_pages/speed.py").run()
    assert [t.value for t in app.text if t.value.endswith(": [The storm](x) *is* in here")]

from datetime import date

from pipelines.publish.provenance import made, verdicts
from pipelines.settings.profile import load_profile

EFFECTS = [
    {"spec": "adjusted", "grade": "B", "verdict": "estimated"},
    {"spec": "adjusted", "grade": "B", "verdict": "estimated"},
    {"spec": "adjusted", "grade": None, "verdict": "not_estimable"},
    {"spec": "raw", "grade": None, "verdict": "estimated"},
]


def test_verdicts_count_adjusted_effects_by_grade_and_the_others_by_why():
    assert verdicts(EFFECTS) == {"B": 2, "not_estimable": 1}


def test_a_run_remembers_what_was_named_on_the_command_line(tmp_path):
    (tmp_path / "source.toml").write_text("[profile]\n")
    own = made(tmp_path / "exports", load_profile(str(tmp_path)), date(2026, 10, 31), 61.04, EFFECTS)
    assert (own["data"], own["profile"]) == (str(tmp_path / "exports"), str(tmp_path))
    assert (own["data_cut"], own["seconds"]) == ("2026-10-31", 61.0)
    shipped = made(tmp_path, load_profile("sample"), None, 1.0, [])
    assert (shipped["profile"], shipped["data_cut"]) == ("sample", "")


def test_a_machine_without_user_names_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: (_ for _ in ()).throw(KeyError("uid 1000")))
    assert made(tmp_path, load_profile("sample"), None, 1.0, [])["by"] == ""

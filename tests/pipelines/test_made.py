from datetime import date

from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.tables.effect import Effect
from pipelines.publish.provenance import Asked, made, verdicts
from pipelines.settings.load import load_profile

EFFECTS = (
    Effect("returned", "speed", grade=Grade.B),
    Effect("returned", "cash", grade=Grade.B),
    Effect("returned", "repair", verdict=Verdict.NOT_ESTIMABLE),
    Effect("returned", "speed", spec=Spec.RAW),
)


def test_verdicts_count_adjusted_effects_by_grade_and_the_others_by_why():
    assert verdicts(EFFECTS) == {"B": 2, "not_estimable": 1}


def test_a_run_remembers_what_was_named_on_the_command_line(tmp_path):
    (tmp_path / "source.toml").write_text("[profile]\n")
    asked = Asked(tmp_path / "exports", load_profile(str(tmp_path)), date(2026, 10, 31), b"key")
    own = made(asked, 61.04, EFFECTS)
    assert (own.data, own.profile) == (str(tmp_path / "exports"), str(tmp_path))
    assert (own.data_cut, own.seconds) == (date(2026, 10, 31), 61.0)
    shipped = made(Asked(tmp_path, load_profile("sample"), None, b"key"), 1.0, ())
    assert (shipped.profile, shipped.data_cut) == ("sample", None)


def test_a_machine_without_user_names_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: (_ for _ in ()).throw(KeyError("uid 1000")))
    assert made(Asked(tmp_path, load_profile("sample"), None, b"key"), 1.0, ()).by == ""

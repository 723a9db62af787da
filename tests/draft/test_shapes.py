"""Files that are no list of cases go from a folder to what is true of them, without anybody writing SQL."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest
from twins import campaign, churn_table, event_log

from pipelines.engine import Engine, open_engine
from pipelines.errors import ContractError
from pipelines.reading.draft import make_draft, write_draft
from pipelines.reading.draft.guess import Draft
from pipelines.reading.load import Loaded, load
from pipelines.run import run
from pipelines.settings.load import load_profile
from words.speech import PLAIN

KEY = b"k" * 32


@pytest.fixture
def drafting(tmp_path: Path) -> Callable[[Mapping[str, str]], Draft]:
    """``drafting({name: text})`` → the draft of a folder, written beside it."""

    def make(files: Mapping[str, str]) -> Draft:
        (tmp_path / "exports").mkdir()
        for name, text in files.items():
            (tmp_path / "exports" / name).write_text(text, encoding="utf-8")
        draft = make_draft(tmp_path / "exports", tmp_path / "profile")
        write_draft(draft, PLAIN.say)
        return draft

    return make


def loaded(draft: Draft, engine: Engine) -> Loaded:
    exports = draft.folder.parent / "exports"
    return load(engine, load_profile(str(draft.folder)), exports, id_key=KEY, data_cut=None, progress=lambda _: None)


def said(draft: Draft) -> str:
    return " ".join(PLAIN.say(note) for note in draft.notes)


def test_a_large_log_of_a_desk(drafting):
    log, lives = event_log(17_000)
    assert len(log) >= 100_000
    draft = drafting({"incident_log.csv": log.to_csv(index=False)})
    assert "many rows a case" in said(draft)
    assert not list(draft.folder.glob("*.sql"))
    with open_engine() as engine:
        loaded(draft, engine)
        assert engine.value("SELECT count(*) FROM incidents") == len(lives)
        first = "SELECT min(date_diff('second', opened_at, contacted_at)) FROM incidents JOIN interactions USING (incident_id) WHERE actor = 'agent' GROUP BY incident_id"  # noqa: E501
        minutes = engine.value(f"SELECT median(s) / 60 FROM ({first.replace('min(', 'min(', 1)}) AS t(s)")
        reopened = engine.value("SELECT count(reopened_at) FROM incidents")
    assert minutes == pytest.approx(((lives.touched - lives.opened).dt.total_seconds() / 60).median())
    assert reopened == lives.reopened.notna().sum()


SPANISH = (
    "caso,actividad,fecha y hora,recurso,canal\n"
    + "".join(
        f"C{i},Registrar,2026-03-{1 + i % 27:02d} 09:00:00,sistema,web\n"
        f"C{i},Responder,2026-03-{1 + i % 27:02d} 10:30:00,Marta {i % 3},web\n"
        f"C{i},Resolver,2026-03-{1 + i % 27:02d} 12:00:00,Marta {i % 3},web\n"
        for i in range(40)
    )
    + "C3,Reabrir,2026-03-30 09:00:00,sistema,web\n"
)
JIRA = "Issue key,Author,Field,From,To,Created,Reporter\n" + "".join(
    f"AB-{i},ann{i},status,,To Do,2026-03-{1 + i % 27:02d}T09:00:00Z,ann{i}\n"
    f"AB-{i},Automation,assignee,,bob,2026-03-{1 + i % 27:02d}T09:00:30Z,ann{i}\n"
    f"AB-{i},bob,status,To Do,In Progress,2026-03-{1 + i % 27:02d}T10:30:00Z,ann{i}\n"
    f"AB-{i},bob,status,In Progress,Done,2026-03-{1 + i % 27:02d}T12:00:00Z,ann{i}\n"
    for i in range(40)
)
GERMAN = "Vorgang;Zeitpunkt;Ereignis;Bearbeiter;Kanal\n" + "".join(
    f"V{i};{1 + i % 27:02d}.03.2026 09:00;Eingegangen;System;Telefon\n"
    f"V{i};{1 + i % 27:02d}.03.2026 09:05;Zugewiesen;System;Telefon\n"
    f"V{i};{1 + i % 27:02d}.03.2026 10:30;Kunde kontaktiert;Meier {i % 4};Telefon\n"
    f"V{i};{1 + i % 27:02d}.03.2026 12:00;Erledigt;Meier {i % 4};Telefon\n"
    for i in range(40)
)


@pytest.mark.parametrize("log", [SPANISH, JIRA, GERMAN], ids=["process mining", "changelog", "activities"])
def test_logs_of_other_tools_and_languages(drafting, log):
    draft = drafting({"log.csv": log})
    assert not list(draft.folder.glob("*.sql"))
    with open_engine() as engine:
        loaded(draft, engine)
        first = engine.rows(
            "SELECT DISTINCT date_diff('minute', i.opened_at, t.at) FROM incidents AS i JOIN (SELECT incident_id, "
            "min(contacted_at) AS at FROM interactions WHERE actor = 'agent' GROUP BY 1) AS t USING (incident_id)"
        )
        rows = "SELECT count(*), count(resolved_at), count(reopened_at) FROM incidents"
        assert (first, engine.rows(rows)) == ([(90,)], [(40, 39, 1) if log is SPANISH else (40, 40, 0)])


def test_a_state_in_words_that_nobody_knows_is_asked_and_not_passed_over(drafting):
    draft = drafting({"log.csv": SPANISH.replace("Responder", "Gestionar")})
    assert "Gestionar" in said(draft)
    with open_engine() as engine, pytest.raises(ContractError):
        loaded(draft, engine)


def test_a_churn_table_ends_in_the_difference_that_pandas_finds(drafting, tmp_path):
    table = churn_table(7000)
    draft = drafting({"churn.csv": table.to_csv(index=False)})
    run_of(draft, tmp_path)
    effects = effects_of(tmp_path)
    failed = table.Complaints > 0
    gap = 100 * ((table.Churn[failed] == "No").mean() - (table.Churn[~failed] == "No").mean())
    raw = effects[(effects.outcome == "stayed") & (effects.spec == "raw")].estimate.iloc[0]
    adjusted = effects[(effects.outcome == "stayed") & (effects.spec == "adjusted")].iloc[0]
    assert raw == pytest.approx(gap)
    assert abs(adjusted.estimate) < abs(raw), "fibre brings both complaints and leaving"
    assert adjusted.grade >= "C"
    assert "reason.failure_undated" in adjusted.reasons
    assert set(effects.outcome) == {"stayed"}, "nothing is told in time"


SPANISH_CHURN = "cliente;antigüedad;contrato;reclamaciones;baja\n" + "".join(
    f"K{i};{i % 60};{'anual' if i % 3 else 'mensual'};{i % 4 // 2};{'sí' if i % 5 == 0 else 'no'}\n" for i in range(400)
)


def test_a_churn_table_in_spanish(drafting):
    draft = drafting({"clientes.csv": SPANISH_CHURN})
    assert draft.shapes[0].columns == {"failure": "reclamaciones", "customer": "cliente"}


def test_a_churn_table_in_which_nothing_failed_anybody_is_refused_for_that(drafting):
    draft = drafting({"churn.csv": churn_table(300).drop(columns="Complaints").to_csv(index=False)})
    assert draft.stopped is not None
    assert "no column says whom something failed" in PLAIN.say(draft.stopped)


@pytest.mark.parametrize("drawn", [False, True])
def test_an_experiment_is_told_once_somebody_says_that_lots_were_drawn(drafting, tmp_path, drawn):
    table = campaign(6000)
    draft = drafting({"mails.csv": table.to_csv(index=False)})
    written = draft.folder / "source.toml"
    if drawn:
        written.write_text(written.read_text("utf-8").replace("# randomised", "randomised"), encoding="utf-8")
    run_of(draft, tmp_path)
    effects = effects_of(tmp_path)
    told = effects[(effects.treatment == "assignment") & (effects.spec == "raw") & (effects.outcome == "visit")]
    if not drawn:
        assert told.empty
        return
    means = 100 * table.groupby("segment").visit.mean()
    assert told.estimate.iloc[0] == pytest.approx(means["Mens E-Mail"] - means["No E-Mail"])
    assert (told.level_from == "control").all()


def test_an_experiment_in_german(drafting):
    rows = "".join(f"K{i};{'Kontrollgruppe' if i % 2 else 'Gutschein'};{i % 3 % 2};{i % 7},50\n" for i in range(60))
    draft = drafting({"versuch.csv": f"Kundennummer;Testgruppe;gekauft;Umsatz\n{rows}"})
    found = draft.shapes[0]
    assert found.columns == {"arm": "Testgruppe", "customer": "Kundennummer"}
    assert {own.column: own.amount for own in found.own} == {"gekauft": False, "Umsatz": True}
    with open_engine() as engine:
        loaded(draft, engine)
        assert engine.value("SELECT max(value) FROM outcomes WHERE outcome = 'umsatz'") == 6.5


def run_of(draft: Draft, tmp_path: Path) -> None:
    profile = load_profile(str(draft.folder))
    run(tmp_path / "exports", profile, tmp_path / "published", id_key=KEY, data_cut=None, progress=lambda _: None)


def effects_of(tmp_path: Path) -> pd.DataFrame:
    (folder,) = (tmp_path / "published" / "runs").iterdir()
    effects = pd.read_parquet(folder / "effects.parquet")
    return effects[effects.estimate.notna()]

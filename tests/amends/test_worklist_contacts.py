import csv

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lost_cases import case, publish_cases
from refusals import refused

from amends.worklist import write_worklist
from pipelines.errors import SourceError
from pipelines.publish.store import local_store

TICKETS = """Ticket,E-mail,Phone,Opened
 7 ,anna@mail.example,=1+1,2025-03-01
8,,0171,2025-03-01
7,second@mail.example,,2025-03-02
"""
CONTACTS = '[contacts]\nfile = "tickets"\nincident_id = "Ticket"\ncolumns = ["E-mail", "Phone"]\n'


@pytest.fixture
def company(tmp_path):
    """Exports, a profile with contacts, and a run with cases 7, 8 and 9."""
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "tickets.csv").write_text(TICKETS)
    write_profile(tmp_path, CONTACTS)
    publish_cases(tmp_path / "published", [case("7"), case("8"), case("9")])
    return tmp_path


def write_profile(folder, contacts, file="tickets.csv"):
    (folder / "profile").mkdir(exist_ok=True)
    (folder / "profile" / "source.toml").write_text(
        f'[files]\ntickets = {{ path = "{file}" }}\n[tables.incidents]\nfile = "tickets"\n'
        f'[tables.incidents.columns]\nincident_id = "Ticket"\nopened_at = "Opened"\n{contacts}'
    )


def write(folder):
    given = str(folder / "exports"), str(folder / "profile")
    write_worklist(local_store(folder / "published"), folder / "list.csv", given)
    with (folder / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["incident_id"]: (row["E-mail"], row["Phone"]) for row in csv.DictReader(file)}


def test_contacts_are_joined_on_the_case_number_as_the_pipeline_reads_it(company):
    assert write(company) == {"7": ("anna@mail.example", "'=1+1"), "8": ("", "0171"), "9": ("", "")}


def test_the_list_is_its_owners_alone_and_the_published_folder_stays_as_it_was(company):
    before = {p: p.read_bytes() for p in (company / "published").rglob("*") if p.is_file()}
    write(company)
    assert (company / "list.csv").stat().st_mode & 0o077 == 0
    assert {p: p.read_bytes() for p in (company / "published").rglob("*") if p.is_file()} == before
    assert not any(b"anna@" in content for content in before.values())


def test_numbers_in_parquet_meet_the_same_case(company):
    table = pa.table(
        {"Ticket": [7.0, 8.0], "E-mail": ["a@mail.example", None], "Phone": [None, "1"], "Opened": ["2025-03-01"] * 2}
    )
    pq.write_table(table, company / "exports" / "tickets.parquet")
    write_profile(company, CONTACTS, "tickets.parquet")
    assert write(company)["7"] == ("a@mail.example", "")


@pytest.mark.parametrize(
    ("contacts", "says"),
    [
        ("", r"\[contacts\] is missing"),
        ('[contacts]\nfile = "tickets"\n', "needs file"),
        (CONTACTS.replace('["E-mail"', "[1"), "needs file"),
        (CONTACTS.replace('"tickets"', '"ticket"'), "Did you mean 'tickets'"),
        (CONTACTS + 'phone = "x"\n', "unknown key 'phone'"),
    ],
)
def test_a_section_that_doesnt_say_enough(company, contacts, says):
    write_profile(company, contacts)
    with refused(SourceError, match=says):
        write(company)


def test_a_column_that_isnt_there(company):
    write_profile(company, CONTACTS.replace("Phone", "Phon"))
    with refused(SourceError, match=r"no column 'Phon'. Correct \[contacts\]"):
        write(company)


@pytest.mark.parametrize("given", [(None, None), ("exports", None), (None, "profile")])
def test_without_exports_there_are_no_contacts(company, given):
    with refused(SourceError, match="--with-contacts needs"):
        write_worklist(local_store(company / "published"), company / "list.csv", given)


def test_a_folder_that_isnt_there(company):
    with refused(SourceError, match="no such folder"):
        write_worklist(
            local_store(company / "published"),
            company / "list.csv",
            (str(company / "nowhere"), str(company / "profile")),
        )

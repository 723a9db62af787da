"""``source.toml``: what it says, and what is said when it says something else."""

from datetime import date

import pytest
from refusals import refused

from pipelines.errors import ContractError, SourceError

FILES = {"t.csv": "Created,Type,Via\n2024-03-01,noise,desk\n"}
TOML = """
[files]
t = { path = "t.csv" }
[tables.incidents]
file = "t"
[tables.incidents.columns]
opened_at = "created"
category = "Type"
"""


def test_only_mapped_columns_are_taken(load_files):
    result = load_files(TOML, FILES)
    assert result.engine.rows("SELECT category, channel FROM incidents") == [("noise", None)]
    assert result.loaded.supplied == {"incidents": {"opened_at", "category"}}


def test_constants_supply_what_no_column_says(load_files):
    result = load_files(
        TOML + "[tables.incidents.constants]\npublic_complaint = true\noccurred_at = 2024-02-29\n", FILES
    )
    assert result.engine.rows("SELECT public_complaint, CAST(occurred_at AS VARCHAR) FROM incidents") == [
        (True, "2024-02-29 00:00:00")
    ]


def test_one_file_may_feed_several_tables(load_files):
    toml = TOML.replace(
        "[files]", '[tables.fixes]\nfile = "t"\ncolumns = { root_cause = "Type", fix_deployed_at = "Created" }\n[files]'
    )
    result = load_files(toml, {"t.csv": "Created,Type\n2024-03-01,noise\nsoon,noise\n2024-03-01\n"})
    assert result.reasons("fixes") == result.reasons("incidents")
    assert result.reasons("fixes") == {"rows in": 3, "kept": 1, "not a time": 1, "wrong number of fields": 1}


def test_tables_that_are_not_supplied_are_empty_and_typed(load_files):
    engine = load_files(TOML, FILES).engine
    assert engine.value("SELECT count(*) FROM orders") == 0
    types = {column: type_ for column, type_, *_ in engine.rows("DESCRIBE orders")}
    assert types["amount"] == "DECIMAL(18,4)"
    assert types["ordered_at"] == "TIMESTAMP"


def test_an_absent_optional_file_supplies_nothing(load_files):
    toml = TOML.replace("[files]", '[files]\no = { path = "o.csv", optional = true }').replace(
        "[tables.incidents]\n", '[tables.orders]\nfile = "o"\n[tables.incidents]\n', 1
    )
    assert set(load_files(toml, FILES).loaded.supplied) == {"incidents"}


def test_files_that_no_profile_names_are_never_read(load_files):
    result = load_files(TOML, {**FILES, "salaries.csv": "name\nAnn\n"})
    assert list(result.loaded.inputs) == ["t.csv"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("[files]", "[file]"), r"unknown section 'file'. Did you mean 'files'"),
        (("path", "pth"), r"\[files\.t\] unknown key 'pth'. Did you mean 'path'"),
        (('t = { path = "t.csv" }', 't = "t.csv"'), r"write it as t = \{ path"),
        (('path = "t.csv"', "optional = true"), "says no path"),
        (('"t.csv"', '"t.doc"'), "ending '.doc' is not known"),
        (('"t.csv"', '"t.csv", delimiter = ";;"'), "delimiter must be one character"),
        (('"t.csv"', '"t.csv", delimiter = 5'), "delimiter must be text"),
        (('"t.csv"', '"t.csv", quote = ","'), "quote must be one character"),
        (('"t.csv"', '"t.csv", decimal = ";"'), "decimal must be"),
        (('"t.csv"', '"t.csv", header_row = 0'), "header_row must be a row number"),
        (('"t.csv"', '"t.csv", header_row = [1, 5]'), "header_row must be a row number"),
        (('"t.csv"', '"t.csv", nulls = "x"'), "nulls must be a list"),
        (('"t.csv"', '"t.csv", sheet = "Tickets"'), r"\[files\.t\] sheet says nothing about a csv file"),
        (('"t.csv"', '"t.csv", escape = "/"'), "escape isn't read: a quote inside a text has to be doubled"),
        (('"t.csv"', '"t.csv", comment = "#"'), "comment isn't read"),
        (("category =", "owner ="), "owner isn't read yet"),
        (("t = {", "a-b = {"), "letters, digits"),
        (("tables.incidents]\nfile", "tables.incident]\nfile"), "unknown table 'incident'. Did you mean 'incidents'"),
        (('file = "t"', 'file = "x"'), "unknown file 'x'"),
        (('file = "t"', 'file = "t"\nsql = "x.sql"'), "needs either file"),
        (('file = "t"', 'file = "t"\ncolumn = 3'), "unknown key 'column'. Did you mean 'columns'"),
        (("opened_at =", "openedat ="), "unknown column 'openedat'. Did you mean 'opened_at'"),
        (("category =", "x_nights ="), "unknown column 'x_nights'"),
    ],
)
def test_what_isn_t_known_is_said_with_the_nearest_thing_that_is(load_files, change, message):
    with refused(SourceError, match=message) as caught:
        load_files(TOML.replace(*change), FILES)
    assert "\n" not in caught.said


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('[tables.incidents.formats]\ncategory = "%d"\n', "category is no time"),
        ('[tables.incidents.time_zones]\nopened_at = "Paris"\n', "not a zone such as"),
        (
            '[tables.incidents.formats]\nclosed_at = "%d.%m.%Y"\n',
            r"formats\] speaks of closed_at, but nothing",
        ),
        ('[tables.incidents.values.severity]\n"1" = "low"\n', r"values\] speaks of severity, but nothing"),
        ('[tables.incidents.constants]\ncategory = "noise"\n', "the export fills that column itself"),
        ('[files.more]\npath = "more.csv"\n', r"\[files\.more\] is declared, but no table"),
        ('[tables.incidents.values]\ncategory = "x"\n', "must be a table of"),
        ('[action_words.en.sorry]\nwords = ["x"]\n', "unknown action 'sorry'"),
        ('[action_words.en.apologise]\nword = ["x"]\n', "Did you mean 'words'"),
        ('[[covariates]]\nname = "x_a"\nkind = "text"\n', "kind must be one of 'number', 'label'"),
        ('[[covariates]]\nname = "x_a"\nkind = "label"\nunit = "kg"\n', "unknown key 'unit'"),
    ],
)
def test_declarations_have_to_make_sense(load_files, more, message):
    with refused(match=message):
        load_files(TOML + more, FILES)


def test_a_flag_of_who_came_back_needs_the_table_that_holds_it(load_files):
    with refused(SourceError, match=r"Add \[tables\.outcomes\]"):
        load_files('[profile]\nretention = "flag"\n' + TOML, FILES)


def test_the_one_table_that_is_needed_is_incidents(load_files):
    with refused(SourceError, match=r"no \[tables\.incidents\]"):
        load_files('[files]\nt = { path = "t.csv" }\n', FILES)


def test_a_missing_column_lists_what_was_found_and_suggests(load_files):
    with refused(ContractError, match=r"t\.csv: no column 'Typ'.*found Created, Type, Via\. Did you mean 'Type'"):
        load_files(TOML.replace('"Type"', '"Typ"'), FILES)
    with refused(ContractError, match=r"no column 'opened_at', which incidents needs"):
        load_files(TOML.replace('opened_at = "created"', ""), FILES)


def test_a_wrong_delimiter_is_suspected(load_files):
    with refused(ContractError, match="delimiter"):
        load_files(TOML, {"t.csv": "Created;Type;Via\n2024-03-01;noise;desk\n"})


def test_nothing_left_is_an_error_that_says_why(load_files):
    with refused(ContractError, match=r"no valid row is left \(2 × opened_at: not a time; 1 × opened_at: missing\)"):
        load_files(
            TOML,
            {"t.csv": "Created,Type\nsoon,noise\nlater,noise\n,noise\n"},
            data_cut=date(2024, 1, 1),
        )

from refusals import refused

from pipelines.errors import SourceError

TOML = """
[files]
t = { path = "t.csv" }
[tables.incidents]
file = "t"
[tables.incidents.formats]
opened_at = 5
"""


def test_a_format_that_is_no_text_is_refused_by_its_column(load_files):
    with refused(SourceError, match=r"formats\] opened_at must be a text"):
        load_files(TOML, {"t.csv": "opened_at\n2024-03-01\n"})

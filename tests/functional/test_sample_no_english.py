"""No published table holds an English sentence: codes with their parameters, and the company's own labels, alone."""

import json
import tomllib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

PROFILE = Path(__file__).resolve().parents[2] / "profiles" / "sample" / "source.toml"
FEWEST_WORDS_OF_A_SENTENCE = 4


def leaves(value):
    """Every text in a JSON-like value; names of fields left out."""
    if isinstance(value, dict):
        return {text for inner in value.values() for text in leaves(inner)}
    if isinstance(value, list):
        return {text for inner in value for text in leaves(inner)}
    return {value} if isinstance(value, str) else set()


def texts(table):
    for field in table.schema:
        if pa.types.is_string(field.type):
            for cell in table.column(field.name).unique().drop_null().to_pylist():
                yield from leaves(json.loads(cell)) if cell.startswith("[{") else {cell}


def test_a_cell_of_a_published_table_is_no_sentence(sample_run):
    own = leaves(tomllib.loads(PROFILE.read_text(encoding="utf-8")))
    tables = [path for path in sample_run.glob("*.parquet") if not path.stem.endswith("_mart")]
    assert len(tables) > 10
    for path in tables:
        sentences = {text for text in texts(pq.read_table(path)) if len(text.split()) >= FEWEST_WORDS_OF_A_SENTENCE}
        assert sentences <= own, f"{path.stem}: {sentences - own}"

"""Lots from a keyed hash: declared shares, the same in SQL, and vectors that another implementation can be held to."""

import duckdb
import numpy as np
import pytest

from pipelines.contracts.experiments.keyed import arm_of, as_sql, key_of, place

ARMS, SHARES = ("usual", "five", "it's ten"), (0.5, 0.3, 0.2)
KEY = "0123456789abcdef" * 4
# h() { printf %s "$1" | sha256sum | cut -c-64; }; h "$KEY$(h "${KEY}spring:C1")" | cut -c-13
VECTORS = {"C1": "b9eeab138873c", "C2": "35d5ae7d82676", "müller": "02c37676fd10a"}


def test_a_hundred_thousand_ids_fall_into_arms_as_declared():
    drawn = [arm_of(KEY, "spring", f"C{n}", ARMS, SHARES) for n in range(100_000)]
    for arm, share in zip(ARMS, SHARES, strict=True):
        assert drawn.count(arm) / len(drawn) == pytest.approx(share, abs=0.01)


def test_sql_draws_the_same_lots():
    ids = [f"C{n}" for n in range(20_000)] + ["müller", "it's", " spaced ", ""]
    with duckdb.connect() as engine:
        engine.execute("CREATE TABLE guests (guest TEXT, place INTEGER)")
        engine.execute("INSERT INTO guests SELECT unnest(?), unnest(?)", [ids, list(range(len(ids)))])
        sql = as_sql(KEY, "spring", "guest", ARMS, SHARES)
        found = engine.execute(f"SELECT {sql} FROM guests ORDER BY place").fetchall()
    assert [arm for (arm,) in found] == [arm_of(KEY, "spring", i, ARMS, SHARES) for i in ids]


@pytest.mark.parametrize(("unit", "expected"), VECTORS.items())
def test_vectors_hold(unit, expected):
    assert place(KEY, "spring", unit) == int(expected, 16) / 16**13


def test_two_experiments_have_nothing_to_do_with_each_other():
    one, other = (np.array([place(KEY, name, f"C{n}") for n in range(4_000)]) for name in ("spring", "autumn"))
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.05


def test_an_experiment_s_key_is_its_own_and_not_the_company_s():
    assert len({key_of(b"k" * 40, "spring"), key_of(b"k" * 40, "autumn"), key_of(b"l" * 40, "spring"), "k" * 40}) == 4

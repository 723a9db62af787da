"""The simulator's data files are checked as they are read, and what it writes are the canonical tables' columns."""

from dataclasses import dataclass
from itertools import chain

import pytest

from pipelines.contracts.canonical import COVARIATE_PREFIX
from pipelines.contracts.sources import TABLES
from pipelines.simulate.company import simulate
from pipelines.simulate.world import data
from pipelines.simulate.world.codes import Arm, Tier
from pipelines.simulate.world.group import CATEGORIES, GROUP, MASS_EVENTS
from pipelines.simulate.world.records import Flags, Floats


@dataclass(frozen=True)
class Inner:
    width: float


@dataclass(frozen=True)
class Thing:
    name: str
    sizes: tuple[int, int]
    by_arm: dict[Arm, Inner]
    on: bool = False


@dataclass(frozen=True)
class Arms:
    arm: tuple[Arm, ...]
    share: Floats
    shown: Flags
    words: tuple[tuple[str, ...], ...]


def read(monkeypatch, text, reader, record):
    monkeypatch.setattr(data, "_text", lambda package, name: text)
    return reader("a package", "a file", record)


def test_a_document_becomes_a_typed_record(monkeypatch):
    text = 'name = "a"\nsizes = [1, 2]\n[by_arm]\nusual = { width = 3 }\ncredit_offer = { width = 0.5 }'
    found = read(monkeypatch, text, data.document, Thing)
    assert found == Thing("a", (1, 2), {Arm.USUAL: Inner(3.0), Arm.CREDIT_OFFER: Inner(0.5)})


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('name = "a"\nsizes = [1, 2]', "by_arm"),
        ('name = "a"\nsizes = [1, 2]\ncolour = 1\nby_arm = {}', "colour"),
        ("name = 5\nsizes = [1, 2]\nby_arm = {}", "name"),
        ('name = "a"\nsizes = [1, 2.5]\nby_arm = {}', "sizes"),
        ('name = "a"\nsizes = [1, 2, 3]\nby_arm = {}', "sizes"),
        ('name = "a"\nsizes = [1, 2]\nby_arm = { third = { width = 1 } }', "by_arm"),
        ('name = "a"\nsizes = [1, 2]\nby_arm = { usual = { width = "wide" } }', "by_arm.usual: width"),
    ],
)
def test_a_wrong_document_is_refused_with_the_place(monkeypatch, text, place):
    with pytest.raises(ValueError, match=f"a file: {place}"):
        read(monkeypatch, text, data.document, Thing)


def test_a_table_becomes_columns(monkeypatch):
    found = read(monkeypatch, "arm,share,shown,words\nusual,1,yes,a b\ncredit_offer,0.5,no,c", data.table, Arms)
    assert found.arm == (Arm.USUAL, Arm.CREDIT_OFFER)
    assert list(found.share) == [1.0, 0.5]
    assert list(found.shown) == [True, False]
    assert found.words == (("a", "b"), ("c",))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("arm,share,shown\nusual,1,yes", "words"),
        ("arm,share,shown,words\nusual,1,yes,a", "arm"),
        ("arm,share,shown,words\ncredit_offer,1,yes,a\nusual,1,yes,a", "arm"),
        ("arm,share,shown,words\nusual,1,maybe,a\ncredit_offer,1,no,a", "shown"),
        ("arm,share,shown,words\nusual,much,yes,a\ncredit_offer,1,no,a", "share"),
    ],
)
def test_a_wrong_table_is_refused_with_the_column(monkeypatch, text, place):
    with pytest.raises(ValueError, match=f"a file: {place}"):
        read(monkeypatch, text, data.table, Arms)


def test_events_and_fixes_speak_of_failures_and_causes_that_there_are():
    assert set(chain.from_iterable(event.failures for event in MASS_EVENTS)) <= set(CATEGORIES.name)
    assert set(GROUP.fixed_after_days) <= set(chain.from_iterable(CATEGORIES.causes))


def test_labels_are_the_names_of_codes_by_index():
    assert Tier.labels() == ("none", "silver", "gold", "platinum")
    assert [tier.label for tier in Tier] == [Tier.labels()[tier] for tier in Tier]


def test_every_table_has_the_columns_and_the_words_of_its_contract():
    for name, table in vars(simulate(300, 5).tables).items():
        declared = {column.name: column for column in TABLES[name].columns}
        for column, values in vars(table).items():
            assert column in declared or column.startswith(COVARIATE_PREFIX), (name, column)
            if column in declared and declared[column].allowed:
                assert set(values.dropna()) <= set(declared[column].allowed), (name, column)

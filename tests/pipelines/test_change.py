"""Changes between two runs: shares that add up, what came and went, and drift of reading."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_rows import action_effects, speed_effects
from published_run import DIAGNOSTICS, ORIGIN, QUALITY

from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.manifest import Manifest
from pipelines.publish.compare.change import Part, Share, changed_parts, changes, drifted, newly_failed
from pipelines.publish.compare.pairs import headlines

MANIFEST = Manifest(run_id="0001-a", sequence=1, rows={}, **vars(ORIGIN))
(ROW, *_) = headlines(action_effects()).values()
NUMBERS = st.floats(-1e3, 1e3)


def at(estimate, **changes):
    return {ROW.effect_id: replace(ROW, estimate=estimate, **changes)}


@pytest.mark.parametrize(
    ("changed", "parts"),
    [
        ({}, ()),
        ({"inputs": {}}, (Part.DATA,)),
        ({"data_cut": ORIGIN.data_cut.replace(year=2027), "settings_hash": "1"}, (Part.DATA,)),
        ({"profile_hash": "1"}, (Part.CONFIGURATION,)),
        ({"settings_hash": "1"}, (Part.CONFIGURATION,)),
        ({"code_version": "1", "inputs": {}, "profile_hash": "1"}, tuple(Part)),
    ],
)
def test_what_two_runs_differ_in_is_told_in_the_declared_order(changed, parts):
    assert changed_parts(MANIFEST, replace(MANIFEST, **changed)) == parts


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_shares_add_up_to_the_change_each_by_its_part(first, second, third, last):
    (change,) = changes(at(first), at(last), tuple(Part), (at(second), at(third)))
    assert [share.parts for share in change.shares] == [(part,) for part in Part]
    assert [share.by for share in change.shares] == [second - first, third - second, last - third]
    assert sum(share.by for share in change.shares) == pytest.approx(change.by, abs=1e-9)


@pytest.mark.parametrize("between", [(), ({},), (at(None),)])
def test_what_can_t_be_told_apart_is_one_share_of_all_parts(between):
    parts = (Part.DATA, Part.CODE)
    (change,) = changes(at(1.0), at(4.0), parts, between)
    assert change.shares == (Share(parts, 3.0),)


def test_one_part_has_all_of_the_change():
    (change,) = changes(at(1.0), at(4.0), (Part.DATA,), ())
    assert change.shares == (Share((Part.DATA,), 3.0),)


def test_what_exceeds_its_noise_is_told_from_what_doesn_t_and_stands_first():
    quiet, loud = (replace(row, std_error=1.0) for row in list(headlines(speed_effects(365)).values())[:2])
    before = {row.effect_id: row for row in (quiet, loud)}
    after = {
        quiet.effect_id: replace(quiet, estimate=quiet.estimate + 2.7),
        loud.effect_id: replace(loud, estimate=loud.estimate - 2.8),
    }
    found = changes(before, after, (Part.DATA,), ())
    assert [change.before for change in found] == [loud, quiet]
    assert [change.exceeds_noise for change in found] == [True, False]


def test_effects_of_one_run_alone_are_no_change():
    assert changes({}, at(1.0), (), ()) == ()
    assert changes(at(1.0), {}, (), ()) == ()


def test_tables_of_which_more_is_set_aside_are_told_the_worst_first():
    def kept(rows):
        return [replace(q, rows=rows) if (q.table, q.reason) == ("incidents", RowReason.KEPT) else q for q in QUALITY]

    (drift,) = drifted(kept(8004), kept(4002))
    assert (drift.table, drift.before, drift.after) == ("incidents", 0.0, 0.5)
    assert drifted(kept(8004), kept(7990)) == ()


def test_checks_that_fail_now_and_did_not_before_are_told():
    assert newly_failed([], DIAGNOSTICS) == tuple(DIAGNOSTICS)
    assert newly_failed(DIAGNOSTICS, DIAGNOSTICS) == ()
    assert newly_failed([replace(DIAGNOSTICS[0], passed=True)], DIAGNOSTICS) == tuple(DIAGNOSTICS)

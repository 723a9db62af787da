"""Every kind of compensation of the vocabulary is either counted or named as not there, with what to map."""

from cases import NOTHING, company_of, given, mart_of, only, why

from pipelines.contracts.catalog.vocabulary import COMPENSATION_KINDS, UNSPECIFIED_KINDS
from pipelines.policy.plans.kinds_given import kind_rows


def rows_of(*payouts):
    return list(kind_rows(mart_of(60), company_of(compensations=given(*payouts))))


def test_an_incident_counts_once_per_kind_and_strangers_not_at_all():
    twice = [(f"i{j:05d}", kind, 10.0, None, None) for j in range(12) for kind in ("refund", "refund", "points")]
    rows = rows_of(*twice, *((f"x{j}", "refund", 5.0, None, None) for j in range(20)))
    for kind in ("refund", "points"):
        row = only(rows, level=kind)
        assert (row.estimate, row.n, row.verdict) == (12.0, 12, "counted")


def test_what_is_issued_after_the_data_cut_is_not_in_the_data():
    paid = given(*((f"i{j:05d}", "voucher", 5.0, None, None) for j in range(20)))
    company = company_of(compensations=paid.assign(issued_at="2026-03-01"))
    assert only(kind_rows(mart_of(60), company), level="voucher").verdict == "not_estimable"


def test_a_kind_that_is_not_there_says_what_to_map_and_a_rare_one_is_hidden():
    rows = rows_of(*((f"i{j:05d}", "gesture", None, None, None) for j in range(4)))
    points = only(rows, level="points")
    assert (points.estimate, points.n) == (None, 0)
    assert 'kind "points" in compensations' in why(points)
    rare = only(rows, level="gesture")
    assert (rare.estimate, rare.verdict) == (None, "suppressed")


def test_each_named_kind_has_a_row_and_catch_alls_only_where_seen():
    levels = [row.level for row in rows_of(("i00000", "refund", 5.0, None, None))]
    assert sorted(levels) == sorted(set(COMPENSATION_KINDS) - set(UNSPECIFIED_KINDS))
    seen = rows_of(*((f"i{j:05d}", "non_monetary", None, None, None) for j in range(10)))
    assert only(seen, level="non_monetary").estimate == 10


def test_without_compensations_one_row_says_what_to_add():
    (row,) = kind_rows(mart_of(10), company_of(NOTHING))
    assert (row.level, row.verdict) == ("", "not_estimable")
    assert "compensations" in why(row)

"""What a draft makes of an export is what the export says: rows, moments, amounts, customers."""

from datetime import timedelta
from decimal import Decimal

import made_company
import made_exports as made
import made_habits as habits
import pytest
from refusals import refused

from pipelines.engine import open_engine
from pipelines.errors import SourceError
from pipelines.reading.draft import draft_profile, make_draft, write_draft
from pipelines.reading.draft.asking.answers import Answers
from pipelines.reading.draft.asking.questions import open_questions
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from words.speech import PLAIN

SECOND = timedelta(seconds=1)
# How exports are made, the seed of their company, the prefix of case numbers, and how exact their moments are.
STYLES = [
    pytest.param(made.help_desk_and_shop, 7, "", SECOND * 60, id="help desk and shop"),
    pytest.param(made.german, 11, "V-", SECOND * 60, id="german"),
    pytest.param(made.workbook, 13, "", SECOND, id="workbook"),
    pytest.param(made.columnar, 17, "", SECOND, id="parquet"),
    pytest.param(habits.many_files, 29, "CS-", SECOND, id="many files"),
]


def loaded(make, tmp_path, queries):
    data = make(tmp_path / "exports")
    draft_profile(data, tmp_path / "profile", PLAIN.say)
    with open_engine() as engine:
        profile = load_profile(str(tmp_path / "profile"))
        result = load(engine, profile, data, id_key=b"key", data_cut=None, progress=lambda step: None)
        return result, [engine.rows(query) for query in queries]


@pytest.mark.parametrize(("make", "seed", "prefix", "exact"), STYLES)
def test_cases_and_first_answers(make, seed, prefix, exact, tmp_path):
    cases, _ = made_company.company(seed=seed)
    result, (incidents, answers) = loaded(
        make,
        tmp_path,
        [
            "SELECT incident_id, opened_at FROM incidents",
            "SELECT incident_id, min(contacted_at) FROM interactions WHERE actor = 'agent' GROUP BY incident_id",
        ],
    )
    assert result.quarantine == ()
    assert {i: o.replace(microsecond=0) for i, o in incidents}.keys() == {f"{prefix}{c.number}" for c in cases}
    for case in cases:
        assert abs(dict(incidents)[f"{prefix}{case.number}"] - case.opened) < exact
    answered = {f"{prefix}{c.number}": c.answered for c in cases if c.answered}
    assert dict(answers).keys() == answered.keys()
    for number, moment in answers:
        assert abs(moment - answered[number]) < exact * 2


@pytest.mark.parametrize(
    ("make", "seed"),
    [
        (made.german, 11),
        (made.columnar, 17),
        (habits.over_order_number, 19),
        (habits.american_by_year, 23),
        (made.workbook, 13),
    ],
)
def test_orders_amounts_and_cancellations(make, seed, tmp_path):
    _, orders = made_company.company(seed=seed)
    _, ([(rows, total)], cancelled) = loaded(
        make,
        tmp_path,
        ["SELECT count(*), sum(amount) FROM orders", "SELECT count(*) FROM orders WHERE lower(status) = 'cancelled'"],
    )
    assert rows == len(orders)
    assert total == sum(Decimal(str(o.amount)) for o in orders)
    if make in (made.german, habits.over_order_number, made.workbook):
        assert cancelled == [(sum(o.cancelled for o in orders),)]


def test_order_lines_are_summed_per_order(tmp_path):
    _, orders = made_company.company(seed=29)
    _, ([(rows, total)],) = loaded(habits.many_files, tmp_path, ["SELECT count(*), sum(amount) FROM orders"])
    assert rows == len(orders)
    assert total == sum(Decimal(f"{o.amount / 2:.2f}") + 20 for o in orders)


@pytest.mark.parametrize("make", [made.german, made.columnar, made.workbook])
def test_what_was_given_is_a_row_where_it_isnt_nothing(make, tmp_path):
    seed = {made.german: 11, made.columnar: 17, made.workbook: 13}[make]
    cases, _ = made_company.company(seed=seed)
    _, ([(rows, total)],) = loaded(make, tmp_path, ["SELECT count(*), sum(face_amount) FROM compensations"])
    assert rows == sum(c.refund > 0 for c in cases)
    assert total == sum(Decimal(str(c.refund)) for c in cases)


def test_customers_over_an_order_number_are_the_orders_customers(tmp_path):
    cases, orders = made_company.company(seed=19)
    by_customer = {o.customer for o in orders}
    _, ([(known,)], shared) = loaded(
        habits.over_order_number,
        tmp_path,
        [
            "SELECT count(customer_id) FROM incidents",
            "SELECT count(*) FROM incidents WHERE customer_id IN (SELECT customer_id FROM orders)",
        ],
    )
    assert known == sum(c.customer in by_customer for c in cases)
    assert shared == [(known,)]


def test_seconds_since_1970_and_compact_days(tmp_path):
    cases, _ = made_company.company(cases=120)
    data = tmp_path / "exports"
    made_company.write_csv(
        data / "tickets.csv",
        ("ticket_id", "created_at", "first_response_at", "closed_date"),
        [
            (
                c.number,
                int((c.opened - made_company.EPOCH).total_seconds()),
                int((c.answered - made_company.EPOCH).total_seconds() * 1000) if c.answered else "",
                made_company.stamp(c.solved, "%Y%m%d"),
            )
            for c in cases
        ],
    )
    _, (incidents, answers, closed) = loaded(
        lambda folder: data,
        tmp_path,
        [
            "SELECT incident_id, opened_at FROM incidents",
            "SELECT incident_id, contacted_at FROM interactions",
            "SELECT incident_id, closed_at FROM incidents WHERE closed_at IS NOT NULL",
        ],
    )
    assert dict(incidents) == {str(c.number): c.opened for c in cases}
    assert all(abs(m - next(c.answered for c in cases if str(c.number) == n)) < SECOND for n, m in answers)
    solved = {str(c.number): c.solved for c in cases if c.solved}
    assert len(closed) > 80
    assert all(moment.date() == solved[number].date() for number, moment in closed)


def test_days_that_nothing_settles_stop_the_load_until_somebody_says(tmp_path):
    data = tmp_path / "exports"
    made_company.write_csv(
        data / "tickets.csv",
        ("ticket_id", "created_at"),
        [(i, f"{i % 12 + 1:02d}/{i % 11 + 1:02d}/2024") for i in range(11)],
    )
    draft = draft_profile(data, tmp_path / "profile", PLAIN.say)
    profile = load_profile(str(tmp_path / "profile"))
    with open_engine() as engine, refused(SourceError, match="whether day or month comes first"):
        load(engine, profile, data, id_key=b"key", data_cut=None, progress=lambda step: None)
    (asked,) = open_questions(draft)
    write_draft(make_draft(data, tmp_path / "said", Answers((asked.answered("day"),))), PLAIN.say)
    with open_engine() as engine:
        load(
            engine, load_profile(str(tmp_path / "said")), data, id_key=b"key", data_cut=None, progress=lambda step: None
        )
        assert engine.value("SELECT max(opened_at) FROM incidents").strftime("%Y-%m-%d") == "2024-11-11"

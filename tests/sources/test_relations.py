"""What can't be true between tables."""

from datetime import date

import pytest
from refusals import refused

from pipelines.errors import SourceError

TOML = """
[profile]
currency = "EUR"
severity_order = ["low", "high"]
[files]
t = { path = "t.csv" }
i = { path = "i.csv", optional = true }
o = { path = "o.csv", optional = true }
c = { path = "c.csv", optional = true }
w = { path = "w.csv", optional = true }
[tables]
incidents = { file = "t" }
interactions = { file = "i" }
orders = { file = "o" }
customers = { file = "c" }
word_of_mouth = { file = "w" }
"""
TICKETS = (
    "incident_id,opened_at,detected_by\nA,2024-03-01 10:00,customer\nB,2024-03-01 10:00,company\nC,2024-03-01 10:00,\n"
)


def contacts(*rows):
    return "incident_id,contacted_at,actor\n" + "".join(f"{row},agent\n" for row in rows)


def test_contacts_of_no_incident_are_set_aside(load_files):
    result = load_files(TOML, {"t.csv": TICKETS, "i.csv": contacts("A,2024-03-02", "Z,2024-03-02")})
    assert result.aside("interactions") == [(3, "incident_id", "no such incident")]


CLOSED = "incident_id,opened_at,closed_at\nA,2024-03-01,2024-03-05\nB,2024-03-01,2024-03-05\nC,2024-03-01,\n"


@pytest.mark.parametrize(("declared", "known"), [("", [None, None, None]), ("unknown", [None, False, None])])
def test_a_closed_case_without_an_answer_is_unanswered_unless_the_profile_says_it_is_not_known(
    load_files, declared, known
):
    toml = TOML.replace("[files]", f'closed_without_contact = "{declared}"\n[files]' if declared else "[files]")
    result = load_files(toml, {"t.csv": CLOSED, "i.csv": contacts("A,2024-03-02")}, data_cut=date(2024, 12, 31))
    assert result.column("incidents", "response_known", order="incident_id") == known
    assert result.warned("closed_without_contact") == ({"incidents": 1} if declared else {})


def test_many_rows_set_aside_raise_a_warning(load_files):
    rows = [f"T{i},2024-03-{1 + i % 28:02d}" for i in range(50)]
    few, many = [*rows[:48], "X,soon", "Y,soon"], rows[:40] + [f"X{i},soon" for i in range(10)]
    for lines, share in ((few, None), (many, 0.2)):
        csv = "incident_id,opened_at\n" + "\n".join(lines) + "\n"
        warned = load_files(TOML, {"t.csv": csv}, data_cut=date(2024, 12, 31)).warned("set_aside_share")
        assert warned == ({} if share is None else {"incidents (t.csv)": pytest.approx(share)})


def test_a_covariate_that_nothing_supplies_is_named(load_files):
    with refused(SourceError, match=r"x_nights in \[\[covariates\]\]"):
        load_files(TOML + '[[covariates]]\nname = "x_nights"\nkind = "number"\n', {"t.csv": TICKETS})


def test_what_belongs_to_an_incident_set_aside_goes_with_it(load_files):
    files = {
        "t.csv": TICKETS + "D,soon,\n",
        "i.csv": contacts("D,2024-03-02"),
        "w.csv": "incident_id,posted_at,kind\n,2024-04-01,post\nD,2024-04-01,post\n",
    }
    result = load_files(TOML, files, data_cut=date(2024, 12, 31))
    assert result.aside("interactions") == [(2, "incident_id", "no such incident")]
    assert result.aside("word_of_mouth") == [(3, "incident_id", "no such incident")]


def test_a_case_whose_only_answer_is_impossible_does_not_pass_for_unanswered(load_files):
    early = ["A,2024-03-01 09:00", "C,2024-03-01 09:00"]
    result = load_files(TOML, {"t.csv": TICKETS, "i.csv": contacts(*early, "A,2024-03-01 10:00")})
    assert result.column("incidents", "response_known", order="incident_id") == [None, None, False]


def test_only_the_company_can_answer_before_the_customer_speaks(load_files):
    early = [f"{incident},2024-03-01 09:00" for incident in "ABC"]
    result = load_files(TOML, {"t.csv": TICKETS, "i.csv": contacts(*early, "A,2024-03-01 10:00")})
    assert result.column("interactions", "incident_id") == ["A", "B"]
    assert result.aside("interactions") == [
        (2, "contacted_at", "answered before it was opened"),
        (4, "contacted_at", "answered before it was opened"),
    ]
    assert result.warned("contacted_before_complaint") == {"interactions": 1}


def test_the_customer_s_own_first_words_may_come_before_the_opening(load_files):
    csv = "incident_id,contacted_at,actor\nA,2024-03-01 09:59,customer\nA,2024-03-01 09:59,bot\n"
    result = load_files(TOML, {"t.csv": TICKETS, "i.csv": csv})
    assert result.column("interactions", "actor") == ["customer"]


def test_a_fraction_of_a_second_is_no_order(load_files):
    tickets = TICKETS.replace("A,2024-03-01 10:00,", "A,2024-03-01 10:00:00.700,")
    result = load_files(TOML, {"t.csv": tickets, "i.csv": contacts("A,2024-03-01 10:00:00")})
    assert result.reasons("interactions") == {"rows in": 1, "kept": 1}


@pytest.mark.parametrize(
    ("kind", "score", "reason"),
    [
        ("nps", "10", None),
        ("nps", "11", "not from 0 to 10"),
        ("nps", "-1", "not from 0 to 10"),
        ("review", "5", None),
        ("review", "0", "not from 1 to 5"),
        ("csat", "95", None),
        ("review", "", None),
    ],
)
def test_scores_are_on_their_scale(load_files, kind, score, reason):
    words = f"posted_at,kind,score\n2024-02-01,{kind},{score}\n"
    result = load_files(TOML, {"t.csv": TICKETS, "w.csv": words})
    assert result.aside("word_of_mouth") == ([(2, "score", reason)] if reason else [])


def test_a_subscription_can_t_end_before_it_begins(load_files):
    toml = TOML.replace("[tables]", 's = { path = "s.csv" }\n[tables]\nsubscriptions = { file = "s" }')
    spells = (
        "customer_id,active_from,active_until\nC1,2024-01-01,2023-12-31\nC1,2024-01-01,\nC1,2024-01-01,2024-01-01\n"
    )
    result = load_files(toml, {"t.csv": TICKETS, "s.csv": spells})
    assert result.aside("subscriptions") == [(2, "active_until", "ends before it begins")]


def test_orders_before_the_customer_joined_are_counted_and_kept(load_files):
    files = {
        "t.csv": TICKETS,
        "c.csv": "customer_id,joined_at\nC1,2024-01-01\n",
        "o.csv": "customer_id,order_id,ordered_at,amount\nC1,O1,2023-12-31,10\nC1,O2,2024-02-01,10\n",
    }
    result = load_files(TOML, files)
    assert result.reasons("orders") == {"rows in": 2, "kept": 2}
    assert result.warned("ordered_before_joining") == {"orders": 1}


def test_resolved_before_opened_and_severities_without_rank_are_counted(load_files):
    csv = "opened_at,resolved_at,severity\n2024-03-02,2024-03-01,low\n2024-03-02,2024-03-03,extreme\n"
    result = load_files(TOML, {"t.csv": csv})
    assert result.warned("before_opening") == {"incidents.resolved_at": 1}
    assert result.warned("severity_without_rank") == {"incidents.severity": 1}


def orders(customers, each):
    rows = [f"C{c},O{c}-{n},2024-03-01,10" for c in range(customers) for n in range(each(c))]
    return "customer_id,order_id,ordered_at,amount\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    ("customers", "each", "sampled_by", "passed"),
    [
        (300, lambda c: 1, "customer", False),
        (300, lambda c: 2 if c < 2 else 1, "customer", False),
        (300, lambda c: 2 if c < 20 else 1, "customer", True),
        (300, lambda c: 2, "order", False),
        (10, lambda c: 1, "customer", True),
    ],
)
def test_a_sample_of_orders_shows_no_repeats(load_files, customers, each, sampled_by, passed):
    toml = TOML.replace("[profile]", f'[profile]\nsampled_by = "{sampled_by}"')
    result = load_files(toml, {"t.csv": TICKETS, "o.csv": orders(customers, each)})
    (row,) = [w for w in result.loaded.warnings if w.check == "sampled_by_order"]
    assert row.passed is passed
    assert row.value == pytest.approx(sum(each(c) > 1 for c in range(customers)) / customers)

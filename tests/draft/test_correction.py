import made_exports as made
import made_habits as habits
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from refusals import refused

from pipelines.contracts.sources import TABLES
from pipelines.reading.draft import make_draft
from pipelines.reading.draft.correction import CorrectionError, corrected
from pipelines.reading.draft.document import profile_texts
from pipelines.reading.draft.why import DifferentValues, YouSaidSo
from words.speech import PLAIN


@pytest.fixture(scope="module")
def draft(tmp_path_factory):
    folder = tmp_path_factory.mktemp("german")
    return make_draft(made.german(folder / "exports"), folder / "profile")


def source_of(draft, table, column):
    return next((g.export or g.constant for g in draft.of_table(table) if g.column == column), None)


def number_of(draft, table, column):
    return str(1 + next(i for i, g in enumerate(draft.guesses) if (g.table, g.column) == (table, column)))


def test_a_line_is_corrected_by_its_number(draft):
    after = corrected(draft, number_of(draft, "incidents", "category"), "kanal")
    assert source_of(after, "incidents", "category") == "Kanal"
    assert ("Beschwerdegrund", DifferentValues(4)) in after.unmapped["beschwerden_2023"]
    assert next(g for g in after.guesses if g.column == "category").why == YouSaidSo()


def test_formats_and_maps_follow_the_new_column(draft):
    after = corrected(draft, "incidents.opened_at", "Gelöst am")
    assert 'opened_at = ["%d.%m.%Y %H:%M"]' in profile_texts(after, PLAIN.say)["source.toml"]


def test_a_column_is_left_out_and_then_listed_as_unused(draft):
    after = corrected(draft, "incidents.site_id", "-")
    assert source_of(after, "incidents", "site_id") is None
    assert "Filiale" in dict(after.unmapped["beschwerden_2023"])


def test_a_column_nobody_guessed_is_added(draft):
    assert source_of(corrected(draft, "incidents.brand", "Filiale"), "incidents", "brand") == "Filiale"


def test_a_constant_is_replaced_by_an_allowed_one_only(draft):
    assert source_of(corrected(draft, "compensations.kind", "voucher"), "compensations", "kind") == "voucher"
    with refused(CorrectionError, match="none of refund"):
        corrected(draft, "compensations.kind", "chocolate")


def test_a_table_is_left_out_but_not_the_incidents(draft):
    after = corrected(draft, "compensations", "-")
    assert "compensations" not in after.tables()
    assert "compensations.sql" not in profile_texts(after, PLAIN.say)
    with refused(CorrectionError):
        corrected(draft, "incidents", "-")


@pytest.mark.parametrize(
    ("target", "source", "says"),
    [
        ("999", "x", "no guess"),
        ("incidents.opend_at", "x", "opened_at"),
        ("incidents.opened_at", "-", "can't do without"),
        ("incidents.category", "Beschwerdegrnd", "Beschwerdegrund"),
        ("orders.margin", "-", "isn't taken"),
    ],
)
def test_what_cant_be_is_answered_in_a_sentence(draft, target, source, says):
    with refused(CorrectionError, match=says):
        corrected(draft, target, source)


def test_a_customer_of_the_incidents_own_takes_the_order_numbers_place(tmp_path):
    draft = make_draft(habits.over_order_number(tmp_path / "exports"), tmp_path / "profile")
    after = corrected(draft, "incidents.customer_id", "Pedido")
    assert after.link is None
    assert "JOIN" not in "".join(profile_texts(after, PLAIN.say).values())


def test_a_table_nobody_guessed_starts_with_a_column_of_the_incidents(draft, tmp_path):
    bare = corrected(draft, "interactions", "-")
    after = corrected(bare, "interactions.contacted_at", "Gelöst am")
    assert source_of(after, "interactions", "contacted_at") == "Gelöst am"
    assert source_of(after, "interactions", "actor") == "agent"
    assert (
        "interactions.sql" in profile_texts(after, PLAIN.say)
        or "[tables.interactions]" in profile_texts(after, PLAIN.say)["source.toml"]
    )
    with refused(CorrectionError, match=r"interactions\.contacted_at ="):
        corrected(bare, "interactions.agent_id", "Kanal")


def test_a_first_answer_in_the_incident_file_leaves_blanks_of_closed_cases_open(draft):
    assert 'closed_without_contact = "unknown"' in profile_texts(draft, PLAIN.say)["source.toml"]
    without = corrected(draft, "interactions", "-")
    assert "closed_without_contact" not in profile_texts(without, PLAIN.say)["source.toml"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_no_correction_touches_the_draft_it_starts_from(draft, data):
    before = profile_texts(draft, PLAIN.say)
    table = data.draw(st.sampled_from(draft.tables()))
    column = data.draw(st.sampled_from(list(TABLES[table].by_name)))
    source = data.draw(
        st.sampled_from(["-", *draft.samples["beschwerden_2023"].by_name, *draft.samples["buchungen"].by_name])
    )
    try:
        after = corrected(draft, f"{table}.{column}", source)
    except CorrectionError:
        after = draft
    assert profile_texts(draft, PLAIN.say) == before
    profile_texts(after, PLAIN.say)
